//! What the macro and the library of `ram-policy` share. Use the `ram-policy` crate instead.
//!
//! A policy goes one way through: [`syntax`] (from tokens, or from [`json`] by [`document`]) →
//! [`check`] against the [`catalogue`] → [`lower`] to [`lowered`] → [`json`] text and
//! [`evaluate`]. No stage looks back.
//!
//! Without the Cargo feature `alloc`, which is on by default, there are the policies, trust policies
//! and roles of the macros and requests with a bounded number of condition values: all that deciding
//! needs. Reading, checking, writing and explaining documents needs `alloc`, comparing
//! them for every request the feature `proofs` too.

#![no_std]

#[cfg(any(feature = "alloc", test))]
extern crate alloc;

#[cfg(feature = "alloc")]
mod action_trail;
#[cfg(feature = "alloc")]
pub mod additions;
pub mod arn;
#[cfg(feature = "alloc")]
pub mod authorize;
#[cfg(feature = "alloc")]
pub mod build;
pub mod caller;
pub mod catalogue;
#[cfg(feature = "alloc")]
pub mod check;
#[cfg(feature = "alloc")]
pub mod checker;
#[cfg(feature = "alloc")]
pub mod claim;
#[cfg(feature = "alloc")]
pub mod classify;
#[cfg(feature = "alloc")]
pub mod compile;
pub mod condition_key;
#[cfg(feature = "alloc")]
pub mod cover;
#[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
pub mod coverage;
pub mod decision;
#[cfg(feature = "alloc")]
pub mod diagnostic;
#[cfg(feature = "alloc")]
pub mod dispatch;
mod distance;
#[cfg(feature = "alloc")]
pub mod document;
pub mod effect;
pub mod evaluate;
#[cfg(feature = "alloc")]
pub mod explain;
#[cfg(feature = "alloc")]
pub mod find;
pub mod glob;
pub mod grants;
pub mod hidden;
#[cfg(feature = "alloc")]
pub mod import;
#[cfg(feature = "alloc")]
pub mod json;
pub mod key;
#[cfg(feature = "alloc")]
mod key_facts;
#[cfg(feature = "alloc")]
pub mod kinds;
#[cfg(feature = "proofs")]
pub mod least;
#[cfg(feature = "alloc")]
pub mod length;
#[cfg(feature = "alloc")]
pub mod level;
#[cfg(feature = "alloc")]
pub mod lower;
#[cfg(feature = "alloc")]
pub mod lowered;
pub mod operand;
pub mod operator;
#[cfg(feature = "alloc")]
mod order;
#[cfg(feature = "alloc")]
pub mod overlap;
#[cfg(feature = "alloc")]
pub mod owned_request;
#[cfg(feature = "alloc")]
pub mod placeholder;
pub mod policy;
#[cfg(feature = "alloc")]
pub mod policy_set;
pub mod principal;
#[cfg(feature = "proofs")]
pub mod prove;
pub mod request;
#[cfg(feature = "alloc")]
pub mod request_reader;
pub mod role;
#[cfg(feature = "alloc")]
pub mod rule;
#[cfg(feature = "serde")]
mod serde;
#[doc(hidden)]
pub mod steps;
#[cfg(feature = "alloc")]
pub mod suggest;
#[cfg(feature = "alloc")]
pub mod syntax;
#[cfg(feature = "alloc")]
mod table;
#[cfg(feature = "alloc")]
pub mod template;
#[cfg(feature = "proofs")]
pub mod usage;

#[cfg(feature = "alloc")]
pub use additions::{Additions, AdditionsError};
#[cfg(feature = "alloc")]
pub use authorize::{Authorization, Authorizer, Outcome, PolicyType, ResourceGroupRule};
#[cfg(feature = "alloc")]
pub use build::{PolicyBuilder, StatementBuilder};
pub use caller::Caller;
#[cfg(feature = "alloc")]
pub use checker::Checker;
#[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
pub use coverage::Coverage;
pub use decision::Decision;
pub use effect::Effect;
#[cfg(feature = "alloc")]
pub use explain::{
    AuthorizationExplanation, Explanation, Mismatch, PolicyExplanation, StatementExplanation,
};
#[cfg(feature = "alloc")]
pub use import::{Finding, ImportError, Imported};
#[cfg(feature = "alloc")]
pub use kinds::{ControlPolicy, SessionPolicy, TooLong};
#[cfg(feature = "proofs")]
pub use least::{Breadth, LeastPrivilege, LeastPrivilegeError};
#[cfg(feature = "alloc")]
pub use level::{Level, LevelError, Levels};
pub use operator::Operator;
#[cfg(feature = "alloc")]
pub use owned_request::{OwnedRequest, OwnedRequestError};
pub use policy::Policy;
#[cfg(feature = "alloc")]
pub use policy_set::PolicySet;
#[cfg(feature = "proofs")]
pub use prove::{Counterexample, Guardrail, Proof, Prover, SplitError};
pub use request::{Request, RequestAction, RequestError};
#[cfg(feature = "alloc")]
pub use request_reader::RequestReader;
pub use role::{ServiceLinkedRole, TrustPolicy};
#[cfg(feature = "alloc")]
pub use rule::Severity;
#[cfg(feature = "alloc")]
pub use template::PolicyTemplate;
#[cfg(feature = "proofs")]
pub use usage::{TightenError, Unused, Usage};
