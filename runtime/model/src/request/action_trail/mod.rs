//! Events of ActionTrail (ActionTrail: Management event structure): what of them says who asked for
//! what, under which conditions. The rest is gone through and not kept.

mod context;
mod event;
mod names;
mod read;

pub(crate) use event::{Event, Field};
pub(crate) use names::Named;
