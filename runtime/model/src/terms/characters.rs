//! The characters of service codes, action names, condition keys and accounts.
//!
//! Whoever asks for one of these asks here, byte by byte, which a constant can do too.

/// Whether a service code or a region may have this character: `a-z`, `0-9` and `-`.
#[must_use]
pub const fn is_of_code(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}

/// Whether the name of an action may have this character.
#[must_use]
pub const fn is_of_action(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/')
}

/// Whether a condition key may have this character, apart from the tag in it.
#[must_use]
pub const fn is_of_key(byte: u8) -> bool {
    is_of_action(byte) || matches!(byte, b':' | b'.')
}

/// Whether a text is a service code.
#[must_use]
pub fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_of_code)
}

/// Whether a text is a service code in upper or lower case: RAM ignores the case of an action (RAM:
/// Policy elements).
#[must_use]
pub fn is_code_in_any_case(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| is_of_code(byte.to_ascii_lowercase()))
}

/// Whether a text is the name of an action.
#[must_use]
pub fn is_action(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_of_action)
}

/// Whether a text is the number of an account.
#[must_use]
pub fn is_account(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{is_account, is_action, is_code, is_code_in_any_case};

    #[test]
    fn each_has_its_characters() {
        // The text; whether it is a code, a code in any case, an action, an account.
        for (text, code, any_case, action, account) in [
            ("ecs", true, true, true, false),
            ("swas-open", true, true, true, false),
            ("ECS", false, true, true, false),
            ("r-kvstore2", true, true, true, false),
            ("12", true, true, true, true),
            ("StopInstance", false, true, true, false),
            ("a_b", false, false, true, false),
            ("v1/jobs", false, false, true, false),
            ("ecs*", false, false, false, false),
            ("ecs.x", false, false, false, false),
            ("a:b", false, false, false, false),
            (" ", false, false, false, false),
            ("\u{4e2d}", false, false, false, false),
            ("\u{0665}", false, false, false, false),
            ("", false, false, false, false),
        ] {
            let found =
                (is_code(text), is_code_in_any_case(text), is_action(text), is_account(text));
            assert_eq!(found, (code, any_case, action, account), "{text:?}");
        }
    }
}
