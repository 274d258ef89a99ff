//! What templates are made of.

pub use ram_policy_model::PolicyTemplate;
pub use ram_policy_model::check::Position;
pub use ram_policy_model::policy::template::{Hole, Parameter, Slot};
