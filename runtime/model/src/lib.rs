//! What the macro and the library of `ram-policy` share. Use the `ram-policy` crate instead.
//!
//! The folders stand in the order in which a policy goes through them, and a folder imports only
//! those before it: [`text`], [`terms`] and the [`catalogue`] say what RAM's words are and mean;
//! a [`source`] keeps places, [`check`] finds its mistakes for the [`report`]; a [`document`] has no
//! places any more; a document and a [`request`] make a decision in [`decide`], and for all requests
//! in `prove`; a [`policy`] is what users hold; an [`account`] has many; `advice` says what a policy
//! should be, and a [`claim`] what it says of itself.
//!
//! Without the Cargo feature `alloc`, which is on by default, there are the policies, trust policies
//! and roles of the macros and requests with a bounded number of condition values: all that deciding
//! needs. Reading, checking, writing and explaining documents needs `alloc`, comparing
//! them for every request the feature `proofs` too.

#![no_std]

#[cfg(any(feature = "alloc", test))]
extern crate alloc;

#[cfg(feature = "alloc")]
pub mod account;
#[cfg(feature = "alloc")]
pub mod advice;
pub mod catalogue;
#[cfg(feature = "alloc")]
pub mod check;
#[cfg(feature = "alloc")]
pub mod claim;
pub mod decide;
#[cfg(feature = "alloc")]
pub mod document;
pub mod policy;
#[cfg(feature = "proofs")]
pub mod prove;
#[cfg(feature = "alloc")]
pub mod report;
pub mod request;
#[cfg(feature = "alloc")]
pub mod source;
pub mod terms;
pub mod text;

#[cfg(feature = "alloc")]
pub use account::authorize::{Authorization, Authorizer, Outcome, PolicyType, ResourceGroupRule};
#[cfg(feature = "alloc")]
pub use account::explain::{
    AuthorizationExplanation, Explanation, Mismatch, PolicyExplanation, StatementExplanation,
};
#[cfg(feature = "alloc")]
pub use account::partial::{PartialAuthorization, PolicyResidual};
#[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
pub use advice::coverage::Coverage;
#[cfg(feature = "proofs")]
pub use advice::least::{Breadth, LeastPrivilege, LeastPrivilegeError};
#[cfg(feature = "proofs")]
pub use advice::open_usage::OpenUsage;
#[cfg(feature = "proofs")]
pub use advice::usage::{TightenError, Unused, Usage};
#[cfg(feature = "alloc")]
pub use catalogue::additions::{Additions, AdditionsError};
#[cfg(feature = "alloc")]
pub use check::checker::Checker;
#[cfg(feature = "alloc")]
pub use decide::partial::{PartialDecision, PartialRequest};
#[cfg(feature = "alloc")]
pub use decide::residual::{Residual, Way};
pub use policy::Policy;
#[cfg(feature = "alloc")]
pub use policy::build::{PolicyBuilder, StatementBuilder};
#[cfg(feature = "proofs")]
pub use policy::guardrails::Guardrail;
#[cfg(feature = "alloc")]
pub use policy::narrowing::{ControlPolicy, SessionPolicy};
#[cfg(feature = "alloc")]
pub use policy::open::{OpenPolicy, OpenTrustPolicy};
#[cfg(feature = "alloc")]
pub use policy::policy_set::PolicySet;
#[cfg(feature = "alloc")]
pub use policy::resource::OpenResourcePolicy;
pub use policy::resource::ResourcePolicy;
pub use policy::role::{ServiceLinkedRole, TrustPolicy};
#[cfg(feature = "alloc")]
pub use policy::template::PolicyTemplate;
#[cfg(feature = "proofs")]
pub use prove::{Counterexample, Proof, Prover, SplitError};
#[cfg(feature = "alloc")]
pub use report::finding::{Finding, ImportError, Imported};
#[cfg(feature = "alloc")]
pub use report::level::{LevelError, Levels};
#[cfg(feature = "alloc")]
pub use report::rule::Severity;
#[cfg(feature = "alloc")]
pub use report::rule::{Level, Strictness};
#[cfg(feature = "alloc")]
pub use request::owned::{OwnedRequest, OwnedRequestError};
#[cfg(feature = "alloc")]
pub use request::reader::RequestReader;
pub use request::{Request, RequestAction, RequestError};
pub use terms::caller::{Asker, Caller};
pub use terms::decision::Decision;
pub use terms::effect::Effect;
pub use terms::kind::{PolicyKind, ResourceKind, TooLong, Unit};
pub use terms::operator::Operator;
