//! The prover that also runs in a constant, for policies whose value only the compiler knows.
//!
//! It walks the minified texts of two policies. Every action pattern of an `Allow`, with every
//! resource, must be covered by one statement of the other side whose conditions follow from its
//! own, and met by no denial there that is not shared or excluded. Where that fails it tries out
//! requests. It never guesses: what is proved holds for every request, what is refuted is shown by a
//! request, and everything else is left undecided; the exact prover is for that.
//!
//! A counterexample is shown only if the evaluator in `request.rs` decides it as that of the library does, and the library takes
//! it as a request; a random test asks the evaluator itself. Values of another form than the
//! operators of a key ask for are left out, as for the exact prover.
//!
//! # Why it has code of its own
//!
//! The matcher, the readers of numbers, dates, addresses and blocks, and the tables of keys and actions
//! are those of everybody else. Three things are not, because a policy would be dearer to compile for
//! it, whether it is held against another one or not: the walk over the minified text in `json.rs`,
//! because a table of statements would be constants beside that text, and nested constants cost the
//! compiler far more than text; and `covers` and `can_meet` in `pattern.rs`, because those of the checker
//! are made of calls into the standard library that no constant can make, and macros, which run
//! unoptimised, would pay for loops in their place.
//!
//! # What it takes
//!
//! Patterns times patterns of the other side times their lengths; refuting tries a bounded number of
//! requests.

mod buffer;
mod bytes;
mod condition;
mod cover;
mod fields;
mod json;
mod key;
mod message;
mod order;
mod pattern;
mod refute;
mod request;
mod statement;

use cover::{Pair, Pairs, is_covered};
use message::{Message, message};
use request::Request;
use statement::Statements;

use crate::policy::Policy;

/// What is said of a policy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Within,
    Never,
}

/// What came out.
#[allow(clippy::large_enum_variant, reason = "a constant has no boxes")]
enum Answer<'a> {
    /// It holds for every request.
    Proved,
    /// It does not hold for this request.
    Refuted(Request<'a>),
    /// Neither is shown; the first place that is open.
    Undecided(Option<Pair<'a>>),
}

/// Whether the second policy allows whatever the first one does.
const fn decide<'a>(left: &'a Statements<'a>, right: &'a Statements<'a>) -> Answer<'a> {
    if !left.is_whole || !right.is_whole {
        return Answer::Undecided(None);
    }
    let (mut open, mut spent) = (None, 0);
    let mut pairs = Pairs::of(left);
    while let Some(pair) = pairs.next() {
        if is_covered(left, right, &pair) {
            continue;
        }
        if let Some(request) = refute::counterexample(left, right, pair, &mut spent) {
            return Answer::Refuted(request);
        }
        if open.is_none() {
            open = Some(pair);
        }
    }
    match open {
        None => Answer::Proved,
        place => Answer::Undecided(place),
    }
}

/// Fails unless the second policy allows whatever the first one does.
#[track_caller]
const fn check(left: &str, right: &str, subject: Subject) {
    let (left, right) = (Statements::read(left), Statements::read(right));
    let answer = decide(&left, &right);
    if !matches!(answer, Answer::Proved) {
        let message: Message = message(&answer, subject);
        fail(message.as_str());
    }
}

#[allow(clippy::panic, reason = "it is how a constant fails to compile")]
#[track_caller]
const fn fail(message: &str) {
    panic!("{}", message);
}

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

/// What the constant prover finds, for tests of it: yes, no with the request as a line of JSON, or
/// nothing with what it says of it.
#[doc(hidden)]
#[must_use]
pub fn found(left: &str, right: &str) -> Found {
    use alloc::string::String;
    let (left, right) = (Statements::read(left), Statements::read(right));
    let answer = decide(&left, &right);
    match &answer {
        Answer::Proved => Found::Proved,
        Answer::Refuted(request) => {
            let mut line = Message::EMPTY;
            message::add_request(&mut line, request);
            Found::Refuted(String::from(line.as_str()))
        }
        Answer::Undecided(_) => {
            Found::Undecided(String::from(message(&answer, Subject::Within).as_str()))
        }
    }
}

/// See [`found`].
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It holds.
    Proved,
    /// It does not, as this request shows.
    Refuted(alloc::string::String),
    /// It is not known.
    Undecided(alloc::string::String),
}
