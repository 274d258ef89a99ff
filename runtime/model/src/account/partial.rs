//! The whole decision about a request that is known in part.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::{fmt, ptr};

use super::authorize::{Authorization, Authorizer, Outcome, PolicyType};
use super::stage::{Source, Witness};
use crate::decide::partial::{Asks, Matches, PartialRequest};
use crate::decide::residual::Residual;
use crate::document::bounds::Bounds;
use crate::policy::Policy;
use crate::policy::open::OpenPolicy;
use crate::policy::resource::ResourcePolicy;
use crate::policy::role::TrustPolicy;
use crate::request::Request;
use crate::terms::arn::Arn;
use crate::terms::caller::{Asker, Caller};
use crate::terms::decision::Decision;

/// What all policies that have a say decide about a request that is known in part.
///
/// ```
/// use ram_policy::{Authorizer, Caller, Outcome, PartialRequest, Request, policy};
///
/// let inside = policy! { allow ecs::* on * when acs::SourceIp in "10.0.0.0/8"; };
/// let alice = Authorizer::new(Caller::User { account: "1234567890123456", name: "alice" })
///     .with_policies([&inside]);
/// let ask = |action| PartialRequest::of(Request::new(action, "*")?).unknown("acs:SourceIp");
/// let answer = alice.authorize_partial(&ask("ecs:StopInstance")?);
/// assert_eq!(answer.authorization().map(|decided| decided.outcome), None);
/// assert_eq!(
///     answer.to_string(),
///     "undetermined\nAccountLevelIdentityBasedPolicy 0: allowed if `acs:SourceIp` is in 10.0.0.0/8",
/// );
/// let others = alice.authorize_partial(&ask("ram:GetUser")?);
/// assert_eq!(others.authorization().map(|decided| decided.outcome), Some(Outcome::ImplicitDeny));
/// # Ok::<(), ram_policy::RequestError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum PartialAuthorization {
    /// The answer, whatever is not known.
    Decided(Authorization),
    /// It hangs on what is not known.
    Undetermined {
        /// Whether the request may be allowed; else it hangs on what is not known only which policy
        /// denies it, and whether explicitly.
        may_be_allowed: bool,
        /// What the policies that were asked say, where that is not decided.
        policies: Vec<PolicyResidual>,
    },
}

/// What the decision of one policy among several hangs on.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PolicyResidual {
    /// What kind of policy it is.
    pub policy_type: PolicyType,
    /// For control policies, the level it stands at, from 0 at the account.
    pub level: Option<usize>,
    /// Its place among those of its type and level, from 0.
    pub policy: usize,
    /// What its decision hangs on.
    pub residual: Residual,
}

impl PartialAuthorization {
    /// The answer, where it is the same whatever is not known.
    #[must_use]
    pub const fn authorization(&self) -> Option<Authorization> {
        match self {
            Self::Decided(authorization) => Some(*authorization),
            Self::Undetermined { .. } => None,
        }
    }

    /// Whether the request is allowed, whatever is not known.
    #[must_use]
    pub fn is_allow(&self) -> bool {
        self.authorization().is_some_and(Authorization::is_allow)
    }
}

/// The answer; or `undetermined`, or `denied` where only the reason is not known, and a line for
/// each policy.
impl fmt::Display for PartialAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decided(authorization) => write!(f, "{}", authorization.outcome),
            Self::Undetermined { may_be_allowed, policies } => {
                f.write_str(if *may_be_allowed { "undetermined" } else { "denied" })?;
                policies.iter().try_for_each(|policy| write!(f, "\n{policy}"))
            }
        }
    }
}

/// The policy, then what its decision hangs on.
impl fmt::Display for PolicyResidual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.policy_type)?;
        if let Some(level) = self.level {
            write!(f, "{level}.")?;
        }
        write!(f, "{}: {}", self.policy, self.residual)
    }
}

