//! Compares the entries of a file with the catalogue: what is wrong with them, what they change,
//! what they override.

use alloc::collections::BTreeSet;
use alloc::{format, string::String, vec::Vec};

use super::read::{ActionEntry, File, Head, KeyEntry, ResourceEntry};
use super::report::{Addition, Change, Override, Subject};
use super::{Additions, Facts, LocalAction, LocalKey, LocalResources};
use crate::catalogue::additions::Found;
use crate::catalogue::condition_key::{self, Verdict};
use crate::catalogue::{self, AccessLevel, ActionRow, Resources};
use crate::terms::template;
use crate::text::json::TextRange;
use crate::text::place::Text;
use crate::text::position::position;
use crate::text::{order, suggest};

/// Applies the entries: keys first, because actions name them, then actions, then the templates
/// that actions have.
pub(super) fn apply(file: File, text: &str, mistakes: &mut Vec<Text<TextRange>>) -> Additions {
    let mut applying = Applying {
        text,
        mistakes,
        additions: Additions::new(),
        report: Vec::new(),
        listed: Vec::new(),
    };
    for entry in file.keys {
        applying.key(entry);
    }
    for entry in file.actions {
        applying.action(entry);
    }
    applying.settle();
    for entry in file.resources {
        applying.resource(entry);
    }
    applying.settle();
    let Applying { mut additions, mut report, .. } = applying;
    order::sort_by(&mut report, |(left, _), (right, _)| left.cmp(right));
    additions.report = report.into_iter().map(|(_, addition)| addition).collect();
    additions
}

struct Applying<'t> {
    text: &'t str,
    mistakes: &'t mut Vec<Text<TextRange>>,
    additions: Additions,
    /// Entries with their places.
    report: Vec<(TextRange, Addition)>,
    /// Changed actions of the catalogue, sorted by number.
    listed: Vec<LocalAction>,
}

