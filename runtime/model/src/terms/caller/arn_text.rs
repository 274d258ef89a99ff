//! The ARN of who asks.

use alloc::string::{String, ToString};

use super::Caller;

impl Caller<'_> {
    /// The caller's ARN, as `acs:PrincipalARN` has it; services, identity providers' users and
    /// anonymous callers have none.
    ///
    /// ```
    /// use ram_policy::Caller;
    ///
    /// let role = Caller::Role { account: "1", name: "web" };
    /// assert_eq!(role.arn().as_deref(), Some("acs:ram::1:role/web"));
    /// ```
    #[must_use]
    pub fn arn(self) -> Option<String> {
        match self {
            Self::Root { .. } | Self::User { .. } | Self::Role { .. } => Some(self.to_string()),
            Self::Service { .. } | Self::Federated { .. } | Self::Anonymous => None,
        }
    }
}
