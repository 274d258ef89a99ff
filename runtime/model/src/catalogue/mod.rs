//! What RAM's own documents say about services, actions, ARNs and condition keys.
//!
//! The data are plain static tables, made by `cargo run -p ram-policy-generate` from the pinned
//! files in `runtime/generate/catalogue`. A look-up is a binary search; nothing is built at
//! start.

#[cfg(feature = "alloc")]
pub mod additions;
pub mod condition_key;
#[cfg(feature = "alloc")]
pub mod find;
mod generated;
#[cfg(feature = "alloc")]
mod letters;
mod lookup;
mod name_hash;
mod numbers;
#[cfg(feature = "alloc")]
pub(crate) mod pattern_runs;

pub use generated::{DATA_DATE, GLOBAL_KEYS, NICKNAMES, SERVICE_PRINCIPALS, SERVICES};
#[cfg(feature = "alloc")]
pub(crate) use letters::{Letters, Rows};
pub use lookup::{
    ActionId, ActionRow, Resources, ServiceEntry, action, find_action, find_key, find_nickname,
    find_service, keys_of, service, services, tag_prefix,
};
pub use numbers::Numbers;

pub use crate::terms::key_type::KeyType;

/// One service: a RAM code with its actions and condition keys.
///
/// A list of rows that all are empty is empty itself.
#[derive(Debug)]
pub struct Service {
    /// RAM code, as in `ecs:RunInstances`.
    pub code: &'static str,
    /// Name of the Rust enum, as in `Ecs`.
    pub type_name: &'static str,
    /// The product's name.
    pub title: &'static str,
    /// How much of the service the catalogue has.
    pub completeness: Completeness,
    /// Full action names, each followed by a line feed, sorted by their ASCII lower case.
    pub names: &'static str,
    /// Where each name ends in `names` (the line feed not included), in row order.
    pub name_ends: Numbers,
    /// One byte a row: the access level, see [`AccessLevel::from_byte`].
    pub access: &'static [u8],
    /// One byte a row: how the row is known, see [`Evidence::from_byte`].
    pub evidence: &'static [u8],
    /// The distinct resource types of this service's actions.
    pub resource_types: &'static [ResourceType],
    /// Where each row's part of `resources` ends.
    pub resource_ends: Numbers,
    /// For each row, one number a resource type: its index in `resource_types`, times two, plus
    /// one when the document marks it as required. `65535` alone stands for "All Resources".
    pub resources: Numbers,
    /// The distinct condition keys the action tables of this service name.
    pub row_keys: &'static [&'static str],
    /// Where each row's part of `keys` ends.
    pub key_ends: Numbers,
    /// For each row, indices in `row_keys`.
    pub keys: Numbers,
    /// The distinct dependent actions the action tables of this service name, as `kms:Decrypt`.
    pub row_dependents: &'static [&'static str],
    /// Where each row's part of `dependents` ends.
    pub dependent_ends: Numbers,
    /// For each row, indices in `row_dependents`.
    pub dependents: Numbers,
    /// The service's own condition keys (`<code>:...`), sorted by name.
    pub condition_keys: &'static [ConditionKey],
}

/// How much of a service the catalogue has.
///
/// ```
/// use ram_policy_model::catalogue::{Completeness, find_service};
///
/// let of = |code| find_service(code).map(|service| service.completeness);
/// assert_eq!(of("ecs"), Some(Completeness::Complete));
/// assert_eq!(of("oss"), Some(Completeness::Partial));
/// assert_eq!(of("efc"), Some(Completeness::CodeOnly));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Completeness {
    /// Every action, as far as the documents tell: one that is not listed is a mistake.
    Complete,
    /// Some actions; the service has others.
    Partial,
    /// None; only that there is such a code.
    CodeOnly,
}

/// A resource type with its ARN template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResourceType {
    /// Name the document gives it, as in `Instance`.
    pub name: &'static str,
    /// ARN template with `{#name}` placeholders.
    pub template: &'static str,
}

/// A condition key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConditionKey {
    /// Full name, as in `acs:SourceIp`; for keys with a free part the part before it, as in
    /// `ecs:tag/`.
    pub name: &'static str,
    /// Type of its values.
    pub value_type: KeyType,
    /// What the key holds, in a few words.
    pub meaning: &'static str,
    /// The only actions that fill it, as `ram:CreateServiceLinkedRole`, when that list is known to
    /// be complete; empty when it is not.
    pub filled_by: &'static [&'static str],
}

/// A service principal, as in `connectuservpc.apigateway.aliyuncs.com`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServicePrincipal {
    /// The principal.
    pub principal: &'static str,
    /// Its service-linked role, empty when no document names it.
    pub role: &'static str,
}

/// What people call a service beside its RAM code, as `sls` for `log`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nickname {
    /// The name; no service has it as its code.
    pub name: &'static str,
    /// The RAM code that is meant.
    pub code: &'static str,
}

/// RAM's access level of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AccessLevel {
    /// Creates a resource.
    Create,
    /// Deletes a resource.
    Delete,
    /// Reads one resource.
    Get,
    /// Lists resources.
    List,
    /// Reads (older documents: get or list).
    Read,
    /// Changes a resource.
    Update,
    /// Writes (older documents: create, update or delete).
    Write,
}

/// How a row of the catalogue is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Evidence {
    /// A RAM authorization table or policy page lists the action.
    Documented,
    /// An API operation has this name; the action is assumed to have the same.
    Operation,
    /// As [`Evidence::Operation`], and the API marks the operation as deprecated.
    DeprecatedOperation,
    /// The action stands in an official policy.
    Seen,
}
