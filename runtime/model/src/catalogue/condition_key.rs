//! Judges the name of a condition key against the catalogue.

use crate::catalogue::{self, ConditionKey, KeyType};
use crate::terms::characters::is_of_key;
use crate::text::distance::distance;

/// What is known of a condition key, by the catalogue or by local additions.
#[derive(Debug, Clone, Copy)]
pub struct KnownKey<'a> {
    /// Full name; for keys with a free part the part before it, as in `ecs:tag/`.
    pub name: &'a str,
    /// Type of its values.
    pub value_type: KeyType,
    /// The only actions that fill it; empty when not all are known.
    pub filled_by: &'static [&'static str],
}

impl KnownKey<'_> {
    /// What the catalogue says.
    #[must_use]
    pub const fn of(key: &ConditionKey) -> Self {
        Self { name: key.name, value_type: key.value_type, filled_by: key.filled_by }
    }
}

/// What a condition key's name is.
#[derive(Debug, Clone, Copy)]
pub enum Verdict<'a> {
    /// The catalogue has it, or the additions.
    Known(KnownKey<'a>),
    /// The additions retire it, for this reason.
    Retired(&'a str),
    /// It is not in the catalogue, whose lists of services' keys have gaps.
    Unfamiliar,
    /// It is not `code:name`.
    Malformed,
    /// It is one slip or its case away from this one.
    Misspelt(KnownKey<'a>),
    /// RAM has no such `acs:` key; this one is nearest.
    UnknownGlobal(Option<KnownKey<'a>>),
}

impl Verdict<'_> {
    /// The type of the key's values, `Unknown` of one that is not known.
    #[must_use]
    pub fn value_type(self) -> KeyType {
        if let Self::Known(known) = self { known.value_type } else { KeyType::Unknown }
    }
}

/// Judges a key's name; RAM compares it exactly, case included (RAM: Policy elements).
#[must_use]
pub fn judge(name: &str) -> Verdict<'static> {
    let known = || catalogue::find_key(name).map(|key| Verdict::Known(KnownKey::of(key)));
    judge_among(name, known, |code| catalogue::keys_of(code).iter().map(KnownKey::of))
}

/// Judges a key's name among those that are known: `known` gives the verdict on a name that is, and
/// `keys_of` all keys of a code, ASCII case ignored.
pub(crate) fn judge_among<'a, K: Iterator<Item = KnownKey<'a>>>(
    name: &str,
    known: impl FnOnce() -> Option<Verdict<'a>>,
    keys_of: impl Fn(&str) -> K,
) -> Verdict<'a> {
    let Some((code, rest)) = name.split_once(':') else {
        return Verdict::Malformed;
    };
    let (head, tag) = match catalogue::tag_prefix(name) {
        Some(head) => (head, name.get(head.len()..).unwrap_or("")),
        None => (name, "none"),
    };
    if code.is_empty()
        || rest.is_empty()
        || tag.is_empty()
        || !head.bytes().all(is_of_key)
        || tag.chars().any(char::is_control)
    {
        return Verdict::Malformed;
    }
    if let Some(verdict) = known() {
        return verdict;
    }
    let same_code = |key: &KnownKey<'a>| {
        key.name.split_once(':').is_some_and(|(known, _)| known.eq_ignore_ascii_case(code))
    };
    let head_name = head.split_once(':').map_or("", |(_, name)| name);
    let slips = |key: &KnownKey<'a>, limit| {
        // `ecs:tag` without its tag is a slip of `ecs:tag/<tag>`.
        let known = key.name.split_once(':').map(|(_, name)| name);
        known.and_then(|known| distance(head_name, known, limit))
    };
    let slip = keys_of(code).filter(same_code).find(|key| slips(key, 1).is_some());
    if let Some(near) = slip {
        return Verdict::Misspelt(near);
    }
    if code.eq_ignore_ascii_case("acs") {
        let near = keys_of(code)
            .filter(same_code)
            .filter_map(|key| slips(&key, 4).map(|slips| (slips, key)))
            .min_by_key(|(slips, _)| *slips);
        return Verdict::UnknownGlobal(near.map(|(_, key)| key));
    }
    if code.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Verdict::Malformed;
    }
    Verdict::Unfamiliar
}
