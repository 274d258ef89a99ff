//! The actions that go with a resource type.

use super::ResourceKind;
use crate::Action;

impl ResourceKind {
    /// The actions that can be limited to it, of whatever service.
    ///
    /// ```
    /// use ram_policy::resource_type::vpc;
    ///
    /// let mut actions = vpc::VPC.actions();
    /// assert!(actions.any(|action| action.to_string() == "ecs:AttachClassicLinkVpc"));
    /// ```
    pub fn actions(self) -> impl Iterator<Item = Action> {
        Action::for_resource_type(self)
    }
}
