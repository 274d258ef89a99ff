//! What the macro and the library of `ram-policy` share. Use the `ram-policy` crate instead.
//!
//! A policy goes one way through: [`syntax`] (from tokens, or from [`json`] by [`document`]) →
//! [`check`] against the [`catalogue`] → [`lower`] to [`lowered`] → [`json`] text and
//! [`evaluate`]. No stage looks back.

#![no_std]

extern crate alloc;

pub mod additions;
pub mod arn;
pub mod authorize;
pub mod build;
pub mod caller;
pub mod catalogue;
pub mod check;
pub mod checker;
pub mod classify;
pub mod compile;
pub mod condition_key;
pub mod cover;
#[cfg(target_has_atomic = "ptr")]
pub mod coverage;
pub mod decision;
pub mod diagnostic;
pub mod dispatch;
pub mod document;
pub mod evaluate;
pub mod explain;
pub mod find;
pub mod glob;
pub mod import;
pub mod json;
pub mod key;
mod key_facts;
pub mod kinds;
pub mod least;
pub mod length;
pub mod level;
pub mod lower;
pub mod lowered;
pub mod operand;
pub mod operator;
pub mod overlap;
pub mod owned_request;
pub mod placeholder;
pub mod policy;
pub mod policy_set;
pub mod prove;
pub mod request;
pub mod role;
pub mod rule;
#[cfg(feature = "serde")]
mod serde;
pub mod suggest;
pub mod syntax;
mod table;
pub mod template;
pub mod usage;

pub use additions::{Additions, AdditionsError};
pub use authorize::{Authorization, Authorizer, Outcome, PolicyType, ResourceGroupRule};
pub use build::{PolicyBuilder, StatementBuilder};
pub use caller::Caller;
pub use checker::Checker;
#[cfg(target_has_atomic = "ptr")]
pub use coverage::Coverage;
pub use decision::Decision;
pub use explain::{
    AuthorizationExplanation, Explanation, Mismatch, PolicyExplanation, StatementExplanation,
};
pub use import::{Finding, ImportError, Imported};
pub use kinds::{ControlPolicy, SessionPolicy, TooLong};
pub use least::{Breadth, LeastPrivilege, LeastPrivilegeError};
pub use level::{Level, LevelError, Levels};
pub use lowered::Effect;
pub use operator::Operator;
pub use owned_request::{OwnedRequest, OwnedRequestError};
pub use policy::Policy;
pub use policy_set::PolicySet;
pub use prove::{Counterexample, Guardrail, Proof, Prover, SplitError};
pub use request::{Request, RequestAction, RequestError};
pub use role::{ServiceLinkedRole, TrustPolicy};
pub use rule::Severity;
pub use template::PolicyTemplate;
pub use usage::{TightenError, Unused, Usage};
