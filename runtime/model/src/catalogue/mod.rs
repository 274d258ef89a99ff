//! What RAM's own documents say about services, actions, ARNs and condition keys. Imports `text` and
//! `terms`.
//!
//! The data are plain static tables, made by `cargo run -p ram-policy-generate` from the pinned
//! files in `runtime/generate/catalogue`. A look-up is a binary search; nothing is built at
//! start. `by_name` finds what has exactly a name, `find` what goes with a pattern, an ARN, a word
//! or a key.

#[cfg(feature = "alloc")]
pub mod additions;
mod by_name;
#[cfg(feature = "alloc")]
pub mod choice;
pub mod condition_key;
#[cfg(feature = "alloc")]
pub mod find;
mod generated;
#[cfg(feature = "alloc")]
mod letters;
mod name_hash;
mod numbers;
#[cfg(feature = "alloc")]
pub(crate) mod pattern_runs;
#[cfg(feature = "alloc")]
pub mod wildcards;

pub use by_name::{
    ActionId, ActionRow, Resources, ServiceEntry, action, find_action, find_key, find_nickname,
    find_service, keys_of, replaced_by, service, services, spelling_of_code, tag_prefix,
};
pub use generated::{
    DATA_DATE, EVENT_NAMES, GLOBAL_KEYS, NICKNAMES, REPLACED, SERVICE_PRINCIPALS, SERVICES,
};
#[cfg(feature = "alloc")]
pub(crate) use letters::{Letters, Rows};
pub use numbers::Numbers;

pub use crate::terms::family::KeyType;

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
    /// How narrow its policies can be, where RAM's list of services says.
    pub granularity: Option<Granularity>,
    /// Whether a page or an official policy prints an ARN that is narrower than the whole service.
    pub has_arns: bool,
    /// Full action names, each followed by a line feed, sorted by their ASCII lower case.
    pub names: &'static str,
    /// Where each name ends in `names` (the line feed not included), in row order.
    pub name_ends: Numbers,
    /// One byte a row: the access level, see [`Access::from_byte`].
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
/// assert_eq!(of("beian"), Some(Completeness::CodeOnly));
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

/// How narrow the policies of a service can be, by RAM's own list of the services that work with it.
///
/// Where the list says `Service` or `Operation`, an ARN narrower than the whole service may have no
/// effect. Pages and official policies are newer and closer to the API: where one prints such an ARN
/// ([`Service::has_arns`]), it comes first.
///
/// ```
/// use ram_policy_model::catalogue::{Granularity, find_service};
///
/// let of = |code| find_service(code).and_then(|service| service.granularity);
/// assert_eq!(of("ecs"), Some(Granularity::Resource));
/// assert_eq!(of("config"), Some(Granularity::Operation));
/// assert_eq!(of("bizworks"), Some(Granularity::Service));
/// assert_eq!(of("apig"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Granularity {
    /// The whole service.
    Service,
    /// Single operations.
    Operation,
    /// Single resources.
    Resource,
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

/// An action whose operation the vendor deprecates, and the action that the vendor names instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replaced {
    /// The code of its service, as `ecs`.
    pub code: &'static str,
    /// Its name, as `CreateVpc`.
    pub name: &'static str,
    /// The other one, as `vpc:CreateVpc`.
    pub instead: &'static str,
}

/// What ActionTrail calls something that RAM calls otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventName {
    /// A service as `PrivateZone`, an operation as `Oss:HeadObject`, a resource type as
    /// `ACS::OSS::Bucket`.
    pub name: &'static str,
    /// The RAM code, the action, or the ARN template.
    pub means: &'static str,
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

/// An access level, and how sure it is.
///
/// ```
/// use ram_policy_model::catalogue::{Access, AccessLevel, Certainty};
///
/// let query = Access { level: AccessLevel::Read, certainty: Certainty::Inferred };
/// assert_eq!(query.to_string(), "read (inferred)");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Access {
    /// The level.
    pub level: AccessLevel,
    /// Where it comes from.
    pub certainty: Certainty,
}

/// Where an access level comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// A document gives the action this level.
    Documented,
    /// No document gives the action a level. Of the documented actions whose names begin with the
    /// same verb, at least 97 of 100 have this one.
    Inferred,
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