impl Applying<'_> {
    fn wrong(&mut self, at: TextRange, message: String) {
        self.mistakes.push(Text::new(message, at));
    }

    /// Reports an entry about something the catalogue lacks.
    fn lacks(&mut self, head: &Head, subject: Subject, near: &[impl AsRef<str>]) {
        let (name, change) = (&head.name.value, head.change.name());
        let hint = if near.is_empty() {
            "; if it is real, say `\"change\": \"add\"`".into()
        } else {
            suggest::did_you_mean(near)
        };
        let subject = if subject == Subject::Key { "condition key" } else { subject.name() };
        let message = format!("the catalogue has no {subject} `{name}` to {change}{hint}");
        self.wrong(head.name.at, message);
    }

    fn tell(&mut self, head: &Head, subject: Subject, overrides: Vec<Override>, caught_up: bool) {
        let (line, _) = position(self.text, head.name.at.start);
        let addition = Addition {
            subject,
            name: head.name.value.clone(),
            change: head.change,
            reason: head.reason.clone(),
            line,
            overrides,
            caught_up,
        };
        self.report.push((head.name.at, addition));
    }

    fn key(&mut self, entry: KeyEntry) {
        let KeyEntry { head, value_type } = entry;
        let name = head.name.value.as_str();
        let built_in = catalogue::find_key(name);
        if built_in.is_none() && head.change != Change::Add {
            let near: Vec<&str> = near_key(name).into_iter().collect();
            // One that is gone for good is what was asked for.
            if head.change == Change::Correct || !near.is_empty() {
                self.lacks(&head, Subject::Key, &near);
            } else {
                self.tell(&head, Subject::Key, Vec::new(), true);
            }
            return;
        }
        let retired = (head.change == Change::Retire).then(|| head.reason.clone());
        let mut overrides = Vec::new();
        if let Some(built_in) = built_in {
            if retired.is_some() {
                overrides.push(is_retired("key"));
            } else if built_in.value_type != value_type {
                overrides.push(differs("type", built_in.value_type.word(), value_type.word()));
            }
        }
        let caught_up = match head.change {
            Change::Add => built_in.is_some(),
            Change::Correct => overrides.is_empty(),
            Change::Retire => false,
        };
        self.tell(&head, Subject::Key, overrides, caught_up);
        let name = head.name.value;
        self.additions.keys.push(LocalKey { name, value_type, built_in, retired });
    }

    fn action(&mut self, entry: ActionEntry) {
        let ActionEntry { head, access, resources, keys } = entry;
        let keys = keys.map(|keys| self.known_keys(keys));
        let name = head.name.value.as_str();
        let Some((code, action)) = name.split_once(':') else { return };
        let row = catalogue::find_action(name);
        if row.is_none() && head.change != Change::Add {
            let near = Additions::new().catalogue().near(code, action);
            if head.change == Change::Correct || !near.is_empty() {
                self.lacks(&head, Subject::Action, &near);
            } else {
                self.tell(&head, Subject::Action, Vec::new(), true);
            }
            return;
        }
        let mut facts = row.map_or_else(Facts::unknown, Facts::of);
        let mut overrides = Vec::new();
        if let Some(access) = access {
            let words = |level: Option<AccessLevel>| level.map_or("not known", AccessLevel::name);
            if row.is_some() && access != facts.access {
                overrides.push(differs("access", words(facts.access), words(access)));
            }
            facts.access = access;
        }
        if let Some(resources) = resources {
            if row.is_some() && !resources.is_same(&facts.resources) {
                overrides.push(differs("resources", facts.resources.words(), resources.words()));
            }
            facts.resources = resources;
        }
        if let Some(keys) = keys {
            if row.is_some() && set(&keys) != set(&facts.keys) {
                overrides.push(differs("keys", listed(&facts.keys), listed(&keys)));
            }
            facts.keys = keys;
        }
        let retired = (head.change == Change::Retire).then(|| head.reason.clone());
        let caught_up = match head.change {
            Change::Add => row.is_some(),
            Change::Correct => overrides.is_empty(),
            Change::Retire => {
                overrides.push(is_retired("action"));
                false
            }
        };
        self.tell(&head, Subject::Action, overrides, caught_up);
        let (code, name) = match row {
            Some(row) => (row.service().table().code.into(), row.name().into()),
            None => (code.into(), action.into()),
        };
        let local =
            LocalAction { id: row.map(ActionRow::id), place: 0, code, name, facts, retired };
        match row {
            Some(row) => {
                if let Some(known) = self.local(row) {
                    *known = local;
                }
            }
            None => self.additions.added.push(local),
        }
    }

    /// The keys of an action, each of which must exist.
    fn known_keys(&mut self, keys: Vec<Text<TextRange>>) -> Vec<String> {
        let mut known = Vec::new();
        for key in keys {
            let name = key.value;
            let tagged = if name.ends_with('/') { format!("{name}tag") } else { name.clone() };
            let near = match self.additions.catalogue().judge_key(&tagged) {
                Verdict::Known(_) | Verdict::Unfamiliar => {
                    known.push(name);
                    continue;
                }
                Verdict::Retired(_) => {
                    self.wrong(key.at, format!("the file retires the condition key `{name}`"));
                    continue;
                }
                Verdict::Misspelt(near) | Verdict::UnknownGlobal(Some(near)) => {
                    Some(near.name.into())
                }
                Verdict::Malformed | Verdict::UnknownGlobal(None) => None,
            };
            let near: Vec<String> = near.into_iter().collect();
            let hint = suggest::did_you_mean(&near);
            self.wrong(key.at, format!("there is no condition key `{name}`{hint}"));
        }
        known
    }

    fn resource(&mut self, entry: ResourceEntry) {
        match (entry.head.change, entry.template) {
            (Change::Add, _) => self.add_resource(&entry.head, entry.actions),
            (Change::Correct, Some(new)) => self.replace_resource(&entry.head, Some(&new)),
            (Change::Retire, _) => self.replace_resource(&entry.head, None),
            // Reported by the reader.
            (Change::Correct, None) => {}
        }
    }

    fn add_resource(&mut self, head: &Head, actions: Vec<Text<TextRange>>) {
        let template = head.name.value.as_str();
        let mut overrides = Vec::new();
        let mut is_new = false;
        for action in actions {
            let name = action.value.as_str();
            let before = match self.additions.catalogue().find(name) {
                Found::Known(known) => known.facts(),
                Found::Retired(_) => {
                    self.wrong(action.at, format!("the file retires the action `{name}`"));
                    continue;
                }
                Found::Unknown => {
                    let (code, rest) = name.split_once(':').unwrap_or((name, ""));
                    let hint = suggest::did_you_mean(&self.additions.catalogue().near(code, rest));
                    self.wrong(action.at, format!("there is no action `{name}`{hint}"));
                    continue;
                }
            };
            let mut templates = match before.resources.clone() {
                LocalResources::Unknown => {
                    let message = format!(
                        "the resources of `{name}` are not known, so it takes any; list all of them under `actions`"
                    );
                    self.wrong(action.at, message);
                    continue;
                }
                LocalResources::All => Vec::new(),
                LocalResources::Templates(templates) => templates,
            };
            if templates.iter().any(|known| known == template) {
                continue;
            }
            templates.push(template.into());
            let after = LocalResources::Templates(templates);
            match catalogue::find_action(name) {
                Some(row) => {
                    let what = format!("resources of {name}");
                    overrides.push(differs(what, before.resources.words(), after.words()));
                    self.change(row, |facts| facts.resources = after);
                }
                None => {
                    is_new = true;
                    for added in &mut self.additions.added {
                        if added.is_named(name) {
                            added.facts.resources = after.clone();
                        }
                    }
                }
            }
        }
        let caught_up = overrides.is_empty() && !is_new;
        self.tell(head, Subject::Resource, overrides, caught_up);
    }

    /// Puts another template, or none, in the place of one.
    fn replace_resource(&mut self, head: &Head, new: Option<&str>) {
        let old = head.name.value.as_str();
        let takers = takers(old);
        if takers.is_empty() {
            let gone = match new {
                Some(new) => !self::takers(new).is_empty(),
                None => near_templates(old).is_empty(),
            };
            if gone {
                self.tell(head, Subject::Resource, Vec::new(), true);
            } else {
                self.lacks(head, Subject::Resource, &near_templates(old));
            }
            return;
        }
        let what = match takers.len() {
            1 => "template of 1 action".into(),
            number => format!("template of {number} actions"),
        };
        self.tell(
            head,
            Subject::Resource,
            [differs(what, old, new.unwrap_or("retired"))].into(),
            false,
        );
        for row in takers {
            self.change(row, |facts| facts.resources.replace(old, new));
        }
    }

    /// Changes what is known of an action of the catalogue.
    fn change(&mut self, row: ActionRow, change: impl FnOnce(&mut Facts)) {
        if let Some(local) = self.local(row) {
            change(&mut local.facts);
        }
    }

    /// What is said of an action of the catalogue; at first what the catalogue says. Never `None`.
    fn local(&mut self, row: ActionRow) -> Option<&mut LocalAction> {
        let found = self.listed.binary_search_by_key(&Some(row.id()), |local| local.id);
        let place = found.unwrap_or_else(|place| {
            let local = LocalAction {
                id: Some(row.id()),
                place: 0,
                code: row.service().table().code.into(),
                name: row.name().into(),
                facts: Facts::of(row),
                retired: None,
            };
            self.listed.insert(place, local);
            place
        });
        self.listed.get_mut(place)
    }

    /// Makes what was found so far visible to look-ups.
    fn settle(&mut self) {
        self.additions.changed.clone_from(&self.listed);
        order::sort_by(&mut self.additions.added, |left, right| {
            (&left.code, &left.name).cmp(&(&right.code, &right.name))
        });
        for (place, added) in (u64::from(u32::MAX) + 1..).zip(&mut self.additions.added) {
            added.place = place;
        }
    }
}

