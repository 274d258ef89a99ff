//! What the assertions of proofs call.

use ram_policy_model::{Guardrail, Policy, Proof};

/// What a policy can be held against.
pub trait Boundary {
    /// Whether the policy keeps within it.
    fn holds(&self, policy: &Policy) -> Proof;
}

impl Boundary for Policy {
    fn holds(&self, policy: &Policy) -> Proof {
        policy.within(self)
    }
}

impl Boundary for Guardrail {
    fn holds(&self, policy: &Policy) -> Proof {
        self.check(policy)
    }
}

/// Fails a test whose policy goes beyond its boundary.
#[track_caller]
#[allow(clippy::panic, reason = "an assertion of a test")]
pub fn assert_within(policy: &Policy, boundary: &impl Boundary) {
    match boundary.holds(policy) {
        Proof::Yes => {}
        Proof::No(found) => panic!("the policy goes beyond its boundary, it allows {found}"),
        Proof::Unknown(reason) => {
            panic!("it is not known whether the policy keeps within: {reason}")
        }
    }
}

/// Fails a test whose policy allows something that another one denies.
#[track_caller]
#[allow(clippy::panic, reason = "an assertion of a test")]
pub fn assert_never(policy: &Policy, denied: &Policy) {
    match policy.never_allows(denied) {
        Proof::Yes => {}
        Proof::No(found) => panic!("the policy allows {found}"),
        Proof::Unknown(reason) => panic!("it is not known whether the policy allows it: {reason}"),
    }
}
