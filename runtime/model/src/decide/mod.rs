//! Decisions about what is known in part.

pub mod partial;
pub mod residual;
