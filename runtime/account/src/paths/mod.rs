//! How somebody becomes somebody else.

pub(crate) mod assume;
mod map;
mod reach;
mod step;

pub use map::{Becomes, Map};
pub use reach::{Reach, Reached, Taken};
pub use step::{Step, StepKind, steps};
