//! Judges the name of a condition key against the catalogue.

use crate::additions::{Additions, Found};
use crate::catalogue::{self, ConditionKey, KeyType};
use crate::suggest;

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

/// Judges a key's name; RAM compares it exactly, case included (RAM: Policy elements).
#[must_use]
pub fn judge(name: &str) -> Verdict<'static> {
    static NONE: Additions = Additions::new();
    judge_with(name, &NONE)
}

/// As [`judge`], with local additions to the catalogue.
#[must_use]
pub fn judge_with<'a>(name: &str, additions: &'a Additions) -> Verdict<'a> {
    let Some((code, rest)) = name.split_once(':') else {
        return Verdict::Malformed;
    };
    let (head, tag) = match catalogue::tag_prefix(name) {
        Some(head) => (head, name.get(head.len()..).unwrap_or("")),
        None => (name, "none"),
    };
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'/' | b'.');
    if code.is_empty()
        || rest.is_empty()
        || tag.is_empty()
        || !head.bytes().all(plain)
        || tag.chars().any(char::is_control)
    {
        return Verdict::Malformed;
    }
    match additions.find_key(name) {
        Found::Known(known) => return Verdict::Known(known),
        Found::Retired(reason) => return Verdict::Retired(reason),
        Found::Unknown => {}
    }
    let keys = additions.keys_of(&code.to_ascii_lowercase());
    let same_code = |key: &&KnownKey<'a>| {
        key.name.split_once(':').is_some_and(|(known, _)| known.eq_ignore_ascii_case(code))
    };
    let head_name = head.split_once(':').map_or("", |(_, name)| name);
    let slips = |key: &KnownKey<'a>, limit| {
        // `ecs:tag` without its tag is a slip of `ecs:tag/<tag>`.
        let known = key.name.split_once(':').map(|(_, name)| name);
        known.and_then(|known| suggest::distance(head_name, known, limit))
    };
    let slip = keys.iter().filter(same_code).find(|key| slips(key, 1).is_some());
    if let Some(near) = slip {
        return Verdict::Misspelt(*near);
    }
    if code.eq_ignore_ascii_case("acs") {
        let near = keys
            .iter()
            .filter(same_code)
            .filter_map(|key| slips(key, 4).map(|slips| (slips, *key)))
            .min_by_key(|(slips, _)| *slips);
        return Verdict::UnknownGlobal(near.map(|(_, key)| key));
    }
    if code.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Verdict::Malformed;
    }
    Verdict::Unfamiliar
}
