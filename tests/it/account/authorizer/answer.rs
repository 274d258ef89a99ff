//! What the authorizer answers, in words short enough for a row.

use ram_policy::Outcome::{self, Allow, ExplicitDeny, ImplicitDeny};
use ram_policy::{Authorization, PolicyType};

pub(super) const ACCOUNT: PolicyType = PolicyType::AccountLevelIdentityBasedPolicy;
pub(super) const GROUP: PolicyType = PolicyType::ResourceGroupLevelIdentityBasedPolicy;
pub(super) const SESSION: PolicyType = PolicyType::SessionPolicy;
pub(super) const TRUST: PolicyType = PolicyType::AssumeRolePolicy;

/// What an answer says but who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    outcome: Outcome,
    policy_type: Option<PolicyType>,
    level: Option<usize>,
    /// Policy and statement.
    place: Option<(usize, usize)>,
}

impl Answer {
    pub(super) fn given(answer: Authorization) -> Self {
        let Authorization { outcome, policy_type, level, policy, statement, .. } = answer;
        assert_eq!(policy.is_some(), statement.is_some(), "{answer:?}");
        Self { outcome, policy_type, level, place: policy.zip(statement) }
    }

    pub(super) fn without_place(self) -> Self {
        Self { place: None, ..self }
    }
}

/// A statement of a policy of this type allows.
pub(super) const fn allow(policy_type: PolicyType, policy: usize, statement: usize) -> Answer {
    let place = Some((policy, statement));
    Answer { outcome: Allow, policy_type: Some(policy_type), level: None, place }
}

/// A statement of a policy of this type denies.
pub(super) const fn deny(policy_type: PolicyType, policy: usize, statement: usize) -> Answer {
    Answer { outcome: ExplicitDeny, ..allow(policy_type, policy, statement) }
}

/// Policies of this type should have allowed.
pub(super) const fn nothing(policy_type: PolicyType) -> Answer {
    Answer { outcome: ImplicitDeny, policy_type: Some(policy_type), level: None, place: None }
}

/// A control policy of this level denies.
pub(super) const fn control_denies(level: usize, policy: usize, statement: usize) -> Answer {
    Answer { level: Some(level), ..deny(PolicyType::ControlPolicy, policy, statement) }
}

/// No control policy of this level allows.
pub(super) const fn control_allows_not(level: usize) -> Answer {
    Answer { level: Some(level), ..nothing(PolicyType::ControlPolicy) }
}

/// No policy is asked.
pub(super) const fn without_policy(outcome: Outcome) -> Answer {
    Answer { outcome, policy_type: None, level: None, place: None }
}

#[test]
fn words_of_ram() {
    let outcomes = [Allow, ExplicitDeny, ImplicitDeny].map(|outcome| outcome.to_string());
    assert_eq!(outcomes, ["Allow", "ExplicitDeny", "ImplicitDeny"]);
    let types = [ACCOUNT, GROUP, SESSION, PolicyType::ControlPolicy, TRUST];
    assert_eq!(
        types.map(|policy_type| policy_type.to_string()),
        [
            "AccountLevelIdentityBasedPolicy",
            "ResourceGroupLevelIdentityBasedPolicy",
            "SessionPolicy",
            "ControlPolicy",
            "AssumeRolePolicy",
        ]
    );
}
