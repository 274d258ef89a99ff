//! What principals may do, by service and access level; what several may do is found once.

use std::collections::BTreeMap;
use std::fmt;

use ram_policy_account::{Account, Attachment, Hole, Principal, Scope};
use ram_policy_model::text::shown::shown;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use serde::Serialize;

use crate::describe::matrix::{self, Cell, Matrix, Row};
use crate::report::counted;

/// What some principals may do.
#[derive(Debug, Serialize)]
pub(super) struct Access {
    /// Those who may do it.
    pub(super) principals: Vec<String>,
    /// Whether every known action is allowed, on everything.
    pub(super) is_everything: bool,
    pub(super) matrix: Matrix,
}

/// What one principal may do.
#[derive(Debug)]
pub(super) struct Of {
    /// The policies attached to it and to its groups.
    pub(super) attached: Vec<String>,
    /// Its place among the accesses.
    pub(super) place: Option<usize>,
    /// Why there is none.
    pub(super) why_not: Option<String>,
    pub(super) holes: Vec<Hole>,
}

/// Access levels as the page and the text show them: a letter, a word and the levels of the matrix.
pub(super) const LETTERS: [(char, &str, &[&str]); 6] = [
    ('L', "list", &["list"]),
    ('R', "read", &["get", "read", "read (inferred)"]),
    ('C', "create", &["create", "create (inferred)"]),
    ('U', "update", &["update", "write", "update (inferred)", "write (inferred)"]),
    ('D', "delete", &["delete", "delete (inferred)"]),
    ('?', "unknown", &["unknown"]),
];

/// Most services that are shown where there is a link to all.
pub(super) const MOST_SERVICES: usize = 8;

/// What is allowed of a service at one level.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    pub(super) letter: char,
    pub(super) word: &'static str,
    pub(super) allowed: usize,
    pub(super) limited: usize,
    pub(super) known: usize,
}

/// The levels of a service at which something is allowed.
pub(super) fn levels(row: &Row) -> impl Iterator<Item = Level> {
    LETTERS.iter().filter_map(|(letter, word, levels)| {
        let of = |count: fn(&Cell) -> usize| {
            row.cells.iter().filter(|cell| levels.contains(&cell.access)).map(count).sum()
        };
        let (allowed, limited, known) =
            (of(|cell| cell.allowed), of(|cell| cell.limited), of(|cell| cell.known));
        (allowed > 0).then_some(Level { letter: *letter, word, allowed, limited, known })
    })
}

impl Level {
    /// The letter, a small one where all that is allowed is limited.
    pub(super) fn shown(&self) -> char {
        if self.limited == self.allowed { self.letter.to_ascii_lowercase() } else { self.letter }
    }

    /// Whether something can be changed.
    pub(super) const fn writes(&self) -> bool {
        matches!(self.letter, 'C' | 'U' | 'D')
    }
}

impl Access {
    /// The services, those first in which most can be changed.
    pub(super) fn services(&self) -> Vec<&Row> {
        let mut rows: Vec<&Row> = self.matrix.rows.iter().collect();
        rows.sort_by_cached_key(|row| {
            let writes: usize = levels(row).filter(Level::writes).map(|level| level.allowed).sum();
            (usize::MAX - writes, row.service)
        });
        rows
    }
}

/// `ecs LRcU, oss r and 3 more services`.
impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_everything {
            return f.write_str("everything");
        }
        let services = self.services();
        if services.is_empty() {
            return f.write_str("no known action");
        }
        for (place, row) in services.iter().take(MOST_SERVICES).enumerate() {
            let letters: String = levels(row).map(|level| level.shown()).collect();
            write!(f, "{}{} {letters}", if place == 0 { "" } else { ", " }, row.service)?;
        }
        match services.len().saturating_sub(MOST_SERVICES) {
            0 => Ok(()),
            more => write!(f, " and {}", counted(more, "more service", "more services")),
        }
    }
}

/// What decides what a principal may do: the policies attached to it and its groups.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    is_user: bool,
    own: Vec<Attachment>,
    groups: Vec<String>,
}

