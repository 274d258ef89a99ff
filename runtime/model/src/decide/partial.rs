//! Decides a request that is known in part, by a policy that may be known in part.
//!
//! A statement certainly matches, possibly matches, or does not. A denial that possibly matches is
//! never taken for one that does not: the answer is a decision only where it is the same whatever
//! the unknown parts are.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::evaluate::{Truth, assumes, key_holds, names, resources_match, trusts};
use super::residual::{Residual, Way};
use crate::catalogue::condition_key::{self, Verdict};
use crate::document::bounds::{Anyone, Bounds};
use crate::document::{Condition, Element, KeyCondition, Statement, Values};
use crate::request::{Request, RequestAction, RequestError};
use crate::terms::caller::Caller;
use crate::terms::decision::Decision;
use crate::terms::effect::Effect;
use crate::terms::operator::ConditionOperator;
use crate::terms::pattern::{ActionPattern, ResourcePattern};
use crate::terms::principal::PrincipalKind;

/// A request of which some condition keys, or the resource, are not known.
///
/// ```
/// use ram_policy::{PartialRequest, Request, policy};
///
/// let policy = policy! {
///     allow ecs::StopInstance on * when acs::SourceIp in "10.0.0.0/8";
/// };
/// let request = Request::new("ecs:StopInstance", "*")?;
/// let from_somewhere = PartialRequest::of(request).unknown("acs:SourceIp")?;
/// assert_eq!(
///     policy.evaluate_partial(&from_somewhere).to_string(),
///     "allowed if `acs:SourceIp` is in 10.0.0.0/8",
/// );
/// # Ok::<(), ram_policy::RequestError>(())
/// ```
#[derive(Debug, Clone)]
pub struct PartialRequest<'a> {
    request: Request<'a>,
    any_resource: bool,
    unknown: Vec<Cow<'a, str>>,
}

impl<'a> PartialRequest<'a> {
    /// A request of which all is known: a key that it does not have is missing.
    ///
    /// ```
    /// use ram_policy::{Decision, PartialRequest, Request, policy};
    ///
    /// let request = PartialRequest::of(Request::new("ecs:StopInstance", "*")?);
    /// let policy = policy! { allow ecs::* on *; };
    /// assert_eq!(policy.evaluate_partial(&request).decision(), Some(Decision::Allow { statement: 0 }));
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub const fn of(request: Request<'a>) -> Self {
        Self { request, any_resource: false, unknown: Vec::new() }
    }

    /// A request for the action whose resource may be any.
    ///
    /// ```
    /// use ram_policy::{Oss, PartialRequest, policy};
    ///
    /// let policy = policy! { allow oss::GetObject on "acs:oss:*:*:photos/*"; };
    /// let somewhere = PartialRequest::any_resource(Oss::GetObject)?;
    /// assert_eq!(
    ///     policy.evaluate_partial(&somewhere).to_string(),
    ///     "allowed if the resource is `acs:oss:*:*:photos/*`",
    /// );
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// An unknown or malformed action.
    pub fn any_resource<A>(action: A) -> Result<Self, RequestError>
    where
        A: TryInto<RequestAction<'a>>,
        RequestError: From<A::Error>,
    {
        Ok(Self { any_resource: true, ..Self::of(Request::new(action, "*")?) })
    }

    /// The same request with a resource that may be any.
    #[must_use]
    pub const fn with_any_resource(mut self) -> Self {
        self.any_resource = true;
        self
    }

    /// The same request with a condition key that may be missing or have any values.
    ///
    /// ```
    /// use ram_policy::{PartialRequest, Request};
    ///
    /// let request = PartialRequest::of(Request::new("ecs:StopInstance", "*")?);
    /// assert!(request.clone().unknown("acs:SourceIp").is_ok());
    /// assert!(request.unknown("acs:sourceip").is_err());
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A key that cannot exist.
    pub fn unknown(mut self, key: impl Into<Cow<'a, str>>) -> Result<Self, RequestError> {
        let key = key.into();
        match condition_key::judge(&key) {
            Verdict::Known(_) | Verdict::Unfamiliar => {}
            Verdict::Malformed => return Err(RequestError::MalformedKey),
            Verdict::Misspelt(_) | Verdict::UnknownGlobal(_) | Verdict::Retired(_) => {
                return Err(RequestError::UnknownKey);
            }
        }
        self.unknown.push(key);
        Ok(self)
    }

