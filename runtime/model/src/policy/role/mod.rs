//! Service-linked roles (RAM: Service-linked roles), and who may assume a role.

#[cfg(feature = "alloc")]
mod documents;
mod trust;

#[cfg(feature = "alloc")]
pub use crate::check::role::{Declaration, check};
pub use trust::TrustPolicy;

use crate::policy::Policy;

/// A service-linked role: its names, the service that may assume it and what it may do.
///
/// ```
/// use ram_policy::{ServiceLinkedRole, service_linked_role};
///
/// const MONITORING: ServiceLinkedRole = service_linked_role! {
///     role: AliyunServiceRoleForApiGatewayMonitoring,
///     policy: AliyunServiceRolePolicyForApiGatewayMonitoring,
///     service: "monitor.apigateway.aliyuncs.com",
///     permissions: {
///         allow cms::DescribeMonitorGroups on "acs:cms:*:*:*";
///     },
/// };
/// assert_eq!(MONITORING.service(), Some("monitor.apigateway.aliyuncs.com"));
/// assert!(MONITORING.trust_policy().is_some_and(|trust| trust.to_json().contains("sts:AssumeRole")));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceLinkedRole {
    name: &'static str,
    policy_name: &'static str,
    service: Option<&'static str>,
    permissions: Policy,
}

impl ServiceLinkedRole {
    /// Puts a role of the macro together.
    #[doc(hidden)]
    #[must_use]
    pub const fn compiled(
        name: &'static str,
        policy_name: &'static str,
        service: Option<&'static str>,
        permissions: Policy,
    ) -> Self {
        Self { name, policy_name, service, permissions }
    }

    /// The role's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The name of its policy.
    #[must_use]
    pub const fn policy_name(&self) -> &'static str {
        self.policy_name
    }

    /// The service that may assume it, where a document names one.
    #[must_use]
    pub const fn service(&self) -> Option<&'static str> {
        self.service
    }

    /// What the role may do.
    #[must_use]
    pub const fn permissions(&self) -> &Policy {
        &self.permissions
    }
}
