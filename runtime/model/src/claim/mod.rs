//! Decides what a policy claims of itself, while it compiles. Imports the folders up to `advice`.
//!
//! A claim is read beside the document, checked as a policy or a request is, and then decided by
//! the evaluator or, with the feature `proofs`, by the prover. The front end says what a file has
//! in it and what becomes of the path of a constant, whose value only the compiler knows.

mod boundary;
mod decide;
pub mod organisation;
#[cfg(feature = "proofs")]
mod proof;
#[cfg(not(feature = "proofs"))]
mod unproved;

#[cfg(feature = "proofs")]
pub use boundary::everything_but;
pub use boundary::{denial, policy_of, policy_of_text};
pub use decide::decide;
