//! A policy with all that is needed to compare.

use ram_policy::Policy;
use ram_policy_benchmarks::asked::{Asked, Verdict};

/// A policy, what is asked of it, and the same by hand.
pub(crate) struct Case {
    /// What the table calls it.
    pub(crate) name: &'static str,
    /// As this crate has it; the peers get translations of its JSON.
    pub(crate) policy: Policy,
    /// The same as Rust code.
    pub(crate) by_hand: fn(&Asked) -> Verdict,
    /// What is asked of it.
    pub(crate) asked: Vec<Asked>,
}
