//! What needs an allocator: reading, checking, writing and explaining policies, and proofs.

#[cfg(target_has_atomic = "ptr")]
pub use ram_policy_model::advice::coverage::Coverage;
#[cfg(feature = "proofs")]
pub use ram_policy_model::advice::least::{self, Breadth, LeastPrivilege, LeastPrivilegeError};
#[cfg(feature = "proofs")]
pub use ram_policy_model::advice::open_usage::OpenUsage;
#[cfg(feature = "proofs")]
pub use ram_policy_model::advice::usage::{TightenError, Unused, Usage};
pub use ram_policy_model::catalogue::additions::{self, Additions, AdditionsError};
#[cfg(feature = "proofs")]
pub use ram_policy_model::policy::guardrails::Guardrail;
pub use ram_policy_model::policy::template;
#[cfg(feature = "proofs")]
pub use ram_policy_model::prove::{Counterexample, Proof, Prover, SplitError};
pub use ram_policy_model::{
    Authorization, AuthorizationExplanation, Authorizer, Checker, ControlPolicy, Explanation,
    Finding, ImportError, Imported, Level, LevelError, Levels, Mismatch, OpenPolicy,
    OpenResourcePolicy, OpenTrustPolicy, Outcome, OwnedRequest, OwnedRequestError,
    PartialAuthorization, PartialDecision, PartialRequest, PolicyBuilder, PolicyExplanation,
    PolicyResidual, PolicySet, PolicyTemplate, PolicyType, RequestReader, Residual,
    ResourceGroupRule, SessionPolicy, Severity, StatementBuilder, StatementExplanation, Strictness,
    TooLong, Unit, Way,
};
