//! Chooses actions by what they do: by access level, by service, by the type of what they take.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString as _};
use alloc::{format, vec::Vec};

use super::additions::{Additions, Catalogue, KnownAction};
use super::{Access, AccessLevel, ActionRow, Certainty, wildcards};
use crate::catalogue;
use crate::terms::arn::Arn;
use crate::terms::pattern::ActionPattern;
use crate::text::{order, suggest};

/// What actions have in common that are chosen together.
///
/// ```
/// use ram_policy_model::catalogue::AccessLevel;
/// use ram_policy_model::catalogue::additions::Additions;
/// use ram_policy_model::catalogue::choice::Choice;
///
/// let additions = Additions::new();
/// let lists = Choice { levels: &[AccessLevel::List], service: Some("sts"), resource: None, inferred: false };
/// assert!(lists.actions(&additions).is_err(), "STS lists nothing");
/// let takes_vpc = Choice { levels: &[], service: Some("ecs"), resource: Some(("vpc", "VPC")), inferred: false };
/// let chosen = takes_vpc.actions(&additions).unwrap();
/// assert!(chosen.names().any(|name| name == "ecs:AttachClassicLinkVpc"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Choice<'t> {
    /// Access levels, one of which an action has; empty where any will do.
    pub levels: &'t [AccessLevel],
    /// The code of their service.
    pub service: Option<&'t str>,
    /// A resource type that they take: the code in its ARN, and its name.
    pub resource: Option<(&'t str, &'t str)>,
    /// Whether a level that no document gives is good enough.
    pub inferred: bool,
}

/// Why nothing is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nothing {
    /// The catalogue has no such service; these are near.
    Service(Vec<String>),
    /// No action takes such a resource; these are near.
    Resource(Vec<String>),
    /// No action is chosen.
    Action {
        /// So many would be if inferred levels were good enough.
        likely: usize,
        /// The levels of those that have another one, as `read (inferred)`.
        levels: BTreeSet<String>,
    },
}

/// Actions that were chosen, sorted by their names.
#[derive(Debug)]
pub struct Chosen<'a> {
    actions: Vec<KnownAction<'a>>,
    catalogue: Catalogue<'a>,
}

impl Choice<'_> {
    /// The actions, as local additions leave the catalogue.
    ///
    /// # Errors
    ///
    /// There are none; see [`Nothing`].
    pub fn actions<'a>(&self, additions: &'a Additions) -> Result<Chosen<'a>, Nothing> {
        let catalogue = additions.catalogue();
        let service = match self.service {
            None => None,
            Some(code) => match catalogue.service(code) {
                Some((code, _)) => Some(code),
                None => return Err(Nothing::Service(near_codes(code, catalogue))),
            },
        };
        let templates = match self.resource {
            None => None,
            Some(kind) => Some(templates_of(kind)?),
        };
        let takes = |action: KnownAction<'a>| {
            let Some(templates) = &templates else { return true };
            let mut own: Vec<&str> = Vec::new();
            action.add_templates(&mut own);
            own.iter().any(|template| templates.contains(template))
        };
        let is_of = |action: KnownAction<'a>| service.is_none_or(|code| action.code() == code);
        let mut candidates: Vec<KnownAction<'a>> = match service {
            Some(code) => {
                let rows = catalogue::find_service(code).into_iter().flat_map(|one| one.actions());
                rows.filter_map(|row| catalogue.kept(row)).collect()
            }
            None => catalogue::services()
                .flat_map(|one| one.actions())
                .filter_map(|row| catalogue.kept(row))
                .collect(),
        };
        candidates.extend(catalogue.added());
        candidates.retain(|action| is_of(*action) && takes(*action));
        let (mut actions, others): (Vec<_>, Vec<_>) =
            candidates.into_iter().partition(|action| self.has_level(*action));
        if actions.is_empty() {
            let is_likely = |action: &&KnownAction<'_>| {
                action.likely_access().is_some_and(|access| self.levels.contains(&access.level))
            };
            let levels = others.iter().filter_map(|action| action.likely_access());
            return Err(Nothing::Action {
                likely: others.iter().filter(is_likely).count(),
                levels: levels.map(|access| access.to_string()).collect(),
            });
        }
        if actions.iter().any(|action| action.row().is_none()) {
            order::sort_by(&mut actions, |left, right| {
                let key = |action: &KnownAction<'_>| {
                    (action.code().to_ascii_lowercase(), action.name().to_ascii_lowercase())
                };
                key(left).cmp(&key(right))
            });
        }
        Ok(Chosen { actions, catalogue })
    }

    fn has_level(&self, action: KnownAction<'_>) -> bool {
        if self.levels.is_empty() {
            return true;
        }
        action.likely_access().is_some_and(|Access { level, certainty }| {
            let is_sure = match certainty {
                Certainty::Documented => true,
                Certainty::Inferred => self.inferred,
            };
            is_sure && self.levels.contains(&level)
        })
    }
}