    /// The request, without what is not known of it; its resource means nothing where any may be
    /// meant.
    #[must_use]
    pub const fn request(&self) -> &Request<'a> {
        &self.request
    }

    /// Whether the resource may be any.
    #[must_use]
    pub const fn is_any_resource(&self) -> bool {
        self.any_resource
    }

    /// The keys that are not known.
    pub fn unknown_keys(&self) -> impl Iterator<Item = &str> {
        self.unknown.iter().map(|key| &**key)
    }

    /// The same request, as this caller makes it.
    pub(crate) fn of_caller<'s>(&'s self, arn: Option<&'s str>) -> PartialRequest<'s> {
        const KEY: &str = "acs:PrincipalARN";
        let unknown = self.unknown_keys().filter(|key| *key != KEY).map(Cow::Borrowed).collect();
        PartialRequest {
            request: self.request.with_only(KEY, arn),
            any_resource: self.any_resource,
            unknown,
        }
    }

    /// The same request with the action and the resource of another.
    pub(crate) fn asked_as<'s>(&'s self, other: &Request<'s>) -> PartialRequest<'s> {
        PartialRequest {
            request: self.request.with_action(other.action()).with_resource(other.resource()),
            any_resource: self.any_resource,
            unknown: self.unknown_keys().map(Cow::Borrowed).collect(),
        }
    }

    fn is_unknown(&self, key: &str) -> bool {
        self.unknown.iter().any(|unknown| unknown == key)
    }
}

/// All of it is known.
impl<'a> From<Request<'a>> for PartialRequest<'a> {
    fn from(request: Request<'a>) -> Self {
        Self::of(request)
    }
}

/// What is decided about a request, or about a policy, that is known in part.
///
/// ```
/// use ram_policy::{Decision, PartialRequest, Request, policy};
///
/// let policy = policy! {
///     allow ecs::* on * when acs::SourceIp in "10.0.0.0/8";
///     deny ecs::DeleteInstance on *;
/// };
/// let ask = |action| PartialRequest::of(Request::new(action, "*")?).unknown("acs:SourceIp");
/// // A denial that certainly matches decides, whatever the address is.
/// let deletes = policy.evaluate_partial(&ask("ecs:DeleteInstance")?);
/// assert_eq!(deletes.decision(), Some(Decision::ExplicitDeny { statement: 1 }));
/// let stops = policy.evaluate_partial(&ask("ecs:StopInstance")?);
/// assert_eq!(stops.decision(), None);
/// assert_eq!(stops.residual().map(|residual| residual.keys()), Some(vec!["acs:SourceIp"]));
/// # Ok::<(), ram_policy::RequestError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum PartialDecision {
    /// The decision, whatever the unknown parts are.
    Decided(Decision),
    /// It hangs on what is not known.
    Undetermined(Residual),
}

impl PartialDecision {
    /// The decision, where it is the same whatever the unknown parts are.
    #[must_use]
    pub const fn decision(&self) -> Option<Decision> {
        match self {
            Self::Decided(decision) => Some(*decision),
            Self::Undetermined(_) => None,
        }
    }

    /// Whether the request is allowed, whatever the unknown parts are.
    #[must_use]
    pub fn is_allow(&self) -> bool {
        self.decision().is_some_and(Decision::is_allow)
    }

    /// What the decision hangs on, given away.
    #[must_use]
    pub fn into_residual(self) -> Option<Residual> {
        match self {
            Self::Decided(_) => None,
            Self::Undetermined(residual) => Some(residual),
        }
    }

    /// What the decision hangs on.
    #[must_use]
    pub const fn residual(&self) -> Option<&Residual> {
        match self {
            Self::Decided(_) => None,
            Self::Undetermined(residual) => Some(residual),
        }
    }
}

/// The decision, or the conditions under which the request is allowed.
impl core::fmt::Display for PartialDecision {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Decided(decision) => write!(f, "{decision}"),
            Self::Undetermined(residual) => write!(f, "{residual}"),
        }
    }
}

/// Who asks, where a trust policy is asked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Asks<'a> {
    /// Identity, session and control policies do not say who.
    Anybody,
    /// The caller that wants to assume the role.
    Caller(Caller<'a>),
}

/// What every statement of a policy may say to a request.
pub(crate) struct Matches {
    /// Denials that certainly match.
    denied: Option<usize>,
    /// Statements that allow certainly.
    allowed: Option<usize>,
    /// Denials that possibly match.
    denials: Vec<Way>,
    /// Statements that possibly allow.
    allows: Vec<Way>,
}

/// Decides a request by a policy; both may be known in part.
#[must_use]
pub fn decide(bounds: &Bounds, request: &PartialRequest<'_>) -> PartialDecision {
    Matches::of(bounds, request, Asks::Anybody).decision(request)
}

/// The statements that may be the one that decides a request.
#[cfg(feature = "proofs")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deciders {
    /// From 0, each once.
    pub(crate) possible: Vec<usize>,
    /// Whether it is the one there is, whatever the unknown parts are.
    pub(crate) is_certain: bool,
}

