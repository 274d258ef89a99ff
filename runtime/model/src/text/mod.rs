//! Texts, the places in them, and JSON as a grammar. Imports no other folder.

pub(crate) mod distance;
pub mod hidden;
#[cfg(feature = "alloc")]
pub mod hole;
#[cfg(feature = "alloc")]
pub mod json;
#[cfg(feature = "alloc")]
pub(crate) mod order;
#[cfg(feature = "alloc")]
pub mod place;
#[cfg(feature = "alloc")]
pub mod position;
#[cfg(feature = "alloc")]
pub mod shown;
#[doc(hidden)]
pub mod steps;
#[cfg(feature = "alloc")]
pub mod suggest;
