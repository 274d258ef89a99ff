//! Judges the name of a condition key against the catalogue.

use crate::catalogue::{self, ConditionKey};
use crate::suggest;

/// What a condition key's name is.
#[derive(Debug, Clone, Copy)]
pub enum Verdict {
    /// The catalogue has it.
    Known(&'static ConditionKey),
    /// It is not in the catalogue, whose lists of services' keys have gaps.
    Unfamiliar,
    /// It is not `code:name`.
    Malformed,
    /// It is one slip or its case away from this one.
    Misspelt(&'static ConditionKey),
    /// RAM has no such `acs:` key; this one is nearest.
    UnknownGlobal(Option<&'static ConditionKey>),
}

/// Judges a key's name; RAM compares it exactly, case included (RAM: Policy elements).
#[must_use]
pub fn judge(name: &str) -> Verdict {
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
    if let Some(known) = catalogue::find_key(name) {
        return Verdict::Known(known);
    }
    let keys = catalogue::keys_of(&code.to_ascii_lowercase());
    let name_of = |key: &'static ConditionKey| key.name.split_once(':').map(|(_, name)| name);
    let same_code = |key: &&'static ConditionKey| {
        key.name.split_once(':').is_some_and(|(known, _)| known.eq_ignore_ascii_case(code))
    };
    let head_name = head.split_once(':').map_or("", |(_, name)| name);
    let slips = |key: &&'static ConditionKey, limit| {
        // `ecs:tag` without its tag is a slip of `ecs:tag/<tag>`.
        name_of(key).and_then(|known| suggest::distance(head_name, known, limit))
    };
    let slip = keys.iter().filter(same_code).find(|key| slips(key, 1).is_some());
    if let Some(near) = slip {
        return Verdict::Misspelt(near);
    }
    if code.eq_ignore_ascii_case("acs") {
        let near = keys
            .iter()
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
