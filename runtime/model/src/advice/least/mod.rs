//! The smallest policy that allows some requests.
//!
//! Nothing that a request says becomes a wildcard: those of the result are the catalogue's, or of the
//! breadth that was asked for.

mod breadth;
mod error;
mod need;

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::{format, vec::Vec};

pub use breadth::Breadth;
pub use error::{LeastPrivilegeError, Refused, Why};

use self::need::{Need, Test, statements};
use crate::catalogue::{self, ActionRow};
use crate::check::checker::Checker;
use crate::decide::partial::PartialDecision;
use crate::document::{Document, KeyCondition, Statement};
use crate::policy::Policy;
use crate::policy::build::PolicyBuilder;
use crate::policy::open::OpenPolicy;
use crate::prove::Proof;
use crate::request::RequestAction;
use crate::request::owned::OwnedRequest;
use crate::terms::cover::covers_ignore_case;
use crate::terms::decision::Decision;
use crate::terms::effect::Effect;
use crate::terms::kind::PolicyKind;
use crate::terms::layout::Layout;
use crate::text::order;

/// Most requests that are refused by name; the others are only counted.
const MOST_REFUSED: usize = 100;

/// Collects requests and makes the smallest policy that allows them.
///
/// Each action stands by its name, each resource by its ARN, with `*` for actions that cannot be
/// limited to a resource (the catalogue knows them). [`LeastPrivilege::breadth`] and
/// [`LeastPrivilege::with_wildcards`] ask for a wider form. A request for `*`, or for an ARN with a `*`
/// or a `?` in it, is refused where that would become a pattern: see [`Why::Wildcard`].
///
/// ```
/// use ram_policy::{LeastPrivilege, OwnedRequest, policy};
///
/// let instance = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
/// let policy = LeastPrivilege::new()
///     .with_request(OwnedRequest::new("ecs:StopInstance", instance))
///     .with_request(OwnedRequest::new("ecs:StartInstance", instance))
///     .policy()?;
/// assert_eq!(policy, policy! {
///     allow ecs::{StartInstance, StopInstance} on "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
/// });
/// # Ok::<(), ram_policy::LeastPrivilegeError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct LeastPrivilege<'p> {
    requests: Vec<OwnedRequest>,
    breadth: Breadth,
    takes_every_resource: bool,
    has_wildcards: bool,
    keys: Vec<String>,
    within: Option<Existing<'p>>,
    checker: Checker,
}

/// The policy that the result keeps within.
#[derive(Debug, Clone, Copy)]
enum Existing<'p> {
    Known(&'p Policy),
    /// Something of it is not known.
    Open(&'p OpenPolicy),
}

impl<'p> Existing<'p> {
    /// The policy; that which allows the least of what it may.
    const fn at_least(self) -> &'p Policy {
        match self {
            Self::Known(policy) => policy,
            Self::Open(policy) => policy.least(),
        }
    }

    /// The denials that are known, and what the others deny at most, where a document can say that.
    fn denials(self) -> (Vec<Statement>, Vec<Statement>) {
        let denies = |one: &Statement| one.effect == Effect::Deny;
        match self {
            Self::Known(policy) => {
                let document = policy.document();
                let denials = document.statements.iter().filter(|one| denies(one));
                (denials.cloned().collect(), Vec::new())
            }
            Self::Open(policy) => {
                let bounds = policy.bounds();
                let (mut known, mut others) = (Vec::new(), Vec::new());
                let written = policy.written().unwrap_or(&bounds.least);
                for (number, least) in bounds.least.statements.iter().enumerate() {
                    if bounds.holes_in(number).next().is_some() {
                        others.extend(
                            (denies(least) && can_be_written(least)).then(|| least.clone()),
                        );
                    } else if denies(least) {
                        known.extend(written.statements.get(number).cloned());
                    }
                }
                (known, others)
            }
        }
    }
}

/// Whether a document can say what a bound of a statement does.
fn can_be_written(statement: &Statement) -> bool {
    statement.conditions().all(|condition| condition.keys.iter().all(KeyCondition::is_readable))
        && statement.resources().next().is_some()
}

