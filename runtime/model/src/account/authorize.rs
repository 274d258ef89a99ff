//! The whole decision: every policy that has a say, in RAM's order (RAM: How RAM evaluates
//! policies; RAM: Policy evaluation process of assuming a RAM role).

use alloc::vec::Vec;
use core::fmt;

use super::kept::Kept;
use crate::policy::Policy;
use crate::policy::narrowing::{ControlPolicy, SessionPolicy};
use crate::policy::open::{OpenPolicy, OpenTrustPolicy};
use crate::policy::resource::{OpenResourcePolicy, ResourcePolicy};
use crate::policy::role::TrustPolicy;
use crate::request::Request;
use crate::terms::arn::{Arn, ArnError};
use crate::terms::caller::{Asker, Caller};
use crate::terms::decision::Decision;

/// All policies that have a say in what a caller may do.
///
/// They are asked stage by stage in RAM's order, and the first stage that decides gives the answer:
///
/// 1. `role`: a caller that cannot ask for a role in this way is refused.
/// 2. `resource`: a denial of a policy that is kept with the resource decides, and so does an endpoint
///    or an access point that does not allow; what a bucket, a key or a secret allows is remembered.
/// 3. `root`: the owner of an account may do everything with its resources, except assume a role.
/// 4. `control`: every level of control policies must allow.
/// 5. `trust`: the trust policy of a role is asked about who wants to assume it; a service and a
///    caller that an identity provider vouches for have no policies, so it decides alone.
/// 6. `session`: the session policy must allow.
/// 7. `identity`: the policies of the user and its groups or of the role decide; when those say
///    nothing, the policies granted for the resource group. To assume a role, they and the trust
///    policy must both allow. Within an account, what the resource allows is allowed, too; for another
///    account a bucket must allow, and a key or a secret must allow as well as the caller's policies.
///
/// Left out: access control lists of OSS. What only they allow is denied.
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
    pub(super) asker: Asker<'p>,
    pub(super) owner: Option<&'p str>,
    pub(super) control_levels: Vec<Vec<&'p Policy>>,
    pub(super) session: Option<&'p Policy>,
    pub(super) account_level: Vec<&'p Policy>,
    pub(super) resource_group_level: Vec<&'p Policy>,
    pub(super) trust: Option<&'p TrustPolicy>,
    pub(super) resource_group_rule: ResourceGroupRule,
    /// What is known of those that are only known in part; the others have what these allow at least.
    pub(super) open: Vec<&'p OpenPolicy>,
    pub(super) open_trust: Option<&'p OpenTrustPolicy>,
    /// The policies that are kept with the resource.
    pub(super) kept: Vec<Kept<'p>>,
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
    /// A policy that is kept with the resource.
    ResourceBasedPolicy,
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
            Self::ResourceBasedPolicy => "ResourceBasedPolicy",
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
    /// What kind of caller asked: `RootUser`, `SubUser`, `AssumedRoleUser`, `Service`, `Federated`,
    /// `Anonymous`.
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
            asker: Asker::new(caller),
            owner: None,
            control_levels: Vec::new(),
            session: None,
            account_level: Vec::new(),
            resource_group_level: Vec::new(),
            trust: None,
            resource_group_rule: ResourceGroupRule::AccountLevelFirst,
            open: Vec::new(),
            open_trust: None,
            kept: Vec::new(),
        }
    }

    /// The caller with its number or the name of its session, by which the policies of resources name
    /// it. Without them it is not known whether such a policy means the caller: it is denied, and not
    /// allowed.
    ///
    /// ```
    /// use ram_policy::{Asker, Authorizer, Caller};
    ///
    /// let alice = Caller::User { account: "1234567890123456", name: "alice" };
    /// let alice = Authorizer::new(alice).asked_by(Asker::from(alice).with_user_id("200000000000000001"));
    /// ```
    #[must_use]
    pub fn asked_by(mut self, asker: Asker<'p>) -> Self {
        self.asker = asker;
        self.kept = self.kept.into_iter().map(|kept| kept.asked_by(asker)).collect();
        self
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
        self.control_levels.push(policies.into_iter().map(ControlPolicy::policy).collect());
        self
    }

    /// The session policy of a role session that carries one.
    #[must_use]
    pub const fn with_session_policy(mut self, policy: &'p SessionPolicy) -> Self {
        self.session = Some(policy.policy());
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

    /// Adds a policy that is kept with the resource of the requests, or with the endpoint that they
    /// come through.
    ///
    /// Who may do what follows from its kind. A bucket, a key or a secret gives what it allows, a denial
    /// of any denies. Of a project of Simple Log Service and an instance of Tablestore only the denials
    /// are documented: one that allows anything refuses what it does not allow, and gives nothing.
    ///
    /// ```
    /// use ram_policy::{Authorizer, Caller, Request, ResourceKind, ResourcePolicy};
    ///
    /// let bucket = ResourcePolicy::from_json(
    ///     ResourceKind::Bucket,
    ///     r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["oss:GetObject"],"Principal":["arn:sts::6543210987654321:assumed-role/app/*"],"Resource":["acs:oss:*:1234567890123456:photos/*"]}]}"#,
    /// )?;
    /// let app = Authorizer::new(Caller::Role { account: "6543210987654321", name: "app" })
    ///     .with_resource_policy(&bucket);
    /// let photo = "acs:oss:*:1234567890123456:photos/a.jpg";
    /// assert!(app.authorize(&Request::new("oss:GetObject", photo)?).is_allow());
    /// assert!(!app.authorize(&Request::new("oss:PutObject", photo)?).is_allow());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_resource_policy(self, policy: &ResourcePolicy) -> Self {
        self.with_open_resource_policy(&OpenResourcePolicy::from(policy.clone()))
    }

    /// As [`Authorizer::with_resource_policy`], for a policy of which something may not be known; see
    /// [`Authorizer::with_open_policies`].
    #[must_use]
    pub fn with_open_resource_policy(mut self, policy: &OpenResourcePolicy) -> Self {
        self.kept.push(Kept::new(policy.clone(), None, self.asker));
        self
    }

    /// Adds the policy of the access point that the requests come through, which is asked about the
    /// resource by the access point's name, as
    /// `acs:oss:cn-hangzhou:1234567890123456:accesspoint/ap-01/object/a.jpg`. Both it and the policies of
    /// the bucket and the caller must allow (OSS: Access points).
    ///
    /// # Errors
    ///
    /// `resource` is not an ARN.
    pub fn with_access_point(
        mut self,
        policy: &OpenResourcePolicy,
        resource: &'p str,
    ) -> Result<Self, ArnError> {
        self.kept.push(Kept::new(policy.clone(), Some(Arn::parse(resource)?), self.asker));
        Ok(self)
    }

    /// As [`Authorizer::with_policies`], for policies of which something may not be known.
    ///
    /// [`Authorizer::authorize_partial`] knows of what is not known. [`Authorizer::authorize`] takes each
    /// for the policy that allows the least of what this one may: it never allows what RAM would deny.
    ///
    /// ```
    /// use ram_policy::{Authorizer, Caller, OpenPolicy, Request, policy};
    ///
    /// let open = OpenPolicy::from(policy! { <bucket> allow oss::Get* on "acs:oss:*:*:{bucket}/*"; });
    /// let alice = Authorizer::new(Caller::User { account: "1234567890123456", name: "alice" })
    ///     .with_open_policies([&open]);
    /// let get = Request::new("oss:GetObject", "acs:oss:*:1234567890123456:photos/a")?;
    /// assert!(!alice.authorize(&get).is_allow());
    /// assert_eq!(
    ///     alice.authorize_partial(&get.into()).to_string(),
    ///     "undetermined\nAccountLevelIdentityBasedPolicy 0: allowed if statement 0 allows it, which has `bucket`",
    /// );
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn with_open_policies(
        mut self,
        policies: impl IntoIterator<Item = &'p OpenPolicy>,
    ) -> Self {
        for policy in policies {
            let policy = self.at_least(policy);
            self.account_level.push(policy);
        }
        self
    }

    /// As [`Authorizer::with_resource_group_policies`], for policies of which something may not be
    /// known; see [`Authorizer::with_open_policies`].
    #[must_use]
    pub fn with_open_resource_group_policies(
        mut self,
        policies: impl IntoIterator<Item = &'p OpenPolicy>,
    ) -> Self {
        for policy in policies {
            let policy = self.at_least(policy);
            self.resource_group_level.push(policy);
        }
        self
    }

    /// As [`Authorizer::with_control_level`], for policies of which something may not be known; see
    /// [`Authorizer::with_open_policies`].
    #[must_use]
    pub fn with_open_control_level(
        mut self,
        policies: impl IntoIterator<Item = &'p OpenPolicy>,
    ) -> Self {
        let level = policies.into_iter().map(|policy| self.at_least(policy)).collect();
        self.control_levels.push(level);
        self
    }

    /// As [`Authorizer::with_session_policy`], for a policy of which something may not be known; see
    /// [`Authorizer::with_open_policies`].
    #[must_use]
    pub fn with_open_session_policy(mut self, policy: &'p OpenPolicy) -> Self {
        self.session = Some(self.at_least(policy));
        self
    }

    /// As [`Authorizer::with_trust_policy`], for a policy of which something may not be known; see
    /// [`Authorizer::with_open_policies`].
    #[must_use]
    pub const fn with_open_trust_policy(mut self, policy: &'p OpenTrustPolicy) -> Self {
        self.open_trust = Some(policy);
        self.trust = Some(policy.least());
        self
    }

    /// What a policy allows at least; what it may allow is kept.
    fn at_least(&mut self, policy: &'p OpenPolicy) -> &'p Policy {
        if policy.as_policy().is_none() {
            self.open.push(policy);
        }
        policy.least()
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
