#![doc = include_str!("../../README.md")]
#![no_std]

extern crate alloc;

#[doc(hidden)]
pub mod __private;
mod action;
pub mod findings;
pub mod key;
mod macros;
pub mod resource_type;

#[doc(hidden)]
pub use action::__editor;
pub use action::{Action, OtherAction};
pub use ram_policy_model::additions::{self, Additions, AdditionsError};
pub use ram_policy_model::arn::ArnError;
pub use ram_policy_model::catalogue::{
    AccessLevel, ActionId, ConditionKey, DATA_DATE, Evidence, KeyType, ResourceType,
};
#[cfg(target_has_atomic = "ptr")]
pub use ram_policy_model::coverage::Coverage;
pub use ram_policy_model::least::{self, Breadth, LeastPrivilege, LeastPrivilegeError};
pub use ram_policy_model::operand::{Date, Number, OperandError};
pub use ram_policy_model::prove::{self, Counterexample, Guardrail, Proof, Prover, SplitError};
pub use ram_policy_model::usage::{TightenError, Unused, Usage};
pub use ram_policy_model::{
    Authorization, AuthorizationExplanation, Authorizer, Caller, Checker, ControlPolicy, Decision,
    Effect, Explanation, Finding, ImportError, Imported, Level, LevelError, Levels, Mismatch,
    Operator, Outcome, OwnedRequest, OwnedRequestError, Policy, PolicyBuilder, PolicyExplanation,
    PolicySet, PolicyTemplate, PolicyType, Request, RequestAction, RequestError, ResourceGroupRule,
    ServiceLinkedRole, SessionPolicy, Severity, StatementBuilder, StatementExplanation, TooLong,
    TrustPolicy, template,
};

// Here and not by a glob, so that the compiler names the feature of an enum that is not there.
action::every_service!(action::export);
