//! The whole decision: every policy that has a say, in RAM's order (RAM: How RAM evaluates
//! policies; RAM: Policy evaluation process of assuming a RAM role).

use alloc::vec::Vec;
use core::fmt;

use crate::policy::Policy;
use crate::policy::narrowing::{ControlPolicy, SessionPolicy};
use crate::policy::role::TrustPolicy;
use crate::request::Request;
use crate::terms::caller::Caller;
use crate::terms::decision::Decision;

/// All policies that have a say in what a caller may do.
///
/// They are asked stage by stage in RAM's order, and the first stage that decides gives the answer:
///
/// 1. `role`: a caller that cannot ask for a role in this way is refused.
/// 2. `root`: the owner of an account may do everything with its resources, except assume a role.
/// 3. `control`: every level of control policies must allow.
/// 4. `trust`: the trust policy of a role is asked about who wants to assume it; a service and a
///    caller that an identity provider vouches for have no policies, so it decides alone.
/// 5. `session`: the session policy must allow.
/// 6. `identity`: the policies of the user and its groups or of the role decide; when those say
///    nothing, the policies granted for the resource group. To assume a role, they and the trust
///    policy must both allow.
///
/// Left out, because RAM keeps them elsewhere: bucket policies and access control lists of OSS.
///
/// ```
/// use ram_policy::{Authorizer, Caller, Outcome, PolicyType, Request, policy};
///
/// let operators = policy! { allow ecs::* on *; };
/// let nobody_deletes = policy! { deny ecs::DeleteInstance on *; };
/// let alice = Authorizer::new(Caller::User { account: "1234567890123456", name: "alice" })
///     .with_policies([&operators, &nobody_deletes]);
/// let instance = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
/// let answer = alice.authorize(&Request::new("ecs:DeleteInstance", instance)?);
/// assert_eq!(answer.outcome, Outcome::ExplicitDeny);
/// assert_eq!(answer.policy_type, Some(PolicyType::AccountLevelIdentityBasedPolicy));
/// assert_eq!((answer.policy, answer.statement), (Some(1), Some(0)));
/// # Ok::<(), ram_policy::RequestError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Authorizer<'p> {
    pub(super) caller: Caller<'p>,
    pub(super) owner: Option<&'p str>,
    pub(super) control_levels: Vec<Vec<&'p ControlPolicy>>,
    pub(super) session: Option<&'p SessionPolicy>,
    pub(super) account_level: Vec<&'p Policy>,
    pub(super) resource_group_level: Vec<&'p Policy>,
    pub(super) trust: Option<&'p TrustPolicy>,
    pub(super) resource_group_rule: ResourceGroupRule,
}

/// How policies granted for a resource group stand beside those of the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ResourceGroupRule {
    /// Only asked when the account's policies say nothing, so an `Allow` there hides a `Deny` here
    /// (the text of 2021).
    #[default]
    AccountLevelFirst,
    /// A `Deny` at either level denies (a reading of the text of 2026, which only repeats that an
    /// explicit denial overrides).
    DenyOverrides,
}

/// What RAM decides, without the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The request is allowed.
    Allow,
    /// A statement denies it.
    ExplicitDeny,
    /// Nothing allows it.
    ImplicitDeny,
}

/// `Allow`, `ExplicitDeny` or `ImplicitDeny`.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Allow => "Allow",
            Self::ExplicitDeny => "ExplicitDeny",
            Self::ImplicitDeny => "ImplicitDeny",
        })
    }
}

impl From<Decision> for Outcome {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Allow { .. } => Self::Allow,
            Decision::ExplicitDeny { .. } => Self::ExplicitDeny,
            Decision::ImplicitDeny => Self::ImplicitDeny,
        }
    }
}

/// The kind of policy that decided, in the words of RAM's access denied details.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PolicyType {
    /// A policy of the user, its groups or the role.
    AccountLevelIdentityBasedPolicy,
    /// A policy granted for a resource group.
    ResourceGroupLevelIdentityBasedPolicy,
    /// The session policy.
    SessionPolicy,
    /// A control policy.
    ControlPolicy,
    /// The trust policy of a role.
    AssumeRolePolicy,
}