impl Authorizer<'_> {
    /// Decides a request that is known in part: the answer, where it is the same whatever is not
    /// known, else what each policy says.
    ///
    /// Policies may be known in part too: see [`Authorizer::with_open_policies`]. A resource that may be
    /// any is taken for one of the owner's, or of the caller's account where no owner is set.
    ///
    /// For each policy that the answer depends on there is what is left of it: in words, as a policy, and
    /// as the resources that it allows.
    ///
    /// ```
    /// use ram_policy::{Authorizer, Caller, Oss, PartialAuthorization, PartialRequest, policy};
    ///
    /// let photos = policy! {
    ///     allow oss::* on "acs:oss:*:*:photos/*" when acs::SourceIp in "10.0.0.0/8";
    ///     allow ecs::* on *;
    /// };
    /// let alice = Authorizer::new(Caller::User { account: "1234567890123456", name: "alice" })
    ///     .with_policies([&photos]);
    /// let somewhere = PartialRequest::any_resource(Oss::GetObject)?.unknown("acs:SourceIp")?;
    /// let PartialAuthorization::Undetermined { policies, .. } = alice.authorize_partial(&somewhere)
    /// else {
    ///     panic!("the resource and the address decide");
    /// };
    /// assert_eq!(
    ///     policies[0].residual.to_string(),
    ///     "allowed if the resource is `acs:oss:*:*:photos/*` and `acs:SourceIp` is in 10.0.0.0/8",
    /// );
    /// assert_eq!(policies[0].residual.resources(), ["acs:oss:*:*:photos/*"]);
    /// assert_eq!(
    ///     policies[0].residual.policy(),
    ///     Some(policy! { allow oss::GetObject on "acs:oss:*:*:photos/*" when acs::SourceIp in "10.0.0.0/8"; }),
    /// );
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn authorize_partial(&self, request: &PartialRequest<'_>) -> PartialAuthorization {
        let arn = self.asker.caller().arn();
        let request = request.of_caller(arn.as_deref());
        let mut against = Foreseen::new(&request, self, Turn::Against);
        let at_least = self.decide(&Self::shown(&request), &mut against);
        let mut towards = Foreseen::new(&request, self, Turn::Towards);
        let at_most = self.decide(&Self::shown(&request), &mut towards);
        // More that is allowed, or less that is denied, never takes an allowance away. So all between
        // the two is allowed with the one that allows least, and denied with the one that allows most.
        let is_same_step = at_least.policy_type == at_most.policy_type
            && at_least.level == at_most.level
            && at_least.outcome == at_most.outcome;
        // Signing on is asked under two names in one step, so there the statement counts too.
        let signs_on = request.request().action().code().eq_ignore_ascii_case("sts");
        let is_same_step = if signs_on { at_least == at_most } else { is_same_step };
        if is_same_step || at_least.outcome == Outcome::Allow {
            return PartialAuthorization::Decided(at_least);
        }
        let mut policies = towards.residuals;
        for found in against.residuals {
            if !policies.contains(&found) {
                policies.push(found);
            }
        }
        let may_be_allowed = at_most.outcome == Outcome::Allow;
        PartialAuthorization::Undetermined { may_be_allowed, policies }
    }

    /// The request as far as the order of the policies hangs on it.
    fn shown<'r>(request: &'r PartialRequest<'_>) -> Request<'r> {
        let known = request.request().clone();
        if request.is_any_resource() && known.action().code().eq_ignore_ascii_case("sts") {
            // Only roles are assumed.
            let role = Arn { service: "ram", region: "*", account: "*", relative_id: "role/*" };
            return known.with_resource(role);
        }
        known
    }
}

/// Which way all turns out that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Against,
    Towards,
}

/// Lets all policies decide as if what is not known turned out one way.
struct Foreseen<'r, 'a> {
    request: &'r PartialRequest<'a>,
    authorizer: &'r Authorizer<'r>,
    turn: Turn,
    residuals: Vec<PolicyResidual>,
}

impl<'r, 'a> Foreseen<'r, 'a> {
    const fn new(
        request: &'r PartialRequest<'a>,
        authorizer: &'r Authorizer<'r>,
        turn: Turn,
    ) -> Self {
        Self { request, authorizer, turn, residuals: Vec::new() }
    }

    /// The bounds of a policy; those of one that is known are both its document.
    fn bounds(&self, policy: &Policy) -> Cow<'r, Bounds> {
        let is_it = |open: &&&OpenPolicy| ptr::eq(open.least(), policy);
        let open = self.authorizer.open.iter().find(is_it).copied();
        let kept = || self.authorizer.kept.iter().find_map(|kept| kept.open_of(policy));
        match open.or_else(kept) {
            Some(open) => Cow::Borrowed(open.bounds()),
            None => Cow::Owned(Bounds::exact(policy.document().into_owned())),
        }
    }

    fn foresee(
        &mut self,
        source: Source,
        number: usize,
        bounds: &Bounds,
        request: &PartialRequest<'_>,
        asks: Asks<'_>,
    ) -> Decision {
        let matches = Matches::of(bounds, request, asks);
        let decision = match self.turn {
            Turn::Against => matches.at_least(),
            Turn::Towards => matches.at_most(),
        };
        if let Some(residual) = matches.decision(request).into_residual() {
            let Source { policy_type, level, .. } = source;
            let found = PolicyResidual { policy_type, level, policy: number, residual };
            if !self.residuals.contains(&found) {
                self.residuals.push(found);
            }
        }
        decision
    }
}

impl Witness for Foreseen<'_, '_> {
    fn policies<'p>(&mut self, _: Source, _: impl Iterator<Item = &'p Policy>, _: &Request<'_>) {}

    fn trust(&mut self, _: &TrustPolicy, _: Caller<'_>, _: &Request<'_>) {}

    fn kept(&mut self, _: Source, _: &ResourcePolicy, _: Asker<'_>, _: bool, _: &Request<'_>) {}

    fn ask<'p>(
        &mut self,
        source: Source,
        policies: impl Iterator<Item = &'p Policy>,
        request: &Request<'_>,
    ) -> (Option<usize>, Decision) {
        // Signing on is asked under two names, and an access point under the name of its own.
        let request = self.request.asked_as(request);
        let mut allowed = (None, Decision::ImplicitDeny);
        let mut denied = None;
        for (number, policy) in policies.enumerate() {
            let bounds = self.bounds(policy);
            match self.foresee(source, source.first + number, &bounds, &request, Asks::Anybody) {
                decision @ Decision::ExplicitDeny { .. } => {
                    denied = denied.or(Some((Some(number), decision)));
                }
                decision @ Decision::Allow { .. } if allowed.0.is_none() => {
                    allowed = (Some(number), decision);
                }
                Decision::Allow { .. } | Decision::ImplicitDeny => {}
            }
        }
        denied.unwrap_or(allowed)
    }

    fn ask_trust(&mut self, policy: &TrustPolicy, caller: Caller<'_>, _: &Request<'_>) -> Decision {
        let source = Source::of(PolicyType::AssumeRolePolicy);
        let open = self.authorizer.open_trust.filter(|open| ptr::eq(open.least(), policy));
        let bounds = match open {
            Some(open) => Cow::Borrowed(open.bounds()),
            None => Cow::Owned(Bounds::exact(policy.document().into_owned())),
        };
        self.foresee(source, 0, &bounds, self.request, Asks::Caller(caller))
    }
}
