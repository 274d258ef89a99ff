//! What needs an allocator: reading, checking, writing and explaining policies, and proofs.

pub use ram_policy_model::additions::{self, Additions, AdditionsError};
#[cfg(target_has_atomic = "ptr")]
pub use ram_policy_model::coverage::Coverage;
#[cfg(feature = "proofs")]
pub use ram_policy_model::least::{self, Breadth, LeastPrivilege, LeastPrivilegeError};
#[cfg(feature = "proofs")]
pub use ram_policy_model::prove::{self, Counterexample, Guardrail, Proof, Prover, SplitError};
#[cfg(feature = "proofs")]
pub use ram_policy_model::usage::{TightenError, Unused, Usage};
pub use ram_policy_model::{
    Authorization, AuthorizationExplanation, Authorizer, Checker, ControlPolicy, Explanation,
    Finding, ImportError, Imported, Level, LevelError, Levels, Mismatch, Outcome, OwnedRequest,
    OwnedRequestError, PartialDecision, PartialRequest, PolicyBuilder, PolicyExplanation,
    PolicySet, PolicyTemplate, PolicyType, RequestReader, Residual, ResourceGroupRule,
    SessionPolicy, Severity, StatementBuilder, StatementExplanation, TooLong, Way, template,
};
