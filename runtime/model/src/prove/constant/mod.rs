//! The prover that also runs in a constant, for policies whose value only the compiler knows.
//!
//! It walks the minified texts of two policies. Every action pattern of an `Allow`, with every
//! resource, must be covered by one statement of the other side whose conditions follow from its
//! own, and met by no denial there that is not shared or excluded. Where that fails it tries out
//! requests. It never guesses: what is proved holds for every request, what is refuted is shown by a
//! request, and everything else is left undecided; the exact prover is for that.
//!
//! A counterexample is shown only if the evaluator in `request.rs` says of it what that of the library
//! says, and the library takes it as a request; random tests ask the library itself. Values of another
//! form than the operators of a key ask for are left out, as the exact prover does.
//!
//! # Why it has code of its own
//!
//! The matcher, the readers of numbers, dates, addresses and blocks, and the tables of keys and actions
//! are the library's. Two things are not, because every policy would be dearer to compile for them,
//! whether it is compared with another one or not.
//!
//! - The walk over the minified text in `json.rs`: a table of statements would be nested constants beside
//!   that text. With one, 40 policies took the compiler 345 million instructions instead of 210 million,
//!   counted as in `tests/instructions/run.sh`.
//! - `covers` and `can_meet` in `pattern.rs`: those of the checker call the standard library where no
//!   constant can, and macros, which run unoptimised, would pay for loops instead.
//!
//! # What it takes
//!
//! Patterns times patterns of the other side times their lengths; refuting tries a bounded number of
//! requests.

mod buffer;
mod bytes;
mod condition;
mod cover;
mod family;
mod fields;
mod json;
mod key;
mod known;
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

/// What is said of a policy.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
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
pub(crate) const fn check(left: &str, right: &str, subject: Subject) {
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