/// Codes that may have been meant.
fn near_codes(code: &str, catalogue: Catalogue<'_>) -> Vec<String> {
    match catalogue::find_nickname(code) {
        Some(code) => [code.into()].into(),
        None => suggest::nearest(code, catalogue.codes()).into_iter().map(Into::into).collect(),
    }
}

/// Every ARN template that the documents print for a resource type.
fn templates_of((code, name): (&str, &str)) -> Result<BTreeSet<&'static str>, Nothing> {
    let kinds = || {
        catalogue::services()
            .flat_map(|service| service.table().resource_types)
            .filter_map(|kind| Some((Arn::split(kind.template).ok()?.service, kind)))
    };
    let wanted = folded(name);
    let of_code = || kinds().filter(|(of, _)| *of == code);
    let templates: BTreeSet<&str> = of_code()
        .filter(|(_, kind)| folded(kind.name) == wanted)
        .map(|(_, kind)| kind.template)
        .collect();
    if !templates.is_empty() {
        return Ok(templates);
    }
    // Of several spellings the first, as the constants have it: capitals sort before small letters.
    let spellings: BTreeSet<&str> = of_code().map(|(_, kind)| kind.name).collect();
    let mut names: Vec<&str> = Vec::new();
    for name in spellings {
        if names.iter().all(|other| folded(other) != folded(name)) {
            names.push(name);
        }
    }
    let near = suggest::nearest(name, names.into_iter());
    let mut near: Vec<String> = near.iter().map(|name| format!("{code}::{name}")).collect();
    if near.is_empty() {
        let mut codes: BTreeMap<&str, &str> = BTreeMap::new();
        for (of, kind) in kinds().filter(|(_, kind)| folded(kind.name) == wanted) {
            let spelt = codes.entry(of).or_insert(kind.name);
            *spelt = kind.name.min(spelt);
        }
        near.extend(codes.iter().take(3).map(|(of, name)| format!("{of}::{name}")));
    }
    Err(Nothing::Resource(near))
}

/// A name without case, blanks and hyphens: the documents write both `VPC` and `vpc`, and the constant
/// of `Alias container` is `AliasContainer`.
fn folded(name: &str) -> String {
    let letters = name.chars().filter(|letter| !matches!(letter, ' ' | '-'));
    let text: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    // No Rust name begins with a digit.
    text.strip_prefix('_').map(Into::into).unwrap_or(text)
}

impl<'a> Chosen<'a> {
    /// Their full names, as `ecs:StopInstance`.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.actions.iter().map(|action| format!("{}:{}", action.code(), action.name()))
    }

    /// Their rows of the catalogue; an action that local additions add has none.
    pub fn rows(&self) -> impl Iterator<Item = ActionRow> {
        self.actions.iter().filter_map(|action| action.row())
    }

    /// The fewest patterns that cover them and no other known action; an action that local additions
    /// add is covered or named.
    #[must_use]
    pub fn patterns(&self) -> Vec<String> {
        let is_chosen = |action: KnownAction<'a>| {
            self.actions.iter().any(|chosen| chosen.order() == action.order())
        };
        let mut written: Vec<String> = Vec::new();
        let mut rows: Vec<ActionRow> = self.rows().collect();
        order::sort_by(&mut rows, |left, right| left.id().cmp(&right.id()));
        for text in wildcards::fewest(&rows).patterns {
            let pattern = ActionPattern::new(text.clone().into());
            if self.catalogue.added_by(&pattern).all(is_chosen) {
                written.push(text);
            } else {
                let covered = rows.iter().map(|row| row.full_name());
                let is_covered = |name: &&str| {
                    let (code, name) = name.split_once(':').unwrap_or((name, ""));
                    pattern.matches(code, name)
                };
                written.extend(covered.filter(is_covered).map(Into::into));
            }
        }
        for action in self.actions.iter().filter(|action| action.row().is_none()) {
            let is_covered = written.iter().any(|text| {
                ActionPattern::new(text.clone().into()).matches(action.code(), action.name())
            });
            if !is_covered {
                written.push(format!("{}:{}", action.code(), action.name()));
            }
        }
        written
    }

    /// What tells these actions from others, as `12-9f3c01aa`: their number, and a hash of their names
    /// (FNV-1a of 32 bits, a line feed behind each name).
    #[must_use]
    pub fn pin(&self) -> String {
        let mut hash: u32 = 0x811c_9dc5;
        for name in self.names() {
            for byte in name.bytes().chain([b'\n']) {
                hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
            }
        }
        format!("{}-{hash:08x}", self.actions.len())
    }
}

impl AccessLevel {
    /// The levels that a word stands for: `read` and `write` are all levels that do, since older
    /// documents say no more; `None` for no word of them.
    #[must_use]
    pub fn of_word(word: &str) -> Option<&'static [Self]> {
        Some(match word {
            "list" => &[Self::List],
            "get" => &[Self::Get],
            "read" => &[Self::Get, Self::List, Self::Read],
            "create" => &[Self::Create],
            "update" => &[Self::Update],
            "delete" => &[Self::Delete],
            "write" => &[Self::Create, Self::Update, Self::Delete, Self::Write],
            _ => return None,
        })
    }
}
