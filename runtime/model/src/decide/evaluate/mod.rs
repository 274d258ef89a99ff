//! Decides a request (RAM: How RAM evaluates policies). Nothing here allocates.
//!
//! Where something cannot be known, because a value does not have the form its operator asks for,
//! an `Allow` statement does not match and a `Deny` statement does.

#[cfg(feature = "alloc")]
mod document;
mod principal;
mod truth;

#[cfg(feature = "proofs")]
pub(crate) use document::text_matches;
#[cfg(feature = "alloc")]
pub use document::{assumes, evaluate_by_name, evaluate_trust, names_its_source};
#[cfg(feature = "alloc")]
pub(crate) use document::{
    conditions_hold, decide, decision_of, key_holds, resource_matches, resources_match,
    rest_matches, trusts,
};
pub use principal::names;
pub use truth::{Truth, address, boolean, date, holds, number, text};
