//! From a policy and a request to a decision. Imports the folders up to `request`.

#[cfg(feature = "alloc")]
pub mod dispatch;
pub mod evaluate;
pub mod grants;
#[cfg(feature = "alloc")]
pub(crate) mod index;
#[cfg(feature = "alloc")]
pub mod partial;
#[cfg(feature = "alloc")]
pub mod residual;
