//! What a constant policy must keep within, decided while the constant is evaluated.

use super::Policy;
use crate::prove::constant::{Subject, check};

/// What a policy of the macro says, also in a constant.
///
/// # Panics
///
/// The policy was read at run time; no constant is.
#[allow(clippy::panic, reason = "it is how a constant fails to compile")]
#[track_caller]
const fn text_of(policy: &Policy) -> &'static str {
    match policy.as_json() {
        Some(text) => text,
        None => panic!("a policy that was made at run time is not known while compiling"),
    }
}

/// Fails to compile unless the policy with this text is proved to keep within a constant one.
#[doc(hidden)]
#[track_caller]
pub const fn within(text: &str, boundary: &Policy) {
    check(text, text_of(boundary), Subject::Within);
}

/// As [`within`], for a boundary whose text is known.
#[doc(hidden)]
#[track_caller]
pub const fn text_within_text(text: &str, boundary: &str) {
    check(text, boundary, Subject::Within);
}

/// As [`policy_never`], for a policy whose text is known.
#[doc(hidden)]
#[track_caller]
pub const fn text_never(text: &str, boundary: &str) {
    check(text, boundary, Subject::Never);
}

/// As [`within`], for a policy that is a constant too.
#[doc(hidden)]
#[track_caller]
pub const fn policy_within(policy: &Policy, boundary: &Policy) {
    check(text_of(policy), text_of(boundary), Subject::Within);
}

/// As [`policy_within`], for a boundary whose text is known.
#[doc(hidden)]
#[track_caller]
pub const fn policy_within_text(policy: &Policy, boundary: &str) {
    check(text_of(policy), boundary, Subject::Within);
}

/// Fails to compile unless a constant policy is proved to keep within everything but what is denied.
#[doc(hidden)]
#[track_caller]
pub const fn policy_never(policy: &Policy, boundary: &str) {
    check(text_of(policy), boundary, Subject::Never);
}
