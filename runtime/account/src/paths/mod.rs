//! How somebody becomes somebody else.

pub(crate) mod assume;
mod reach;
mod step;

pub use reach::{Reach, Reached, Taken};
pub use step::{Step, StepKind, steps};
