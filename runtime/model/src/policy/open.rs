//! A policy of which something is not known, as users hold it.

use alloc::string::String;
use alloc::vec::Vec;

use super::Policy;
use super::template::PolicyTemplate;
use crate::decide::partial::{PartialDecision, PartialRequest, decide, decide_trust};
use crate::document::bounds::Bounds;
use crate::document::{self, Document, Indent, lower};
use crate::policy::role::TrustPolicy;
use crate::request::Request;
use crate::terms::caller::Caller;

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
    /// The document with its holes as the source spells them, where a document can say them.
    written: Option<Document>,
}

impl OpenPolicy {
    /// A policy between these bounds.
    #[doc(hidden)]
    #[must_use]
    pub fn of(bounds: Bounds) -> Self {
        let least = Policy::from_document(bounds.least.clone());
        let most = Policy::from_document(bounds.most.clone());
        Self { bounds, least, most, written: None }
    }

    /// The same policy, whose source spells it like this; statement by statement.
    #[doc(hidden)]
    #[must_use]
    pub fn written_as(mut self, written: Document) -> Self {
        let is_whole = written.statements.len() == self.bounds.least.statements.len();
        self.written = is_whole.then_some(written);
        self
    }

    /// The document on one line, with its holes as the source spells them; `None` where they decide
    /// what else the document contains.
    ///
    /// It is for showing and for writing. RAM would take the name of a hole for a text.
    ///
    /// ```
    /// use ram_policy::{OpenPolicy, policy};
    ///
    /// let open = OpenPolicy::from(policy! { <name> allow ram::GetUser on "acs:ram:*:*:user/{name}"; });
    /// assert_eq!(
    ///     open.to_json().as_deref(),
    ///     Some(r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ram:GetUser","Resource":"acs:ram:*:*:user/$name"}]}"#),
    /// );
    /// ```
    #[must_use]
    pub fn to_json(&self) -> Option<String> {
        Some(document::write(self.written.as_ref()?, Indent::Minified))
    }

    /// As [`OpenPolicy::to_json`], with 2 spaces a level.
    #[must_use]
    pub fn to_json_pretty(&self) -> Option<String> {
        Some(document::write(self.written.as_ref()?, Indent::Spaces(2)))
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

    /// The policy that allows the least of what this one may.
    pub(crate) const fn least(&self) -> &Policy {
        &self.least
    }

    /// The document as [`OpenPolicy::to_json`] writes it.
    #[doc(hidden)]
    #[must_use]
    pub const fn written(&self) -> Option<&Document> {
        self.written.as_ref()
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
        let document = policy.document().into_owned();
        let (bounds, written) = (Bounds::exact(document.clone()), Some(document));
        Self { bounds, least: policy.clone(), most: policy, written }
    }
}

impl From<PolicyTemplate> for OpenPolicy {
    fn from(template: PolicyTemplate) -> Self {
        // The text of a template has been checked, so that its bounds can be made.
        let refused = || Bounds::exact(Policy::refused().document().into_owned());
        let spelt = lower::decode(template.text());
        Self::of(Bounds::of(&template.tree()).unwrap_or_else(refused)).written_as(spelt)
    }
}

/// A trust policy of which something is not known.
///
/// ```
/// use ram_policy::{Caller, Decision, OpenTrustPolicy, Request, trust_policy};
///
/// let trust = OpenTrustPolicy::from(trust_policy! { allow sts::AssumeRole by service "ecs.aliyuncs.com"; });
/// let request = Request::new("sts:AssumeRole", "acs:ram::1234567890123456:role/web")?;
/// let ecs = Caller::Service { principal: "ecs.aliyuncs.com" };
/// assert_eq!(trust.evaluate(ecs, &request).decision(), Some(Decision::Allow { statement: 0 }));
/// assert_eq!(trust.holes().count(), 0);
/// # Ok::<(), ram_policy::RequestError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OpenTrustPolicy {
    bounds: Bounds,
    least: TrustPolicy,
}

impl OpenTrustPolicy {
    /// A trust policy between these bounds.
    #[doc(hidden)]
    #[must_use]
    pub fn of(bounds: Bounds) -> Self {
        let least = TrustPolicy::from_document(bounds.least.clone());
        Self { bounds, least }
    }

    /// What is not known: the statement, from 0, and what the source writes in its place.
    pub fn holes(&self) -> impl Iterator<Item = (usize, &str)> {
        self.bounds.holes.iter().map(|hole| (hole.statement, hole.name.as_str()))
    }

    /// The policy itself, where all of it is known.
    #[must_use]
    pub fn as_policy(&self) -> Option<&TrustPolicy> {
        self.bounds.as_exact().map(|_| &self.least)
    }

    /// Decides whether a caller may assume the role: the decision, where it is the same whatever is
    /// not known, else what it hangs on. See [`TrustPolicy::evaluate`].
    #[must_use]
    pub fn evaluate(&self, caller: Caller<'_>, request: &Request<'_>) -> PartialDecision {
        self.evaluate_partial(caller, &PartialRequest::of(request.clone()))
    }

    /// As [`OpenTrustPolicy::evaluate`], for a request that is known in part too.
    #[must_use]
    pub fn evaluate_partial(
        &self,
        caller: Caller<'_>,
        request: &PartialRequest<'_>,
    ) -> PartialDecision {
        decide_trust(&self.bounds, caller, request)
    }

    /// The policy that trusts the least of what this one may.
    pub(crate) const fn least(&self) -> &TrustPolicy {
        &self.least
    }

    /// The bounds.
    pub(crate) const fn bounds(&self) -> &Bounds {
        &self.bounds
    }
}

impl From<TrustPolicy> for OpenTrustPolicy {
    fn from(policy: TrustPolicy) -> Self {
        Self { bounds: Bounds::exact(policy.document().into_owned()), least: policy }
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