/// As [`decide`], with the statements that may have decided: the first that denies the request, else the
/// first that allows it.
#[cfg(feature = "proofs")]
#[must_use]
pub(crate) fn decide_with(
    bounds: &Bounds,
    request: &PartialRequest<'_>,
) -> (PartialDecision, Deciders) {
    let matches = Matches::of(bounds, request, Asks::Anybody);
    let deciders = matches.deciders();
    (matches.decision(request), deciders)
}

/// Decides whether a caller may assume the role that a trust policy is kept with.
#[must_use]
pub fn decide_trust(
    bounds: &Bounds,
    caller: Caller<'_>,
    request: &PartialRequest<'_>,
) -> PartialDecision {
    Matches::of(bounds, request, Asks::Caller(caller)).decision(request)
}

impl Matches {
    pub(crate) fn of(bounds: &Bounds, request: &PartialRequest<'_>, asks: Asks<'_>) -> Self {
        let mut matches =
            Self { denied: None, allowed: None, denials: Vec::new(), allows: Vec::new() };
        let statements = bounds.least.statements.iter().zip(bounds.most.statements.iter());
        for (index, (of_least, of_most)) in statements.enumerate() {
            let anyone: Vec<Anyone> =
                bounds.anyone.iter().copied().filter(|anyone| anyone.statement == index).collect();
            let way = |statement: &Statement, residue: Residue<'_>| Way {
                statement: index,
                reduced: residue.statement(statement.effect, request),
                holes: bounds.holes_in(index).map(ToString::to_string).collect(),
            };
            let reads =
                if bounds.holes_in(index).next().is_some() { Reads::Open } else { Reads::Exact };
            if of_least.effect == Effect::Deny {
                if let Some(residue) = residue(of_least, request, asks, &anyone, reads) {
                    matches.denials.push(way(of_least, residue));
                }
            } else if is_certain(of_least, request, asks) {
                matches.allowed = matches.allowed.or(Some(index));
            }
            if of_most.effect == Effect::Allow {
                if let Some(residue) = residue(of_most, request, asks, &anyone, reads) {
                    matches.allows.push(way(of_most, residue));
                }
            } else if is_certain(of_most, request, asks) {
                matches.denied = matches.denied.or(Some(index));
            }
        }
        matches
    }

    pub(crate) fn decision(self, request: &PartialRequest<'_>) -> PartialDecision {
        let Self { denied, allowed, denials, allows } = self;
        if let Some(statement) = denied {
            return PartialDecision::Decided(Decision::ExplicitDeny { statement });
        }
        if denials.is_empty() {
            if let Some(statement) = allowed {
                return PartialDecision::Decided(Decision::Allow { statement });
            }
            if allows.is_empty() {
                return PartialDecision::Decided(Decision::ImplicitDeny);
            }
        }
        PartialDecision::Undetermined(Residual::new(request, denials, allows, allowed.is_some()))
    }

    /// The statements that may be the one that decides.
    #[cfg(feature = "proofs")]
    fn deciders(&self) -> Deciders {
        let up_to = |ways: &[Way], certain: Option<usize>| -> Vec<usize> {
            let numbers = ways.iter().map(Way::statement);
            numbers.filter(|number| certain.is_none_or(|certain| *number <= certain)).collect()
        };
        let mut possible = up_to(&self.denials, self.denied);
        if self.denied.is_none() {
            for number in up_to(&self.allows, self.allowed) {
                if !possible.contains(&number) {
                    possible.push(number);
                }
            }
        }
        let one_decides = self.denied.is_some() || self.allowed.is_some();
        Deciders { is_certain: one_decides && possible.len() == 1, possible }
    }

    /// The decision if all turns out against the request.
    pub(crate) fn at_least(&self) -> Decision {
        match (self.denials.first(), self.allowed) {
            (Some(way), _) => Decision::ExplicitDeny { statement: way.statement },
            (None, Some(statement)) => Decision::Allow { statement },
            (None, None) => Decision::ImplicitDeny,
        }
    }

    /// The decision if all turns out for the request.
    pub(crate) fn at_most(&self) -> Decision {
        match (self.denied, self.allows.first()) {
            (Some(statement), _) => Decision::ExplicitDeny { statement },
            (None, Some(way)) => Decision::Allow { statement: way.statement },
            (None, None) => Decision::ImplicitDeny,
        }
    }
}

/// What of a statement the unknown parts of a request decide.
struct Residue<'d> {
    /// The resources of which one must be asked for.
    resources: Option<&'d Values<ResourcePattern>>,
    /// The tests that must hold.
    tests: Vec<Condition>,
}

