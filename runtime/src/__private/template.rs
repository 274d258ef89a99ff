//! What templates are made of.

pub use ram_policy_model::PolicyTemplate;
pub use ram_policy_model::document::blank::{Blank, Slot};
pub use ram_policy_model::policy::composed::{blanks, is_used, number_of_blanks, pass_through};
pub use ram_policy_model::policy::template::Parameter;
pub use ram_policy_model::source::mention::Position;
