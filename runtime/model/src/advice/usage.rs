//! What of a policy was never used, and the policy without it.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::{format, vec::Vec};
use core::fmt;

use crate::catalogue::{self, find};
use crate::decide::evaluate;
use crate::document::{Document, Element, Statement, Values};
use crate::policy::Policy;
use crate::prove::{Proof, Reason};
use crate::request::owned::OwnedRequest;
use crate::request::{Request, RequestError};
use crate::terms::decision::Decision;
use crate::terms::effect::Effect;
use crate::terms::overlap::is_wild;
use crate::terms::pattern::ActionPattern;
use crate::text::hidden::Escaped;

/// What requests have used of a policy.
///
/// ```
/// use ram_policy::{OwnedRequest, policy};
///
/// let policy = policy! {
///     allow sts::AssumeRole* on "acs:ram:*:*:role/web", "acs:ram:*:*:role/batch";
///     allow oss::* on *;
/// };
/// let asked = OwnedRequest::new("sts:AssumeRole", "acs:ram::1234567890123456:role/web");
/// let usage = policy.used_by([&asked])?;
/// let unused: Vec<String> = usage.unused().iter().map(ToString::to_string).collect();
/// assert_eq!(unused, [
///     "statement 0: `acs:ram:*:*:role/batch` was never asked for",
///     "statement 0: 2 of the 3 known actions of `sts:AssumeRole*` were never asked for, as `sts:AssumeRoleWithOIDC`",
///     "statement 1 has decided no request",
/// ]);
/// assert_eq!(usage.tightened()?, policy! { allow sts::AssumeRole on "acs:ram:*:*:role/web"; });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Usage<'p> {
    policy: &'p Policy,
    document: Cow<'p, Document>,
    statements: Vec<Used>,
    requests: usize,
    refused: usize,
}

/// What was used of a statement.
#[derive(Debug, Clone, Default)]
pub(super) struct Used {
    pub(super) decided: usize,
    /// Full names of the actions that it decided.
    actions: BTreeSet<String>,
    /// Places of resources that matched.
    resources: Vec<usize>,
}

impl Used {
    /// A request that the statement has decided.
    pub(super) fn take(&mut self, statement: &Statement, request: &Request<'_>) {
        self.decided += 1;
        let action = request.action();
        self.actions.insert(format!("{}:{}", action.code(), action.name()));
        let resources = statement.resources().enumerate();
        let matching = resources
            .filter(|(_, pattern)| evaluate::resource_matches(pattern, request.resource()));
        for (place, _) in matching {
            if !self.resources.contains(&place) {
                self.resources.push(place);
            }
        }
    }
}

/// Something of a policy that was never used.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unused {
    /// A statement has decided no request. A `Deny` may be wanted all the same.
    Statement {
        /// The statement, from 0.
        statement: usize,
    },
    /// An action, or a pattern of actions, of a statement that allows was never asked for.
    Action {
        /// The statement, from 0.
        statement: usize,
        /// The action, as written.
        action: String,
    },
    /// Actions that a wildcard covers were never asked for.
    Actions {
        /// The statement, from 0.
        statement: usize,
        /// The pattern, as written; `NotAction` for the actions that such a statement leaves.
        pattern: String,
        /// The known actions that were never asked for, in the catalogue's order.
        actions: Vec<&'static str>,
        /// How many known actions the pattern covers.
        of: usize,
    },
    /// No resource of a pattern of a statement that allows was asked for.
    Resource {
        /// The statement, from 0.
        statement: usize,
        /// The resource, as written.
        resource: String,
    },
}

impl Unused {
    /// The statement, from 0.
    #[must_use]
    pub const fn statement(&self) -> usize {
        match self {
            Self::Statement { statement }
            | Self::Action { statement, .. }
            | Self::Actions { statement, .. }
            | Self::Resource { statement, .. } => *statement,
        }
    }
}

