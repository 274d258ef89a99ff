//! How the checker looks things up: in the catalogue, as the additions leave it.

use alloc::{format, string::String, vec::Vec};

use super::{Additions, Facts, LocalAction, LocalKey, LocalResources, Subject};
use crate::catalogue::condition_key::KnownKey;
use crate::catalogue::{
    self, Access, AccessLevel, ActionId, ActionRow, Certainty, Completeness, Evidence, Resources,
};
use crate::terms::arn::Arn;
use crate::terms::pattern::ActionPattern;
use crate::text::suggest;

/// An action of the catalogue or of the additions.
#[derive(Debug, Clone, Copy)]
pub(crate) enum KnownAction<'a> {
    /// As the catalogue has it.
    Listed(ActionRow),
    /// As the additions leave it.
    Local(&'a LocalAction),
}

impl<'a> KnownAction<'a> {
    /// The part before the colon, in RAM's spelling.
    pub(crate) fn code(self) -> &'a str {
        match self {
            Self::Listed(row) => row.service().table().code,
            Self::Local(local) => &local.code,
        }
    }

    /// The part after the colon, in RAM's spelling.
    pub(crate) fn name(self) -> &'a str {
        match self {
            Self::Listed(row) => row.name(),
            Self::Local(local) => &local.name,
        }
    }

    /// The row of the catalogue, if it has one.
    pub(crate) fn row(self) -> Option<ActionRow> {
        match self {
            Self::Listed(row) => Some(row),
            Self::Local(local) => local.id.and_then(catalogue::action),
        }
    }

    /// Tells actions apart: the catalogue's number, or the place among the added ones behind all.
    pub(crate) fn order(self) -> u64 {
        match self {
            Self::Listed(row) => u64::from(row.id().number()),
            Self::Local(local) => match local.id {
                Some(id) => u64::from(id.number()),
                None => local.place,
            },
        }
    }

    /// The access level, where it is known.
    pub(crate) fn access(self) -> Option<AccessLevel> {
        match self {
            Self::Listed(row) => row.access(),
            Self::Local(local) => local.facts.access,
        }
    }

    /// The access level, also where the action's verb alone says it.
    pub(crate) fn likely_access(self) -> Option<Access> {
        match self {
            Self::Listed(row) => row.likely_access(),
            Self::Local(local) => {
                let level = local.facts.access?;
                Some(Access { level, certainty: Certainty::Documented })
            }
        }
    }

    /// How the action is known; the author of an addition has a reason for its spelling.
    pub(crate) fn evidence(self) -> Evidence {
        self.row().map_or(Evidence::Documented, ActionRow::evidence)
    }

    /// Whether it is not known what the action can be limited to.
    pub(crate) fn takes_anything(self) -> bool {
        match self {
            Self::Listed(row) => matches!(row.resources(), Resources::Unknown),
            Self::Local(local) => local.facts.resources == LocalResources::Unknown,
        }
    }

    /// Whether the action has no resource-level authorization ("All Resources").
    pub(crate) fn is_never_limited(self) -> bool {
        match self {
            Self::Listed(row) => matches!(row.resources(), Resources::All),
            Self::Local(local) => local.facts.resources == LocalResources::All,
        }
    }

    /// Adds the ARN templates the action can be limited to; none when unknown or all resources.
    pub(crate) fn add_templates(self, templates: &mut impl Extend<&'a str>) {
        match self {
            Self::Listed(row) => templates.extend(row.resource_types().map(|kind| kind.template)),
            Self::Local(local) => templates.extend(local.templates().iter().map(String::as_str)),
        }
    }

    /// Whether the action's row names a condition key, by the part before its tag.
    pub(crate) fn names_key(self, head: &str) -> bool {
        match self {
            Self::Listed(row) => row.condition_keys().any(|key| key == head),
            Self::Local(local) => local.facts.keys.iter().any(|key| key == head),
        }
    }

    /// The condition keys that the action's row names, by the part before their tags.
    pub(crate) fn keys(self) -> impl Iterator<Item = &'a str> {
        let (listed, local) = match self {
            Self::Listed(row) => (Some(row.condition_keys().map(|key| -> &'a str { key })), None),
            Self::Local(local) => (None, Some(local.facts.keys.iter().map(String::as_str))),
        };
        listed.into_iter().flatten().chain(local.into_iter().flatten())
    }

    /// All that is known of it.
    pub(super) fn facts(self) -> Facts {
        match self {
            Self::Listed(row) => Facts::of(row),
            Self::Local(local) => local.facts.clone(),
        }
    }
}

impl LocalAction {
    fn templates(&self) -> &[String] {
        match &self.facts.resources {
            LocalResources::Templates(templates) => templates,
            LocalResources::Unknown | LocalResources::All => &[],
        }
    }

    /// Whether this is the action's full name, ASCII case ignored.
    pub(super) fn is_named(&self, full_name: &str) -> bool {
        full_name.split_once(':').is_some_and(|(code, name)| {
            self.code.eq_ignore_ascii_case(code) && self.name.eq_ignore_ascii_case(name)
        })
    }
}

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Found<'a, T> {
    /// This.
    Known(T),
    /// Something that is retired, for this reason.
    Retired(&'a str),
    /// Nothing.
    Unknown,
}

impl Additions {
    /// Whether the file adds an action or a key of this name that the catalogue does not have, and
    /// that has no Rust name therefore. A key with a free part is named without its `/`.
    #[doc(hidden)]
    #[must_use]
    pub fn has_new(&self, subject: Subject, name: &str) -> bool {
        match subject {
            Subject::Action => self.added.iter().any(|added| added.is_named(name)),
            Subject::Key => self.keys.iter().any(|key| {
                key.built_in.is_none() && key.name.strip_suffix('/').unwrap_or(&key.name) == name
            }),
            Subject::Resource => false,
        }
    }

    /// The catalogue as they leave it.
    pub(crate) const fn catalogue(&self) -> Catalogue<'_> {
        Catalogue { additions: self }
    }
}

