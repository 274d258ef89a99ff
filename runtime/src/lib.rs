// The first definition of a link counts: here the README leads to modules, elsewhere to files.
#![doc = include_str!("guide/links.md")]
#![doc = include_str!("guide/check.link")]
#![doc = include_str!("../README.md")]
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;

#[doc(hidden)]
pub mod __private;
mod action;
pub mod findings;
pub mod guide;
pub mod key;
mod macros;
#[cfg(feature = "alloc")]
pub mod pack;
#[cfg(feature = "proofs")]
pub mod prove;
pub mod resource_type;
mod service;
#[cfg(feature = "alloc")]
mod with_alloc;

#[doc(hidden)]
pub use action::__editor;
#[cfg(feature = "alloc")]
pub use action::{Action, OtherAction};
pub use ram_policy_model::catalogue::{
    Access, AccessLevel, ActionId, Certainty, Completeness, ConditionKey, DATA_DATE, Evidence,
    Granularity, KeyType, ResourceType,
};
pub use ram_policy_model::terms::arn::ArnError;
pub use ram_policy_model::terms::operand::{Date, Number, OperandError};
pub use ram_policy_model::{
    Asker, Caller, Decision, Effect, Operator, Policy, Request, RequestAction, RequestError,
    ResourceKind, ResourcePolicy, ServiceLinkedRole, TrustPolicy,
};
pub use service::Service;
#[cfg(feature = "alloc")]
pub use with_alloc::*;

// Here and not by a glob, so that the compiler names the feature of an enum that is not there.
action::every_service!(action::export);