impl fmt::Display for Unused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Statement { statement } => {
                write!(f, "statement {statement} has decided no request")
            }
            Self::Action { statement, action: text }
            | Self::Resource { statement, resource: text } => {
                write!(f, "statement {statement}: `{}` was never asked for", Escaped(text))
            }
            Self::Actions { statement, pattern, actions, of } => {
                let (count, first) = (actions.len(), actions.first().unwrap_or(&""));
                let were = if count == 1 { "was" } else { "were" };
                write!(
                    f,
                    "statement {statement}: {count} of the {of} known actions of `{pattern}` {were} never asked for, as `{first}`",
                    pattern = Escaped(pattern)
                )
            }
        }
    }
}

/// Why there is no tightened policy.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TightenError {
    /// No statement has allowed a request, so that nothing is needed.
    NothingUsed,
    /// That the result is within the policy could not be proved.
    NotProved(Reason),
}

impl fmt::Display for TightenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingUsed => f.write_str("the policy has allowed no request"),
            Self::NotProved(reason) => {
                write!(f, "the tightened policy is not proved to be within the policy: {reason}")
            }
        }
    }
}

impl core::error::Error for TightenError {}

impl Policy {
    /// What these requests use of the policy, and so what they do not.
    ///
    /// An action that the catalogue does not have is taken as it is.
    ///
    /// # Errors
    ///
    /// The first request that cannot be asked, see [`OwnedRequest::request_unlisted`].
    pub fn used_by<'r>(
        &self,
        requests: impl IntoIterator<Item = &'r OwnedRequest>,
    ) -> Result<Usage<'_>, RequestError> {
        let mut usage = Usage::of(self);
        for request in requests {
            usage.ask(&request.request_unlisted()?);
        }
        Ok(usage)
    }
}

impl<'p> Usage<'p> {
    /// Nothing has been asked yet.
    #[must_use]
    pub fn of(policy: &'p Policy) -> Self {
        let document = policy.document();
        let statements = document.statements.iter().map(|_| Used::default()).collect();
        Self { policy, document, statements, requests: 0, refused: 0 }
    }

    /// As [`Policy::evaluate`], and keeps what has decided: of several statements that match the
    /// first, as [`Decision`] names it.
    ///
    /// ```
    /// use ram_policy::{Request, Usage, policy};
    ///
    /// let policy = policy! { allow ecs::StopInstance on *; };
    /// let mut usage = Usage::of(&policy);
    /// let stop = Request::new("ecs:StopInstance", "*")?;
    /// assert!(usage.ask(&stop).is_allow());
    /// assert_eq!(usage.unused(), []);
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    pub fn ask(&mut self, request: &Request<'_>) -> Decision {
        let decision = self.policy.evaluate(request);
        self.requests += 1;
        self.refused += usize::from(!decision.is_allow());
        let Some(number) = decision.statement() else { return decision };
        let (Some(used), Some(statement)) =
            (self.statements.get_mut(number), self.document.statements.get(number))
        else {
            return decision;
        };
        used.take(statement, request);
        decision
    }

    /// How many requests were asked.
    #[must_use]
    pub const fn requests(&self) -> usize {
        self.requests
    }

    /// How many of them the policy does not allow; they use nothing.
    #[must_use]
    pub const fn refused(&self) -> usize {
        self.refused
    }

    /// What was never used, statement by statement: resources, then actions.
    #[must_use]
    pub fn unused(&self) -> Vec<Unused> {
        let mut unused = Vec::new();
        for (number, statement, used) in self.all() {
            if used.decided == 0 {
                unused.push(Unused::Statement { statement: number });
            } else if statement.effect == Effect::Allow {
                unused_resources(number, statement, used, &mut unused);
                unused_actions(number, statement, used, &mut unused);
            }
        }
        unused
    }

