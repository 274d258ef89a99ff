//! Compares documents for every request at once. Imports the folders up to `decide`.
//!
//! The answer is a proof, a counterexample that the evaluator confirms, or why there is neither; the
//! module `prove` of `ram-policy` says for which requests and at what cost. `statement` takes
//! statements apart into tests of single dimensions, `language` walks texts, `search` finds what is
//! matched and missed. Nothing recurses.

#[cfg(test)]
#[allow(clippy::panic, reason = "a failed test")]
mod algebra;
mod budget;
#[doc(hidden)]
pub mod constant;
mod dimension;
mod everything;
mod language;
mod likely;
mod pattern;
mod place;
mod points;
mod proof;
mod prover;
mod ranges;
mod search;
mod simplify;
mod spelling;
mod split;
mod statement;
mod universe;

pub(crate) use everything::everything;
pub use proof::{Counterexample, Proof, Reason};
pub(crate) use prover::Side;
pub use prover::{Comparison, Prover};
pub(crate) use simplify::{Alone, Beside, shorter_length, simplified, simplified_beside};
pub use split::SplitError;
pub(crate) use split::{Piece, split, split_beside};