impl Facts {
    const fn unknown() -> Self {
        Self { access: None, resources: LocalResources::Unknown, keys: Vec::new() }
    }

    /// What the catalogue says.
    pub(super) fn of(row: ActionRow) -> Self {
        let resources = match row.resources() {
            Resources::Unknown => LocalResources::Unknown,
            Resources::All => LocalResources::All,
            Resources::Types(_) => {
                let templates = row.resource_types().map(|kind| kind.template.into());
                LocalResources::Templates(templates.collect())
            }
        };
        let keys = row.condition_keys().map(Into::into).collect();
        Self { access: row.access(), resources, keys }
    }
}

impl LocalResources {
    /// Whether the same is said; the order of templates says nothing.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Templates(left), Self::Templates(right)) => set(left) == set(right),
            _ => self == other,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Unknown => "not known".into(),
            Self::All => "All Resources".into(),
            Self::Templates(templates) => listed(templates),
        }
    }

    /// Puts another template, or none, in the place of one; when none is left, nothing is known.
    fn replace(&mut self, old: &str, new: Option<&str>) {
        let Self::Templates(templates) = self else { return };
        let kept = templates.iter().filter_map(|template| {
            if template == old { new.map(String::from) } else { Some(template.clone()) }
        });
        let kept: Vec<String> = kept.collect();
        *self = if kept.is_empty() { Self::Unknown } else { Self::Templates(kept) };
    }
}

/// The actions of the catalogue that take a template.
fn takers(template: &str) -> Vec<ActionRow> {
    catalogue::services()
        .filter(|service| service.resource_types.iter().any(|kind| kind.template == template))
        .flat_map(|service| service.actions())
        .filter(|row| row.resource_types().any(|kind| kind.template == template))
        .collect()
}

/// Templates of the catalogue that are the same but for the names of placeholders, or a slip away.
fn near_templates(template: &str) -> Vec<&'static str> {
    let stars = template::with_stars(template);
    let all = || {
        catalogue::services()
            .flat_map(|service| service.table().resource_types)
            .map(|kind| kind.template)
    };
    let mut same: Vec<&str> =
        all().filter(|known| template::with_stars(known).eq_ignore_ascii_case(&stars)).collect();
    order::sort(&mut same);
    same.dedup();
    same.truncate(3);
    if same.is_empty() { suggest::nearest(template, all()) } else { same }
}

/// The key of the catalogue that was meant.
fn near_key(name: &str) -> Option<&'static str> {
    let tagged = if name.ends_with('/') { format!("{name}tag") } else { name.into() };
    match condition_key::judge(&tagged) {
        Verdict::Misspelt(near) | Verdict::UnknownGlobal(Some(near)) => Some(near.name),
        Verdict::Known(_)
        | Verdict::Retired(_)
        | Verdict::Unfamiliar
        | Verdict::Malformed
        | Verdict::UnknownGlobal(None) => None,
    }
}

fn differs(
    what: impl Into<String>,
    built_in: impl Into<String>,
    local: impl Into<String>,
) -> Override {
    Override { what: what.into(), built_in: built_in.into(), local: local.into() }
}

fn is_retired(what: &str) -> Override {
    differs(what, "listed", "retired")
}

fn set(texts: &[String]) -> BTreeSet<&str> {
    texts.iter().map(String::as_str).collect()
}

fn listed(texts: &[String]) -> String {
    if texts.is_empty() { "none".into() } else { texts.join(", ") }
}