    /// The policy without what was never used: of each statement that has allowed a request the
    /// actions that were asked for, by name, and the resources that matched, with its conditions;
    /// and all denials.
    ///
    /// It is proved to be within the policy. It allows each request that was asked and allowed: the
    /// statement that allowed it keeps its action, a resource that it matches and its conditions.
    ///
    /// # Errors
    ///
    /// The policy has allowed no request, or it cannot be proved that the result is within it.
    pub fn tightened(&self) -> Result<Policy, TightenError> {
        let mut statements = Vec::new();
        let mut has_allowed = false;
        for (_, statement, used) in self.all() {
            match statement.effect {
                Effect::Deny => statements.push(statement.clone()),
                Effect::Allow if used.decided > 0 => {
                    has_allowed = true;
                    statements.push(tightened(statement, used));
                }
                Effect::Allow => {}
            }
        }
        if !has_allowed {
            return Err(TightenError::NothingUsed);
        }
        let (layout, statements) = (self.document.layout, Cow::Owned(statements));
        let policy = Policy::from_document(Document { layout, statements }).simplified();
        match policy.within(self.policy) {
            Proof::Yes => Ok(policy),
            Proof::Unknown(reason) => Err(TightenError::NotProved(reason)),
            Proof::No(request) => Err(TightenError::NotProved(Reason::NotConfirmed(request))),
        }
    }

    fn all(&self) -> impl Iterator<Item = (usize, &Statement, &Used)> {
        let numbered = self.document.statements.iter().enumerate().zip(&self.statements);
        numbered.map(|((number, statement), used)| (number, statement, used))
    }
}

pub(super) fn unused_resources(
    number: usize,
    statement: &Statement,
    used: &Used,
    unused: &mut Vec<Unused>,
) {
    for (place, resource) in statement.resources().enumerate() {
        if !used.resources.contains(&place) {
            let resource = resource.text.to_string();
            unused.push(Unused::Resource { statement: number, resource });
        }
    }
}

pub(super) fn unused_actions(
    number: usize,
    statement: &Statement,
    used: &Used,
    unused: &mut Vec<Unused>,
) {
    let Some((patterns, negated)) = statement.actions() else { return };
    let is_used = |name: &str| used.actions.contains(name);
    if negated {
        let rows = find::actions().filter(|row| {
            let (code, name) = (row.service().table().code, row.name());
            !patterns.items.iter().any(|pattern| pattern.matches(code, name))
        });
        let all: Vec<&'static str> = rows.map(catalogue::ActionRow::full_name).collect();
        let pattern = String::from("NotAction");
        wildcard(number, pattern, &all, is_used, unused);
        return;
    }
    for pattern in patterns.items.iter() {
        let has_used = used.actions.iter().any(|action| {
            action.split_once(':').is_some_and(|(code, name)| pattern.matches(code, name))
        });
        if !has_used {
            let action = pattern.text.to_string();
            unused.push(Unused::Action { statement: number, action });
        } else if is_wild(&pattern.text) {
            let all: Vec<&'static str> = find::actions()
                .filter(|row| pattern.matches(row.service().table().code, row.name()))
                .map(catalogue::ActionRow::full_name)
                .collect();
            wildcard(number, pattern.text.to_string(), &all, is_used, unused);
        }
    }
}

/// Adds the actions of a wildcard that were not used.
fn wildcard(
    statement: usize,
    pattern: String,
    all: &[&'static str],
    is_used: impl Fn(&str) -> bool,
    unused: &mut Vec<Unused>,
) {
    let actions: Vec<&'static str> = all.iter().filter(|name| !is_used(name)).copied().collect();
    if !actions.is_empty() {
        unused.push(Unused::Actions { statement, pattern, actions, of: all.len() });
    }
}

/// The statement with what was used of it.
pub(super) fn tightened(statement: &Statement, used: &Used) -> Statement {
    let elements = statement.elements.iter().map(|element| match element {
        Element::Action(_) | Element::NotAction(_) => {
            let actions = used.actions.iter().map(|name| ActionPattern::new(name.clone().into()));
            Element::Action(Values::plain(actions.collect()))
        }
        Element::Resource(resources) => {
            let kept = resources.items.iter().enumerate();
            let kept = kept.filter(|(place, _)| used.resources.contains(place));
            Element::Resource(Values::plain(kept.map(|(_, resource)| resource.clone()).collect()))
        }
        other @ (Element::Effect
        | Element::Principal(_)
        | Element::Condition(_)
        | Element::Sid(_)) => other.clone(),
    });
    Statement { effect: statement.effect, elements: elements.collect() }
}