/// What all users and roles may do, and which of that each.
pub(super) fn of(account: &Account) -> (Vec<Access>, Vec<(Principal, Of)>) {
    let users = account.users().map(|(name, user)| {
        let key = Key {
            is_user: true,
            own: user.attached.clone(),
            groups: user.groups.iter().cloned().collect(),
        };
        (Principal::User(name.to_owned()), key)
    });
    let roles = account.roles().map(|(name, role)| {
        let key = Key { is_user: false, own: role.attached.clone(), groups: Vec::new() };
        (Principal::Role(name.to_owned()), key)
    });
    let mut by_key: BTreeMap<Key, Vec<Principal>> = BTreeMap::new();
    for (principal, key) in users.chain(roles) {
        by_key.entry(key).or_default().push(principal);
    }
    let by_key: Vec<(Key, Vec<Principal>)> = by_key.into_iter().collect();
    // In the order of the keys, whatever thread is done first.
    let found: Vec<_> = by_key
        .into_par_iter()
        .filter_map(|(key, principals)| {
            let first = principals.first()?;
            let effective = account.can(first).map(|effective| {
                let document = effective.policy.document().into_owned();
                (matrix::of(&document), effective.holes)
            });
            Some((key, principals, effective))
        })
        .collect();
    let mut access: Vec<Access> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut of_each = Vec::new();
    for (key, principals, effective) in found {
        let attached = attached(account, &key);
        let (place, why_not, holes) = match effective {
            Err(why) => (None, Some(why.to_string()), Vec::new()),
            Ok((matrix, holes)) => {
                let text = serde_json::to_string(&matrix).unwrap_or_default();
                let place = *places.entry(text).or_insert_with(|| {
                    let is_everything = is_everything(&matrix);
                    access.push(Access { principals: Vec::new(), is_everything, matrix });
                    access.len() - 1
                });
                (Some(place), None, holes)
            }
        };
        for principal in principals {
            if let Some(access) = place.and_then(|place| access.get_mut(place)) {
                access.principals.push(principal.to_string());
            }
            let (attached, why_not, holes) = (attached.clone(), why_not.clone(), holes.clone());
            of_each.push((principal, Of { attached, place, why_not, holes }));
        }
    }
    for access in &mut access {
        access.principals.sort();
    }
    (access, of_each)
}

/// The names of the policies, with the group or the resource group that they come from.
fn attached(account: &Account, key: &Key) -> Vec<String> {
    let of = |attachment: &Attachment, group: Option<&str>| {
        let group = group.map(|group| format!(" (group/{group})")).unwrap_or_default();
        let scope = match &attachment.scope {
            Scope::Account => String::new(),
            Scope::ResourceGroup(name) => format!(" in resource group {name}"),
        };
        format!("{}{scope}{group}", attachment.policy)
    };
    let mut all: Vec<String> = key.own.iter().map(|attachment| of(attachment, None)).collect();
    for (name, group) in account.groups() {
        if key.groups.iter().any(|own| own == name) {
            all.extend(group.attached.iter().map(|attachment| of(attachment, Some(name))));
        }
    }
    all
}

fn is_everything(matrix: &Matrix) -> bool {
    let is_free = |cell: &Cell| cell.allowed == cell.known && cell.limited == 0;
    matrix.rows.len()
        == ram_policy_model::catalogue::services()
            .filter(|service| service.actions().next().is_some())
            .count()
        && matrix.rows.iter().all(|row| row.cells.iter().all(is_free))
}

/// What a pointer shows of a service.
pub(super) fn in_words(row: &Row) -> String {
    let levels: Vec<String> = levels(row)
        .map(|level| {
            let limited = match level.limited {
                0 => String::new(),
                some if some == level.allowed => ", all limited".to_owned(),
                some => format!(", {some} limited"),
            };
            format!("{} {} of {}{limited}", level.word, level.allowed, level.known)
        })
        .collect();
    shown(format!("{}: {}", row.title, levels.join("; ")))
}
