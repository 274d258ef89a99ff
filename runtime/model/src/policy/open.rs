//! A policy of which something is not known, as users hold it.

#[cfg(feature = "proofs")]
use alloc::string::String;
use alloc::vec::Vec;

use super::Policy;
use super::template::PolicyTemplate;
use crate::decide::partial::{PartialDecision, PartialRequest, decide};
use crate::document::bounds::Bounds;
use crate::request::Request;

/// A policy of which something is not known: a template before its values are bound, a document of
/// Terraform before Terraform runs.
///
/// No answer about it is wrong, whatever the unknown parts turn out to be: where it hangs on them,
/// the answer says so and names them.
///
/// ```
/// use ram_policy::{Decision, OpenPolicy, Proof, Request, policy};
///
/// let open = OpenPolicy::from(policy! {
///     <bucket>
///     allow oss::GetObject on "acs:oss:*:*:{bucket}/*";
///     deny oss::* on "acs:oss:*:*:*/secret/*";
/// });
/// let ask = |object| Request::new("oss:GetObject", object);
/// let secret = open.evaluate(&ask("acs:oss:*:1234567890123456:photos/secret/a")?);
/// assert_eq!(secret.decision(), Some(Decision::ExplicitDeny { statement: 1 }));
/// let photo = open.evaluate(&ask("acs:oss:*:1234567890123456:photos/a")?);
/// assert_eq!(photo.to_string(), "allowed if statement 0 allows it, which has `bucket`");
///
/// let readers = OpenPolicy::from(policy! { allow oss::* on *; });
/// assert_eq!(open.within(&readers), Proof::Yes);
/// # Ok::<(), ram_policy::RequestError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OpenPolicy {
    bounds: Bounds,
    pub(super) least: Policy,
    pub(super) most: Policy,
}

impl OpenPolicy {
    /// A policy between these bounds.
    #[doc(hidden)]
    #[must_use]
    pub fn of(bounds: Bounds) -> Self {
        let least = Policy::from_document(bounds.least.clone());
        let most = Policy::from_document(bounds.most.clone());
        Self { bounds, least, most }
    }

    /// What is not known: the statement, from 0, and what the source writes in its place.
    ///
    /// ```
    /// use ram_policy::{OpenPolicy, policy};
    ///
    /// let open = OpenPolicy::from(policy! { <name> allow ram::GetUser on "acs:ram:*:*:user/{name}"; });
    /// assert!(open.holes().eq([(0, "name")]));
    /// ```
    pub fn holes(&self) -> impl Iterator<Item = (usize, &str)> {
        self.bounds.holes.iter().map(|hole| (hole.statement, hole.name.as_str()))
    }

    /// The policy itself, where all of it is known.
    #[must_use]
    pub fn as_policy(&self) -> Option<&Policy> {
        self.bounds.as_exact().map(|_| &self.least)
    }

    /// Decides a request: the decision, where it is the same whatever is not known, else what it
    /// hangs on.
    #[must_use]
    pub fn evaluate(&self, request: &Request<'_>) -> PartialDecision {
        self.evaluate_partial(&PartialRequest::of(request.clone()))
    }

    /// As [`OpenPolicy::evaluate`], for a request that is known in part too.
    #[must_use]
    pub fn evaluate_partial(&self, request: &PartialRequest<'_>) -> PartialDecision {
        decide(&self.bounds, request)
    }

    /// The bounds.
    #[doc(hidden)]
    #[must_use]
    pub const fn bounds(&self) -> &Bounds {
        &self.bounds
    }
}

impl From<Policy> for OpenPolicy {
    fn from(policy: Policy) -> Self {
        let bounds = Bounds::exact(policy.document().into_owned());
        Self { bounds, least: policy.clone(), most: policy }
    }
}

impl From<PolicyTemplate> for OpenPolicy {
    fn from(template: PolicyTemplate) -> Self {
        // The text of a template has been checked, so that its bounds can be made.
        let refused = || Bounds::exact(Policy::refused().document().into_owned());
        Self::of(Bounds::of(&template.tree()).unwrap_or_else(refused))
    }
}

/// Many policies as one: RAM puts the statements of a caller's policies together. Gives the policy
/// and the statement that each statement of the whole is.
#[must_use]
pub fn together(policies: &[&Bounds]) -> (Bounds, Vec<(usize, usize)>) {
    let mut places = Vec::new();
    let mut all: Option<Bounds> = None;
    for (number, bounds) in policies.iter().enumerate() {
        places.extend((0..bounds.least.statements.len()).map(|statement| (number, statement)));
        match &mut all {
            None => all = Some((*bounds).clone()),
            Some(all) => all.add(bounds),
        }
    }
    let nothing = || Bounds::exact(Policy::refused().document().into_owned());
    (all.unwrap_or_else(nothing), places)
}

/// The names of holes, each once.
#[cfg(feature = "proofs")]
pub(super) fn distinct(holes: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for hole in holes {
        if !found.contains(&hole) {
            found.push(hole);
        }
    }
    found
}
