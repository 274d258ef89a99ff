//! What is counted.

use core::fmt;

use ram_policy_model::{Decision, Outcome, PartialAuthorization, PartialDecision};

/// What was decided about a record.
///
/// ```
/// use ram_policy::Decision;
/// use ram_policy_batch::Verdict;
///
/// assert_eq!(Verdict::from(Decision::ImplicitDeny).to_string(), "ImplicitDeny");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// A statement allows it and none denies it.
    Allow,
    /// A statement denies it.
    ExplicitDeny,
    /// No statement allows it.
    ImplicitDeny,
    /// Nobody knows the policies of its principal.
    NoPolicies,
    /// It hangs on a part of a policy that is not known.
    Unknown,
}

impl Verdict {
    /// All there are, in order.
    pub const ALL: [Self; 5] =
        [Self::Allow, Self::ExplicitDeny, Self::ImplicitDeny, Self::NoPolicies, Self::Unknown];
}

/// How often each verdict, in their order.
pub(crate) type ByVerdict = [u64; Verdict::ALL.len()];

impl From<Decision> for Verdict {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Allow { .. } => Self::Allow,
            Decision::ExplicitDeny { .. } => Self::ExplicitDeny,
            Decision::ImplicitDeny => Self::ImplicitDeny,
        }
    }
}

impl From<Outcome> for Verdict {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Allow => Self::Allow,
            Outcome::ExplicitDeny => Self::ExplicitDeny,
            Outcome::ImplicitDeny => Self::ImplicitDeny,
        }
    }
}

/// `Unknown` also where it is only not known how a request is denied.
impl From<PartialDecision> for Verdict {
    fn from(decision: PartialDecision) -> Self {
        match decision {
            PartialDecision::Decided(decision) => decision.into(),
            PartialDecision::Undetermined(_) => Self::Unknown,
        }
    }
}

/// As for a [`PartialDecision`].
impl From<PartialAuthorization> for Verdict {
    fn from(answer: PartialAuthorization) -> Self {
        match answer {
            PartialAuthorization::Decided(answer) => answer.outcome.into(),
            PartialAuthorization::Undetermined { .. } => Self::Unknown,
        }
    }
}

/// RAM's word, or `NoPolicies` or `Unknown`.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Allow => "Allow",
            Self::ExplicitDeny => "ExplicitDeny",
            Self::ImplicitDeny => "ImplicitDeny",
            Self::NoPolicies => "NoPolicies",
            Self::Unknown => "Unknown",
        })
    }
}