impl Residue<'_> {
    const fn is_empty(&self) -> bool {
        self.resources.is_none() && self.tests.is_empty()
    }

    /// What is left of the statement, for this request.
    fn statement(self, effect: Effect, request: &PartialRequest<'_>) -> Statement {
        let one = |text: String| Cow::<'static, str>::Owned(text);
        let action = ActionPattern::new(one(request.request.action().to_string()));
        let action = Values::plain(Vec::from([action]));
        let resources = self.resources.cloned().unwrap_or_else(|| {
            let text = if request.any_resource {
                "*".to_string()
            } else {
                request.request.resource().to_string()
            };
            let resource = ResourcePattern::new(one(text));
            Values::plain(Vec::from([resource]))
        });
        let mut elements =
            Vec::from([Element::Effect, Element::Action(action), Element::Resource(resources)]);
        if !self.tests.is_empty() {
            elements.push(Element::Condition(Cow::Owned(self.tests)));
        }
        Statement { effect, elements: Cow::Owned(elements) }
    }
}

/// What the parts of a trust policy's statement stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reads {
    /// Themselves.
    Exact,
    /// Whatever its holes may contain: a pattern may be the one action that a document has there, and
    /// a condition that was left out may say where an assertion comes from.
    Open,
}

/// Whether the statement matches whatever the unknown parts of the request are.
fn is_certain(statement: &Statement, request: &PartialRequest<'_>, asks: Asks<'_>) -> bool {
    residue(statement, request, asks, &[], Reads::Exact).is_some_and(|residue| residue.is_empty())
}

/// What must hold for the statement to match; `None` when it does not match.
fn residue<'d>(
    statement: &'d Statement,
    partial: &PartialRequest<'_>,
    asks: Asks<'_>,
    anyone: &[Anyone],
    reads: Reads,
) -> Option<Residue<'d>> {
    let request = &partial.request;
    let (actions, negated) = statement.actions()?;
    let covers = |code: &str, name: &str| {
        actions.items.iter().any(|pattern| pattern.matches(code, name)) != negated
    };
    let is_about_it = match asks {
        Asks::Anybody => covers(request.action().code(), request.action().name()),
        Asks::Caller(_) => match assumes(statement) {
            Truth::Yes => true,
            Truth::Unknown => {
                statement.effect == Effect::Deny
                    || (reads == Reads::Open && covers("sts", "AssumeRole"))
            }
            Truth::No => false,
        },
    };
    if !is_about_it {
        return None;
    }
    // What cannot be known makes an `Allow` not match and does not keep a `Deny` from it.
    let unknowable = || (statement.effect == Effect::Deny).then_some(());
    let mut residue = Residue { resources: None, tests: Vec::new() };
    let mut is_trusted = anyone.iter().any(|anyone| may_be(*anyone, asks));
    for element in statement.elements.iter() {
        match (element, asks) {
            (Element::Effect | Element::Action(_) | Element::NotAction(_) | Element::Sid(_), _) => {
            }
            (Element::Resource(_), Asks::Caller(_)) | (Element::Principal(_), Asks::Anybody) => {
                unknowable()?;
            }
            (Element::Resource(resources), Asks::Anybody) => {
                if !partial.any_resource {
                    resources_match(&resources.items, request).then_some(())?;
                } else if resources.items.iter().all(|resource| resource.fields.is_some()) {
                    residue.resources = Some(resources);
                }
            }
            (Element::Principal(_), Asks::Caller(caller)) => {
                is_trusted |=
                    element.principals().iter().any(|group| match reads {
                        Reads::Exact => trusts(statement, group, caller),
                        Reads::Open => group.values.items.iter().any(|principal| {
                            names(statement.effect, group.kind, principal, caller)
                        }),
                    });
            }
            (Element::Condition(conditions), _) => {
                for Condition { operator, keys } in conditions.iter() {
                    for key in keys.iter() {
                        let known = match operator {
                            ConditionOperator::Known(known) => *known,
                            // What it means is not known, whatever the key has.
                            ConditionOperator::OfSet(..) => {
                                unknowable()?;
                                continue;
                            }
                        };
                        if partial.is_unknown(&key.key) {
                            let keys: Vec<KeyCondition> = Vec::from([key.clone()]);
                            let keys = Cow::Owned(keys);
                            residue.tests.push(Condition { operator: *operator, keys });
                            continue;
                        }
                        match key_holds(known, key, request) {
                            Truth::Yes => {}
                            Truth::No => return None,
                            Truth::Unknown => unknowable()?,
                        }
                    }
                }
            }
        }
    }
    match asks {
        Asks::Anybody => Some(residue),
        Asks::Caller(_) => is_trusted.then_some(residue),
    }
}

/// Whether a principal that is not known may be the caller.
fn may_be(anyone: Anyone, asks: Asks<'_>) -> bool {
    let Asks::Caller(caller) = asks else { return false };
    match anyone.kind {
        None => true,
        Some(PrincipalKind::Service) => matches!(caller, Caller::Service { .. }),
        Some(PrincipalKind::Federated) => matches!(caller, Caller::Federated { .. }),
        Some(PrincipalKind::Ram) => caller.account().is_some(),
    }
}
