//! Decides a request (RAM: How RAM evaluates policies). Nothing here allocates.
//!
//! Where something cannot be known, because a value does not have the form its operator asks for,
//! an `Allow` statement does not match and a `Deny` statement does.

mod listed;
mod principal;
#[cfg(feature = "alloc")]
mod resource;
#[cfg(feature = "alloc")]
mod statements;
mod truth;

pub use listed::{names_by_type, names_listed, names_nobody};
pub use principal::names;
#[cfg(feature = "alloc")]
pub use resource::{evaluate_kept, named};
#[cfg(feature = "alloc")]
pub use statements::{assumes, evaluate_by_name, evaluate_trust, names_its_source};
#[cfg(feature = "alloc")]
pub(crate) use statements::{
    conditions_hold, decide, decision_of, key_holds, resource_matches, resources_match,
    rest_matches, trusts,
};
pub use truth::{Truth, holds};
