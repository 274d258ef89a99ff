//! Compares policies for every request at once.
//!
//! The answer is a proof, a counterexample that the evaluator confirms, or why there is neither.
//!
//! # Which requests
//!
//! All that [`Request`](crate::Request) takes as well formed: every action that
//! [`RequestAction::unlisted`](crate::RequestAction::unlisted) takes, in the catalogue or not; every
//! resource that [`Request::new`](crate::Request::new) takes; and each condition key of the policies
//! missing or with values of its type. A key whose type the catalogue does not know, or that is
//! text, has values of the form that its operators ask for. A common key (`acs:`, but for tags) has
//! at most one value, any other may have several (RAM: Common condition keys). Values of another
//! form, about which the evaluator says that nothing can be known, are left out; so are numbers and
//! instants that no text gives.
//!
//! A key that cannot exist (a misspelt one in a policy that was read leniently) is taken for a key
//! of text all the same: what is proved holds whether RAM fills it or not.
//!
//! # What it takes
//!
//! A statement is taken apart into tests of single dimensions of a request: its action, its
//! resource, each condition key. Numbers, dates, addresses and truth values are sets of runs, which
//! takes time in the order of their length. Texts are walked as described in `language`: linear in
//! the length of patterns without inner wildcards, polynomial for single patterns without `?`.
//! Which statement is missed by which test is searched as described in `search`, and can be
//! exponential in the number of statements. Both have a budget; where it is spent the answer is
//! [`Proof::Unknown`]. Nothing recurses.

#[cfg(test)]
#[allow(clippy::panic, reason = "a failed test")]
mod algebra;
mod budget;
#[doc(hidden)]
pub mod constant;
mod dimension;
mod language;
mod likely;
mod pattern;
mod place;
mod proof;
mod prover;
mod ranges;
mod search;
mod simplify;
mod spelling;
mod split;
mod statement;
mod universe;

pub use crate::policy::guardrail_names::GuardrailError;
pub use crate::policy::guardrails::Guardrail;
pub use proof::{Counterexample, Proof, Reason};
pub use prover::{Comparison, Prover};
pub(crate) use simplify::shorter_length;
pub use split::SplitError;

use crate::policy::Policy;
use crate::policy::guardrails::everything;

impl Policy {
    /// Whether the other policy allows every request that this one allows.
    ///
    /// The counterexample is a request that this policy allows and the other one does not.
    ///
    /// ```
    /// use ram_policy::{Proof, policy};
    ///
    /// let boundary = policy! { allow ecs::* on *; deny ecs::DeleteInstance on *; };
    /// let operators = policy! { allow ecs::{StartInstance, StopInstance} on *; };
    /// assert_eq!(operators.within(&boundary), Proof::Yes);
    ///
    /// let owners = policy! { allow ecs::*Instance on *; };
    /// let Proof::No(request) = owners.within(&boundary) else { panic!() };
    /// assert_eq!(request.as_request().action, "ecs:DeleteInstance");
    /// ```
    #[must_use]
    pub fn within(&self, other: &Self) -> Proof {
        Prover::new().within([self], [other])
    }

    /// Whether the two policies allow the same requests.
    ///
    /// The counterexample is a request that only one of them allows. How a request is refused makes
    /// no difference here: by a `Deny` or by nothing that allows it.
    ///
    /// ```
    /// use ram_policy::policy;
    ///
    /// let one = policy! { allow ecs::Describe*, ecs::DescribeInstances on *; };
    /// let other = policy! { allow ecs::* on *; deny * except ecs::Describe* on *; };
    /// assert!(one.equivalent(&other).is_yes());
    /// ```
    #[must_use]
    pub fn equivalent(&self, other: &Self) -> Proof {
        Prover::new().equivalent([self], [other])
    }

    /// Whether some request is allowed by both policies; [`Policy::common_request`] gives one.
    ///
    /// `No` says that there is none. Its counterexample is a request that this policy allows and
    /// the other one therefore does not; where this policy allows nothing, one that the other
    /// allows; where neither allows anything, one that both refuse.
    ///
    /// ```
    /// use ram_policy::{Proof, policy};
    ///
    /// let policy = policy! { allow ecs::* on *; allow ram::GetUser on *; };
    /// let sensitive = policy! { allow ram::* on *; };
    /// assert_eq!(policy.overlaps(&sensitive), Proof::Yes);
    /// let buckets = policy! { allow oss::* on *; };
    /// assert!(matches!(policy.overlaps(&buckets), Proof::No(_)));
    /// ```
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> Proof {
        Prover::new().overlaps([self], [other])
    }

    /// Whether this policy allows nothing that the other one denies.
    ///
    /// Of the other policy only the denials count. The counterexample is a request that this policy
    /// allows and a denial of the other one matches.
    ///
    /// ```
    /// use ram_policy::{Proof, policy};
    ///
    /// let operators = policy! { allow ecs::S*Instance on *; deny ecs::StartInstance on *; };
    /// assert_eq!(operators.never_allows(&policy! { deny ram::* on *; }), Proof::Yes);
    /// assert_eq!(operators.never_allows(&policy! { deny ecs::StartInstance on *; }), Proof::Yes);
    /// let elsewhere = policy! { deny ecs::* on "acs:ecs:cn-beijing:*:*"; };
    /// assert!(matches!(operators.never_allows(&elsewhere), Proof::No(_)));
    /// ```
    #[must_use]
    pub fn never_allows(&self, other: &Self) -> Proof {
        Prover::new().within([self], [&everything(), other])
    }

    /// A request that both policies allow; `None` when it is proved that there is none.
    ///
    /// The other policy may say what is looked for: its actions, resources and conditions.
    ///
    /// ```
    /// use ram_policy::policy;
    ///
    /// let policy = policy! { allow * except ram::* on *; allow ram::Get* on *; };
    /// let sensitive = policy! { allow ram::{CreatePolicy, GetPolicy} on *; };
    /// let found = policy.common_request(&sensitive)?.expect("`ram:GetPolicy` is one");
    /// assert_eq!(found.as_request().action, "ram:GetPolicy");
    /// # Ok::<(), ram_policy::prove::Reason>(())
    /// ```
    ///
    /// # Errors
    ///
    /// It cannot be decided.
    pub fn common_request(&self, other: &Self) -> Result<Option<Counterexample>, Reason> {
        Prover::new().common_request([self], [other])
    }
}
