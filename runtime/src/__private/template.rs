//! What templates are made of.

pub use ram_policy_model::PolicyTemplate;
pub use ram_policy_model::check::Position;
pub use ram_policy_model::template::{Hole, Parameter, Slot};
