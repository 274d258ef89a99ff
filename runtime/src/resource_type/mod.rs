//! Resource types as typed constants, by the service in their ARN, spelt as the documents spell
//! them.
//!
//! ```
//! use ram_policy::resource_type::ecs;
//!
//! assert_eq!(ecs::Instance.service(), "ecs");
//! assert!(ecs::Instance.templates().contains(&"acs:ecs:{#regionId}:{#accountId}:instance/*"));
//! assert!(ecs::Instance.actions().any(|action| action.to_string() == "ecs:StopInstance"));
//! ```

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "with no service switched on there is no resource type"
)]

#[cfg(feature = "alloc")]
mod actions;
mod generated;

pub use generated::*;

use ram_policy_model::catalogue::ResourceType;
use ram_policy_model::terms::arn::Arn;

/// A resource type: a name with every ARN template that the documents print for it.
///
/// The documents print several where they write a placeholder in two ways, or tell apart a resource
/// that is there from one that is not yet (`instance/*`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResourceKind {
    name: &'static str,
    templates: &'static [&'static str],
}

impl ResourceKind {
    const fn new(name: &'static str, templates: &'static [&'static str]) -> Self {
        Self { name, templates }
    }

    /// The name the documents give it.
    ///
    /// ```
    /// assert_eq!(ram_policy::resource_type::ecs::KeyPair.name(), "KeyPair");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// The service's code in the ARN.
    ///
    /// ```
    /// assert_eq!(ram_policy::resource_type::vpc::VSwitch.service(), "vpc");
    /// ```
    #[must_use]
    pub fn service(self) -> &'static str {
        let template = self.templates.first().and_then(|template| Arn::split(template).ok());
        template.map_or("", |template| template.service)
    }

    /// The ARN templates, with `{#name}` for what varies.
    ///
    /// ```
    /// use ram_policy::resource_type::ram;
    ///
    /// assert!(ram::Role.templates().iter().all(|template| template.contains(":role/")));
    /// ```
    #[must_use]
    pub const fn templates(self) -> &'static [&'static str] {
        self.templates
    }
}

/// One row's resource type, with its one template.
impl From<&'static ResourceType> for ResourceKind {
    fn from(row: &'static ResourceType) -> Self {
        Self { name: row.name, templates: core::slice::from_ref(&row.template) }
    }
}