/// The catalogue, as the additions of a crate leave it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Catalogue<'a> {
    additions: &'a Additions,
}

impl<'a> Catalogue<'a> {
    /// Whether nothing is added, corrected or retired.
    pub(crate) fn is_built_in(self) -> bool {
        self.additions.is_empty()
    }

    /// The action with this full name, ASCII case ignored.
    pub(crate) fn find(self, full_name: &str) -> Found<'a, KnownAction<'a>> {
        if let Some(row) = catalogue::find_action(full_name) {
            return self.of(row);
        }
        match self.additions.added.iter().find(|added| added.is_named(full_name)) {
            Some(added) => Found::Known(KnownAction::Local(added)),
            None => Found::Unknown,
        }
    }

    /// An action of the catalogue as the additions leave it.
    fn of(self, row: ActionRow) -> Found<'a, KnownAction<'a>> {
        // Most crates have no additions, and macros run unoptimised.
        if self.additions.changed.is_empty() {
            return Found::Known(KnownAction::Listed(row));
        }
        let changed =
            self.additions.changed.binary_search_by_key(&Some(row.id()), |local| local.id).ok();
        match changed.and_then(|index| self.additions.changed.get(index)) {
            None => Found::Known(KnownAction::Listed(row)),
            Some(local) => match &local.retired {
                Some(reason) => Found::Retired(reason),
                None => Found::Known(KnownAction::Local(local)),
            },
        }
    }

    /// The actions of the catalogue that the file changes or retires.
    pub(crate) fn changed(self) -> impl Iterator<Item = ActionId> {
        self.additions.changed.iter().filter_map(|local| local.id)
    }

