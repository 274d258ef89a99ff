//! Condition keys in a constant: which values a request may have for one.

use super::bytes::{Text, at, equal, find, has, has_control, is, is_plain, part, same};
use crate::catalogue::{ConditionKey, GLOBAL_KEYS, KeyType, SERVICES};
use crate::terms::characters::is_of_key;
use crate::terms::family::Family;

/// Whether a value is one that the library takes for a key of this type. Sound: it may say no where it
/// is.
pub(super) const fn is_of_type(value: Text<'_>, value_type: KeyType) -> bool {
    match value_type.family() {
        None => true,
        // In the spelling that every comparison of it as a text takes.
        Some(Family::Boolean) => is(value, b"true", false) || is(value, b"false", false),
        Some(family) => family.has_value(value.as_bytes()),
    }
}

/// The type of a key's values; `None` where no request has the key, or that is not sure.
#[allow(clippy::indexing_slicing, reason = "the index is asked for first")]
pub(super) const fn type_of(key: Text<'_>) -> Option<KeyType> {
    let colon = find(key, b':');
    let code = part(key, 0, colon);
    let has_tag = has(key, b'/');
    // Up to the tag, and the slash before it with it.
    let end = if has_tag { find(key, b'/') + 1 } else { key.len() };
    let head = part(key, 0, end);
    if code.is_empty()
        || colon + 1 >= key.len()
        || (has_tag && end == key.len())
        || !is_plain(key)
        || has_control(key)
        || !is_name(head)
    {
        return None;
    }
    let keys = keys_of(code);
    let mut is_near_known = false;
    let mut index = 0;
    while index < keys.len() {
        let known = keys[index];
        index += 1;
        if is(head, known.name.as_bytes(), false) {
            return Some(known.value_type);
        }
        // A key that is one slip away from another one is refused.
        let known = Text::of(known.name.as_bytes());
        is_near_known = is_near_known
            || (equal(part(known, 0, find(known, b':')), code, true)
                && is_slip(part(head, colon, head.len()), part(known, colon, known.len())));
    }
    if is_near_known || is(code, b"acs", true) || has_upper_case(code) {
        return None;
    }
    Some(KeyType::Unknown)
}

/// Whether a text is another one but for one character too many, too few, changed, or swapped with
/// the next; ASCII case ignored.
const fn is_slip(one: Text<'_>, other: Text<'_>) -> bool {
    let mut index = 0;
    while index < one.len() && index < other.len() && same(at(one, index), at(other, index), true) {
        index += 1;
    }
    let is_swapped = same(at(one, index), at(other, index + 1), true)
        && same(at(one, index + 1), at(other, index), true);
    rests_agree(one, index + 1, other, index + 1)
        || rests_agree(one, index + 1, other, index)
        || rests_agree(one, index, other, index + 1)
        || (is_swapped && rests_agree(one, index + 2, other, index + 2))
}

/// Whether two texts are the same from there on, or both are over.
const fn rests_agree(one: Text<'_>, from: usize, other: Text<'_>, other_from: usize) -> bool {
    equal(part(one, from, one.len()), part(other, other_from, other.len()), true)
}

/// The keys that belong to a code; the common ones where no service has it.
#[allow(clippy::indexing_slicing, reason = "the index is asked for first")]
const fn keys_of(code: Text<'_>) -> &'static [ConditionKey] {
    let mut index = 0;
    while index < SERVICES.len() {
        if is(code, SERVICES[index].code.as_bytes(), true) {
            return SERVICES[index].condition_keys;
        }
        index += 1;
    }
    GLOBAL_KEYS
}

const fn is_name(text: Text<'_>) -> bool {
    let mut index = 0;
    while index < text.len() {
        if !is_of_key(at(text, index)) {
            return false;
        }
        index += 1;
    }
    true
}

const fn has_upper_case(text: Text<'_>) -> bool {
    let mut index = 0;
    while index < text.len() {
        if at(text, index).is_ascii_uppercase() {
            return true;
        }
        index += 1;
    }
    false
}
