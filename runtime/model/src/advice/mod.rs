//! What a policy should be: least privilege, what is used, what decides. Imports the folders up to
//! `account`.

#[cfg(target_has_atomic = "ptr")]
pub mod coverage;
#[cfg(feature = "proofs")]
pub mod least;
#[cfg(feature = "proofs")]
pub mod open_usage;
#[cfg(feature = "proofs")]
pub mod usage;