    /// As the additions leave it; `None` when it is retired.
    pub(crate) fn kept(self, row: ActionRow) -> Option<KnownAction<'a>> {
        match self.of(row) {
            Found::Known(known) => Some(known),
            Found::Retired(_) | Found::Unknown => None,
        }
    }

    /// The actions that the file adds.
    pub(crate) fn added(self) -> impl Iterator<Item = KnownAction<'a>> {
        self.additions.added.iter().map(KnownAction::Local)
    }

    /// The added actions that a pattern covers.
    pub(crate) fn added_by(self, pattern: &ActionPattern) -> impl Iterator<Item = KnownAction<'a>> {
        self.additions
            .added
            .iter()
            .filter(|added| pattern.matches(&added.code, &added.name))
            .map(KnownAction::Local)
    }

    /// The codes of all services.
    pub(crate) fn codes(self) -> impl Iterator<Item = &'a str> {
        let added = self.additions.added.iter().map(|added| added.code.as_str());
        catalogue::services().map(|service| service.table().code).chain(added)
    }

    /// The spelling of a code and the name of its service, ASCII case ignored.
    pub(crate) fn service(self, code: &str) -> Option<(&'a str, &'a str)> {
        if let Some(service) = catalogue::find_service(code) {
            return Some((service.table().code, service.table().title));
        }
        let added =
            self.additions.added.iter().find(|added| added.code.eq_ignore_ascii_case(code))?;
        Some((&added.code, &added.code))
    }

    /// Whether an action that the file adds or corrects takes ARNs with this code.
    pub(crate) fn has_template_of(self, code: &str) -> bool {
        let mut templates = self
            .additions
            .changed
            .iter()
            .chain(&self.additions.added)
            .flat_map(LocalAction::templates);
        templates.any(|template| Arn::split(template).is_ok_and(|arn| arn.service == code))
    }

    /// The names of a service's actions.
    pub(crate) fn names(self, code: &str) -> impl Iterator<Item = &'a str> {
        let rows = catalogue::find_service(code).into_iter().flat_map(|service| service.actions());
        let listed = rows.filter_map(move |row| self.kept(row)).map(KnownAction::name);
        let added =
            self.additions.added.iter().filter(move |added| added.code.eq_ignore_ascii_case(code));
        listed.chain(added.map(|added| added.name.as_str()))
    }

    /// Names that may have been meant: near ones of the service, and the right one under others.
    pub(crate) fn near(self, code: &str, name: &str) -> Vec<String> {
        let mut near: Vec<String> = match self.service(code) {
            Some((code, _)) => suggest::nearest(name, self.names(code))
                .into_iter()
                .map(|known| format!("{code}:{known}"))
                .collect(),
            None => catalogue::find_nickname(code)
                .into_iter()
                .chain(suggest::nearest(code, self.codes()))
                .map(|code| format!("{code}:{name}"))
                .filter(|full_name| matches!(self.find(full_name), Found::Known(_)))
                .collect(),
        };
        if self.service(code).is_none() && !near.is_empty() {
            return near;
        }
        let more = self.elsewhere(code, name).into_iter().filter(|name| !near.contains(name));
        let more: Vec<String> = more.collect();
        near.extend(more);
        near.truncate(3);
        near
    }

    /// The right name under the wrong service; a name that many services have is not told.
    ///
    /// Another service is only named where the code itself is the slip: it is near the other one, or
    /// all actions of its service are known and a document has this one for the other alone. Beside a
    /// list that is not complete, an action of the same name elsewhere says nothing.
    /// Assumed names only count where no document has the name.
    pub(crate) fn elsewhere(self, code: &str, name: &str) -> Vec<String> {
        let listed = catalogue::services()
            .filter_map(|other| other.find(name))
            .filter_map(|row| self.kept(row));
        let added =
            self.additions.added.iter().filter(|added| added.name.eq_ignore_ascii_case(name));
        let mut found: Vec<KnownAction<'a>> = listed.chain(added.map(KnownAction::Local)).collect();
        let is_known = |action: &KnownAction<'a>| {
            matches!(action.evidence(), Evidence::Documented | Evidence::Seen)
        };
        if found.iter().any(is_known) {
            found.retain(is_known);
        }
        if found.len() > 2 {
            return Vec::new();
        }
        let is_complete = match catalogue::find_service(code) {
            Some(service) => service.completeness == Completeness::Complete,
            // Of a service that only local additions have, they tell everything; a code that is none is
            // the slip itself.
            None => true,
        };
        let is_alone = found.len() == 1 && found.iter().all(is_known);
        found.retain(|other| {
            (is_complete && is_alone) || suggest::distance(other.code(), code, 1).is_some()
        });
        found.iter().map(|other| format!("{}:{}", other.code(), other.name())).collect()
    }

    /// The condition key with exactly this name; a tag key is found by the part before its tag.
    pub(crate) fn find_key(self, name: &str) -> Found<'a, KnownKey<'a>> {
        let head = catalogue::tag_prefix(name).unwrap_or(name);
        match self.additions.keys.iter().find(|key| key.name == head) {
            Some(local) => match &local.retired {
                Some(reason) => Found::Retired(reason),
                None => Found::Known(local.known()),
            },
            None => match catalogue::find_key(name) {
                Some(key) => Found::Known(KnownKey::of(key)),
                None => Found::Unknown,
            },
        }
    }

    /// All known keys of a code; for a code without a table, the keys of no single service.
    pub(crate) fn keys_of(self, code: &str) -> Vec<KnownKey<'a>> {
        let named = |name: &str| self.additions.keys.iter().any(|local| local.name == name);
        let listed = catalogue::keys_of(code).iter().filter(|key| !named(key.name));
        let local = self.additions.keys.iter().filter(|key| key.retired.is_none());
        let mut keys: Vec<KnownKey<'a>> = Vec::new();
        keys.extend(listed.map(KnownKey::of));
        keys.extend(local.map(LocalKey::known));
        keys
    }
}

impl LocalKey {
    fn known(&self) -> KnownKey<'_> {
        KnownKey {
            name: &self.name,
            value_type: self.value_type,
            filled_by: self.built_in.map_or(&[], |key| key.filled_by),
        }
    }
}
