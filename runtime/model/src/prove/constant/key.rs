//! Condition keys in a constant: which values a request may have for one.

use super::bytes::{Text, at, equal, find, has, has_control, is, is_plain, part};
use super::condition::is_readable;
use crate::catalogue::{ConditionKey, GLOBAL_KEYS, KeyType, SERVICES};
use crate::operand::read_address;
use crate::operator::Family;

/// Whether the library takes a request with this value for this key. Sound: it may say no where it
/// does.
pub(super) const fn takes(key: Text<'_>, value: Text<'_>) -> bool {
    match type_of(key) {
        None => false,
        Some(KeyType::String | KeyType::Unknown) => true,
        Some(KeyType::Number) => is_readable(value, Family::Number),
        Some(KeyType::Date) => is_readable(value, Family::Date),
        // In the spelling that every comparison of it as a text takes.
        Some(KeyType::Boolean) => is(value, b"true", false) || is(value, b"false", false),
        Some(KeyType::Ip) => read_address(value.as_bytes()).is_some(),
    }
}

/// The type of a key's values; `None` where no request has the key, or that is not sure.
#[allow(clippy::indexing_slicing, reason = "the index is asked for first")]
const fn type_of(key: Text<'_>) -> Option<KeyType> {
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
        // A key that is one slip away from another one is refused, and one slip makes a text longer
        // or shorter by one character at most.
        let known = Text::of(known.name.as_bytes());
        let of_code = equal(part(known, 0, find(known, b':')), code, true);
        is_near_known = is_near_known || (of_code && head.len().abs_diff(known.len()) < 2);
    }
    if is_near_known || is(code, b"acs", true) || has_upper_case(code) {
        return None;
    }
    Some(KeyType::Unknown)
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
        let byte = at(text, index);
        if !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_' | b':' | b'/' | b'.') {
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