/// RAM's word for it.
impl fmt::Display for PolicyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AccountLevelIdentityBasedPolicy => "AccountLevelIdentityBasedPolicy",
            Self::ResourceGroupLevelIdentityBasedPolicy => "ResourceGroupLevelIdentityBasedPolicy",
            Self::SessionPolicy => "SessionPolicy",
            Self::ControlPolicy => "ControlPolicy",
            Self::AssumeRolePolicy => "AssumeRolePolicy",
        })
    }
}

/// The answer to a request, with what RAM's access denied details carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Authorization {
    /// The decision.
    pub outcome: Outcome,
    /// The kind of policy that decided, or that should have allowed; `None` when no policy was
    /// asked (the owner of an account).
    pub policy_type: Option<PolicyType>,
    /// For control policies, the level that decided, from 0 at the account.
    pub level: Option<usize>,
    /// The policy that decided, by its place among those of its type and level.
    pub policy: Option<usize>,
    /// The statement that decided, from 0.
    pub statement: Option<usize>,
    /// What kind of caller asked: `RootUser`, `SubUser`, `AssumedRoleUser`, `Service`, `Federated`.
    pub principal_type: &'static str,
}

impl Authorization {
    /// Whether the request is allowed.
    #[must_use]
    pub const fn is_allow(self) -> bool {
        matches!(self.outcome, Outcome::Allow)
    }
}

impl<'p> Authorizer<'p> {
    /// A caller without any policy, in its own account.
    #[must_use]
    pub const fn new(caller: Caller<'p>) -> Self {
        Self {
            caller,
            owner: None,
            control_levels: Vec::new(),
            session: None,
            account_level: Vec::new(),
            resource_group_level: Vec::new(),
            trust: None,
            resource_group_rule: ResourceGroupRule::AccountLevelFirst,
        }
    }

    /// The account that owns the resource, when the ARN of the request does not say it.
    #[must_use]
    pub const fn with_owner(mut self, account: &'p str) -> Self {
        self.owner = Some(account);
        self
    }

    /// Adds a level of control policies: first those of the account that owns the resource, then
    /// those of each folder above it, up to the Root folder. Leave them out for a management
    /// account, which they do not bind.
    #[must_use]
    pub fn with_control_level(
        mut self,
        policies: impl IntoIterator<Item = &'p ControlPolicy>,
    ) -> Self {
        self.control_levels.push(policies.into_iter().collect());
        self
    }

    /// The session policy of a role session that carries one.
    #[must_use]
    pub const fn with_session_policy(mut self, policy: &'p SessionPolicy) -> Self {
        self.session = Some(policy);
        self
    }

    /// Adds policies of the user, its groups, or the role; their order has no effect. A service and
    /// a caller that an identity provider vouches for have none, and these are not asked then.
    #[must_use]
    pub fn with_policies(mut self, policies: impl IntoIterator<Item = &'p Policy>) -> Self {
        self.account_level.extend(policies);
        self
    }

    /// Adds policies granted for the resource group that holds the resource.
    #[must_use]
    pub fn with_resource_group_policies(
        mut self,
        policies: impl IntoIterator<Item = &'p Policy>,
    ) -> Self {
        self.resource_group_level.extend(policies);
        self
    }

    /// The trust policy of the role that is to be assumed.
    #[must_use]
    pub const fn with_trust_policy(mut self, policy: &'p TrustPolicy) -> Self {
        self.trust = Some(policy);
        self
    }

    /// How policies of a resource group stand beside those of the account.
    #[must_use]
    pub const fn with_resource_group_rule(mut self, rule: ResourceGroupRule) -> Self {
        self.resource_group_rule = rule;
        self
    }

    /// Decides a request.
    ///
    /// `acs:PrincipalARN` is that of the caller, whatever the request says; a service and somebody whom
    /// an identity provider vouches for have none. Without an owner, the
    /// account of the request's ARN owns the resource, and where that says nothing, the caller's.
    #[must_use]
    pub fn authorize(&self, request: &Request<'_>) -> Authorization {
        self.authorize_before(request, &mut ())
    }

    /// Decides an action that needs several resources, one request for each: it is allowed when
    /// every one is (ECS: Authentication rules). Gives the first that is not allowed; no request at
    /// all is not allowed.
    #[must_use]
    pub fn authorize_all<'r>(
        &self,
        requests: impl IntoIterator<Item = &'r Request<'r>>,
    ) -> Authorization {
        let mut last = self.nothing_allows();
        for request in requests {
            last = self.authorize(request);
            if !last.is_allow() {
                return last;
            }
        }
        last
    }
}