impl<'p> LeastPrivilege<'p> {
    /// No request yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            requests: Vec::new(),
            breadth: Breadth::Exact,
            takes_every_resource: false,
            has_wildcards: false,
            keys: Vec::new(),
            within: None,
            checker: Checker::new(),
        }
    }

    /// Adds a request that is needed.
    #[must_use]
    pub fn with_request(mut self, request: impl Into<OwnedRequest>) -> Self {
        self.requests.push(request.into());
        self
    }

    /// Adds requests that are needed, as those of [`OwnedRequest::from_action_trail`].
    ///
    /// ```
    /// use ram_policy::{LeastPrivilege, OwnedRequest, policy};
    ///
    /// let event = r#"{"eventName": "DeleteInstance", "serviceName": "Ecs", "acsRegion": "cn-hangzhou",
    ///     "recipientAccountId": "1234567890123456", "referencedResources": {"ACS::ECS::Instance": ["i-1"]}}"#;
    /// let policy = LeastPrivilege::new()
    ///     .with_requests(OwnedRequest::from_action_trail(event)?)
    ///     .policy()?;
    /// assert_eq!(policy, policy! {
    ///     allow ecs::DeleteInstance on "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
    /// });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_requests<R: Into<OwnedRequest>>(
        mut self,
        requests: impl IntoIterator<Item = R>,
    ) -> Self {
        self.requests.extend(requests.into_iter().map(Into::into));
        self
    }

    /// How much wider than the ARNs of the requests the resources may be.
    ///
    /// ```
    /// use ram_policy::{Breadth, LeastPrivilege, OwnedRequest, policy};
    ///
    /// let instance = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
    /// let least = LeastPrivilege::new().with_request(OwnedRequest::new("ecs:StopInstance", instance));
    /// assert_eq!(least.clone().breadth(Breadth::ResourceType).policy()?, policy! {
    ///     allow ecs::StopInstance on "acs:ecs:cn-hangzhou:1234567890123456:instance/*";
    /// });
    /// assert_eq!(least.breadth(Breadth::Account).policy()?, policy! {
    ///     allow ecs::StopInstance on "acs:ecs:*:1234567890123456:*";
    /// });
    /// # Ok::<(), ram_policy::LeastPrivilegeError>(())
    /// ```
    #[must_use]
    pub const fn breadth(mut self, breadth: Breadth) -> Self {
        self.breadth = breadth;
        self
    }

    /// Takes a request for `*` as one for every resource, in the place of refusing it. ActionTrail's
    /// events are read as such requests where they name no resource. One that an event names without
    /// its ARN never becomes every resource: see [`Why::NoArn`].
    ///
    /// ```
    /// use ram_policy::{LeastPrivilege, OwnedRequest, policy};
    ///
    /// let least = LeastPrivilege::new().with_request(OwnedRequest::new("ecs:StopInstance", "*"));
    /// assert!(least.clone().policy().is_err());
    /// let policy = least.with_every_resource().policy()?;
    /// assert_eq!(policy, policy! { allow ecs::StopInstance on *; });
    /// # Ok::<(), ram_policy::LeastPrivilegeError>(())
    /// ```
    #[must_use]
    pub const fn with_every_resource(mut self) -> Self {
        self.takes_every_resource = true;
        self
    }

    /// Writes actions as the fewest wildcards that cover no other action of the catalogue. They may
    /// cover one that the catalogue does not have yet.
    ///
    /// ```
    /// use ram_policy::{LeastPrivilege, OwnedRequest, policy};
    ///
    /// let role = "acs:ram::1234567890123456:role/web";
    /// let names = ["sts:AssumeRole", "sts:AssumeRoleWithOIDC", "sts:AssumeRoleWithSAML"];
    /// let policy = LeastPrivilege::new()
    ///     .with_requests(names.map(|name| OwnedRequest::new(name, role)))
    ///     .with_wildcards()
    ///     .policy()?;
    /// assert_eq!(policy, policy! { allow sts::AssumeRole* on "acs:ram::1234567890123456:role/web"; });
    /// # Ok::<(), ram_policy::LeastPrivilegeError>(())
    /// ```
    #[must_use]
    pub const fn with_wildcards(mut self) -> Self {
        self.has_wildcards = true;
        self
    }

    /// Keeps this condition key: a request that has it is allowed with its own values only, compared
    /// for equality. One that has it not is allowed whatever the key says, because RAM has no
    /// condition for a key that is missing.
    ///
    /// ```
    /// use ram_policy::{LeastPrivilege, OwnedRequest, policy};
    ///
    /// let role = "acs:ram::1234567890123456:role/web";
    /// let mut request = OwnedRequest::new("sts:AssumeRole", role);
    /// request.context.push(("acs:SourceIp".into(), vec!["192.0.2.7".into()]));
    /// let policy = LeastPrivilege::new().with_request(request).with_key("acs:SourceIp").policy()?;
    /// assert_eq!(policy, policy! {
    ///     allow sts::AssumeRole on "acs:ram::1234567890123456:role/web"
    ///         when acs::SourceIp in "192.0.2.7";
    /// });
    /// # Ok::<(), ram_policy::LeastPrivilegeError>(())
    /// ```
    #[must_use]
    pub fn with_key(mut self, key: impl Into<String>) -> Self {
        self.keys.push(key.into());
        self
    }

    /// Keeps within a policy that there is already: what allows a request there gives its
    /// conditions, and the denials stay. That the result is within it is proved.
    ///
    /// ```
    /// use ram_policy::{LeastPrivilege, OwnedRequest, policy};
    ///
    /// let existing = policy! {
    ///     allow ecs::* on * when acs::SourceIp in "192.0.2.0/24";
    ///     deny ecs::DeleteInstance on *;
    /// };
    /// let instance = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
    /// let mut stop = OwnedRequest::new("ecs:StopInstance", instance);
    /// stop.context.push(("acs:SourceIp".into(), vec!["192.0.2.7".into()]));
    /// let policy = LeastPrivilege::new().with_request(stop).within(&existing).policy()?;
    /// assert_eq!(policy, policy! {
    ///     allow ecs::StopInstance on "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1"
    ///         when acs::SourceIp in "192.0.2.0/24";
    ///     deny ecs::DeleteInstance on *;
    /// });
    /// assert!(policy.within(&existing).is_yes());
    /// # Ok::<(), ram_policy::LeastPrivilegeError>(())
    /// ```
    #[must_use]
    pub const fn within(mut self, existing: &'p Policy) -> Self {
        self.within = Some(Existing::Known(existing));
        self
    }

    /// As [`LeastPrivilege::within`], for a policy of which something is not known: the result is within
    /// it whatever that is. A denial of which something is not known is taken as wide as it may be,
    /// and only where the result would not be within the policy without it.
    ///
    /// ```
    /// use ram_policy::{LeastPrivilege, OpenPolicy, OwnedRequest, policy};
    ///
    /// let existing = OpenPolicy::from(policy! {
    ///     <bucket>
    ///     allow ecs::* on *;
    ///     allow oss::* on "acs:oss:*:*:{bucket}/*";
    ///     deny ecs::DeleteInstance on *;
    /// });
    /// let instance = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
    /// let least = LeastPrivilege::new().within_open(&existing);
    /// let stop = least.clone().with_request(OwnedRequest::new("ecs:StopInstance", instance));
    /// assert!(OpenPolicy::from(stop.policy()?).within(&existing).is_yes());
    /// let object = OwnedRequest::new("oss:GetObject", "acs:oss:*:1234567890123456:photos/a");
    /// assert!(least.with_request(object).policy().is_err());
    /// # Ok::<(), ram_policy::LeastPrivilegeError>(())
    /// ```
    #[must_use]
    pub const fn within_open(mut self, existing: &'p OpenPolicy) -> Self {
        self.within = Some(Existing::Open(existing));
        self
    }

    /// Checks the result at these levels; takes the actions that it vouches for, and its additions
    /// to the catalogue.
    #[must_use]
    pub fn checker(mut self, checker: Checker) -> Self {
        self.checker = checker;
        self
    }

    /// The smallest policy that allows all requests, as the evaluator confirms.
    ///
    /// Actions that share resources and conditions stand in one statement, and so do resources that
    /// share actions; statements are sorted.
    ///
    /// # Errors
    ///
    /// See [`LeastPrivilegeError`]: no request, requests that cannot be asked or would become
    /// wildcards, a result that the checker refuses or that is too long.
    pub fn policy(&self) -> Result<Policy, LeastPrivilegeError> {
        let needs = self.needs()?;
        let checker = self.checker.clone().at_any_length();
        let vouched = needs.iter().filter(|need| need.row.is_none());
        let checker = vouched.fold(checker, |checker, need| checker.unlisted(&*need.action));
        let builder = statements(&needs, self.has_wildcards)
            .into_iter()
            .fold(PolicyBuilder::new().checker(checker), PolicyBuilder::statement);
        let allowing = builder.build().map_err(LeastPrivilegeError::Refused)?.simplified();
        let allows = allowing.document().statements.to_vec();
        let (known, others) = self.within.map(Existing::denials).unwrap_or_default();
        let of = |denials: [&[Statement]; 2]| {
            let all = allows.iter().chain(denials.into_iter().flatten()).cloned().collect();
            Policy::from_document(document(all))
        };
        let policy = of([&known, &[]]);
        match self.confirm(&policy) {
            Err(LeastPrivilegeError::NotWithin(_) | LeastPrivilegeError::NotProved(_))
                if !others.is_empty() =>
            {
                let policy = of([&known, &others]);
                self.confirm(&policy).map(|()| policy)
            }
            Ok(()) => Ok(policy),
            Err(error) => Err(error),
        }
    }

    /// What each request needs.
    fn needs(&self) -> Result<BTreeSet<Need>, LeastPrivilegeError> {
        if self.requests.is_empty() {
            return Err(LeastPrivilegeError::Nothing);
        }
        let existing = self.within.map(|existing| existing.at_least().document());
        let existing = existing.as_deref();
        let mut needs = BTreeSet::new();
        let (mut refused, mut others) = (Vec::new(), 0);
        for (number, request) in self.requests.iter().enumerate() {
            match self.need(request, existing) {
                Ok(need) => {
                    needs.insert(need);
                }
                Err(why) if refused.len() < MOST_REFUSED => {
                    refused.push(Refused { number, request: request.clone(), why });
                }
                Err(_) => others += 1,
            }
        }
        if refused.is_empty() {
            Ok(needs)
        } else {
            Err(LeastPrivilegeError::Requests { refused, others })
        }
    }

    fn need(&self, owned: &OwnedRequest, existing: Option<&Document>) -> Result<Need, Why> {
        let mut vouched = self.checker.unlisted_actions().iter();
        let is_vouched = vouched.any(|action| covers_ignore_case(action, &owned.action))
            || RequestAction::with_additions(&owned.action, self.checker.additions()).is_ok();
        let request = if is_vouched { owned.request_unlisted() } else { owned.request() };
        let request = request.map_err(Why::Request)?;
        let row = request.action().id().and_then(catalogue::action);
        let refused = || if owned.called.is_some() { Why::NoArn } else { Why::Wildcard };
        let takes_every = self.takes_every_resource && owned.called.is_none();
        let resource = if takes_every && owned.resource == "*" {
            String::from("*")
        } else {
            self.breadth.resource(&owned.resource, row).ok_or_else(refused)?
        };
        let mut tests = Vec::new();
        if let (Some(policy), Some(document)) = (self.within, existing) {
            let decision = match policy {
                Existing::Known(policy) => policy.evaluate(&request),
                Existing::Open(policy) => match policy.evaluate(&request) {
                    PartialDecision::Decided(decision) => decision,
                    PartialDecision::Undetermined(on) if on.may_be_allowed() => {
                        return Err(Why::NotKnown);
                    }
                    PartialDecision::Undetermined(_) => return Err(Why::NotAllowed),
                },
            };
            let Decision::Allow { statement } = decision else {
                return Err(Why::NotAllowed);
            };
            let allows = document.statements.get(statement);
            if let (Existing::Open(_), Some(allows)) = (policy, allows)
                && !can_be_written(allows)
            {
                return Err(Why::NotKnown);
            }
            tests = allows.map(Test::all_of).unwrap_or_default();
        }
        for (key, values) in owned.context.iter().filter(|(key, _)| self.keys.contains(key)) {
            let test = Test::equal(key, values);
            // Its own values are no wider than what they were allowed by.
            tests.retain(|other| !other.is_of(&test));
            tests.push(test);
        }
        order::sort(&mut tests);
        let action = request.action();
        let action = format!("{}:{}", action.code(), action.name());
        Ok(Need { action, row: row.map(ActionRow::id), resource, tests })
    }

    fn confirm(&self, policy: &Policy) -> Result<(), LeastPrivilegeError> {
        for request in &self.requests {
            let is_allowed = request.request_unlisted().map(|one| policy.evaluate(&one).is_allow());
            if is_allowed != Ok(true) {
                return Err(LeastPrivilegeError::NotConfirmed(request.clone()));
            }
        }
        if let Some(existing) = self.within {
            match policy.within(existing.at_least()) {
                Proof::Yes => {}
                Proof::No(request) => return Err(LeastPrivilegeError::NotWithin(request)),
                Proof::Unknown(reason) => return Err(LeastPrivilegeError::NotProved(reason)),
            }
        }
        if self.checker.is_at_any_length() {
            return Ok(());
        }
        let measured = PolicyKind::Identity.measure(policy.document().characters());
        measured.map_err(LeastPrivilegeError::TooLong)
    }
}

fn document(statements: Vec<Statement>) -> Document {
    Document { layout: Layout::VersionFirst, statements: Cow::Owned(statements) }
}
