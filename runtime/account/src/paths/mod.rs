//! How somebody becomes somebody else.

pub(crate) mod assume;
mod map;
mod needed;
mod reach;
mod step;
mod taken;

pub use map::{Becomes, Map};
pub use reach::{Reach, Reached};
pub use step::{Step, StepKind, steps};
pub use taken::Taken;
