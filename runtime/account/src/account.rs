//! An account as data: who there is, what is attached to whom, and what of it is not known.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::OnceLock;

use crate::principal::Principal;
use ram_policy_model::document::{Document, Statement};
use ram_policy_model::terms::layout::Layout;
use ram_policy_model::{
    ControlPolicy, Effect, Finding, OpenPolicy, OpenResourcePolicy, Policy, ResourceKind,
    TrustPolicy,
};

/// Users, groups, roles and the policies attached to them.
///
/// Build one with [`Account::new`] and the methods that add to it, or read one with
/// [`Account::from_folder`].
#[derive(Debug, Clone)]
pub struct Account {
    id: String,
    pub(crate) users: BTreeMap<String, User>,
    pub(crate) groups: BTreeMap<String, Group>,
    pub(crate) roles: BTreeMap<String, Role>,
    pub(crate) policies: BTreeMap<PolicyName, Held>,
    pub(crate) control: Control,
    /// The groups of which nobody knows who is in them.
    pub(crate) open_groups: BTreeMap<String, Hole>,
    /// Why anything may be attached to anybody.
    pub(crate) open_attachments: Option<Hole>,
    /// Why somebody may be missing.
    pub(crate) holes: Vec<Hole>,
    /// What was found in documents, by what they are called.
    pub(crate) findings: BTreeMap<String, Vec<Finding>>,
    /// The resource groups of resources, by ARN.
    pub(crate) resources: BTreeMap<String, String>,
    /// The session policies of roles that are used in one session alone.
    pub(crate) sessions: BTreeMap<String, Held>,
    /// The policies that resources keep.
    pub(crate) kept: BTreeMap<PolicyName, Kept>,
    /// Kinds of resources whose policies are not known, and why.
    pub(crate) not_kept: Vec<(ResourceKind, String)>,
    /// What these say about the principals of the account, once it has been asked.
    pub(crate) said: OnceLock<BTreeMap<Principal, Said>>,
}

/// A policy that a resource keeps.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) policy: OpenResourcePolicy,
    /// The ARNs of the resource and of what is in it.
    pub(crate) about: Vec<String>,
}

/// What the policies of resources say about a principal.
pub(crate) type Said = Vec<(PolicyName, Held)>;

/// Who keeps a policy: the vendor, or the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyOrigin {
    /// The vendor: the same in every account.
    System,
    /// The account.
    Custom,
    /// A resource of the account, whose name the policy has.
    Resource(ResourceKind),
}

/// A policy's name; a system policy and a custom policy may share one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyName {
    /// Who keeps it.
    pub origin: PolicyOrigin,
    /// Its name.
    pub name: String,
}

/// A user.
#[derive(Debug, Clone, Default)]
pub struct User {
    /// The number that RAM gives it (`UserId`).
    pub id: Option<String>,
    /// The groups it is in.
    pub groups: BTreeSet<String>,
    /// The policies attached to it.
    pub attached: Vec<Attachment>,
    /// Whether it has a second factor.
    pub has_mfa: Option<bool>,
    /// Whether it can sign in to the console.
    pub has_console: Option<bool>,
    /// How many of its access keys are active.
    pub access_keys: Option<usize>,
}

/// A group.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// The policies attached to it.
    pub attached: Vec<Attachment>,
}

/// A role.
#[derive(Debug, Clone, Default)]
pub struct Role {
    /// Who may assume it; `None` where it is not known.
    pub trust: Option<TrustPolicy>,
    /// The policies attached to it.
    pub attached: Vec<Attachment>,
}

/// A policy that is attached to somebody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attachment {
    /// Which policy.
    pub policy: PolicyName,
    /// Where it applies.
    pub scope: Scope,
}

/// Where an attached policy applies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// In the whole account.
    Account,
    /// To the resources of one resource group.
    ResourceGroup(String),
}

/// Something of an account that is not known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hole {
    /// What is not known, as `policy custom/deploy`.
    pub what: String,
    /// Why, as `GetPolicy/Custom/deploy.json is not among the files`.
    pub why: String,
}

/// A policy of the account, between what it allows at least and at most.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) least: Policy,
    /// `None` where the policy is known, so that it is the same.
    pub(crate) most: Option<Policy>,
    /// For where it applies to some resources only, and nobody knows to which: what it allows, and its
    /// denials. Few need them.
    pub(crate) split: OnceLock<(Policy, Policy)>,
    pub(crate) hole: Option<Hole>,
}

/// The control policies of the folders above an account.
#[derive(Debug, Clone)]
pub(crate) enum Control {
    NotKnown(Hole),
    Levels(Vec<Vec<ControlPolicy>>),
}

impl PolicyName {
    /// A policy of the account.
    #[must_use]
    pub fn custom(name: impl Into<String>) -> Self {
        Self { origin: PolicyOrigin::Custom, name: name.into() }
    }

    /// A policy of the vendor.
    #[must_use]
    pub fn system(name: impl Into<String>) -> Self {
        Self { origin: PolicyOrigin::System, name: name.into() }
    }
}

/// `custom/<name>`, `system/<name>`, or the kind and the name of a resource, as `bucket/<name>`.
impl fmt::Display for PolicyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.origin.word(), self.name)
    }
}

impl fmt::Display for Hole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.why)
    }
}

/// What policies can be attached to: a user, a group or a role.
pub trait Attach {
    /// The policies attached to it.
    fn attachments(&mut self) -> &mut Vec<Attachment>;

    /// Attaches a policy in the whole account; one that is attached already stays so.
    fn attach(&mut self, policy: PolicyName) -> &mut Self {
        self.attach_in(policy, Scope::Account)
    }

    /// Attaches a policy where it applies.
    fn attach_in(&mut self, policy: PolicyName, scope: Scope) -> &mut Self {
        let attachment = Attachment { policy, scope };
        if !self.attachments().contains(&attachment) {
            self.attachments().push(attachment);
        }
        self
    }
}

macro_rules! attach {
    ($($type:ident)*) => {$(
        impl Attach for $type {
            fn attachments(&mut self) -> &mut Vec<Attachment> {
                &mut self.attached
            }
        }
    )*};
}

attach!(User Group Role);

impl Account {
    /// An account without users, groups and roles, of which the control policies are not known.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        let hole = Hole {
            what: "control policies".to_owned(),
            why: "nothing says whether a resource directory has any for this account".to_owned(),
        };
        Self {
            id: id.into(),
            users: BTreeMap::new(),
            groups: BTreeMap::new(),
            roles: BTreeMap::new(),
            policies: BTreeMap::new(),
            control: Control::NotKnown(hole),
            open_groups: BTreeMap::new(),
            open_attachments: None,
            holes: Vec::new(),
            findings: BTreeMap::new(),
            resources: BTreeMap::new(),
            sessions: BTreeMap::new(),
            kept: BTreeMap::new(),
            not_kept: Vec::new(),
            said: OnceLock::new(),
        }
    }

    /// Forgets what followed from what has changed.
    pub(crate) fn forget(&mut self) {
        self.said = OnceLock::new();
    }

    /// The account's number.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The users by name.
    pub fn users(&self) -> impl Iterator<Item = (&str, &User)> {
        self.users.iter().map(|(name, user)| (name.as_str(), user))
    }

    /// The groups by name.
    pub fn groups(&self) -> impl Iterator<Item = (&str, &Group)> {
        self.groups.iter().map(|(name, group)| (name.as_str(), group))
    }

    /// The roles by name.
    pub fn roles(&self) -> impl Iterator<Item = (&str, &Role)> {
        self.roles.iter().map(|(name, role)| (name.as_str(), role))
    }

    /// How many policies there are.
    #[must_use]
    pub fn policy_count(&self) -> usize {
        self.policies.len()
    }

    /// The user of a name, added where there is none.
    pub fn user(&mut self, name: impl Into<String>) -> &mut User {
        self.forget();
        self.users.entry(name.into()).or_default()
    }

    /// The group of a name, added where there is none.
    pub fn group(&mut self, name: impl Into<String>) -> &mut Group {
        self.groups.entry(name.into()).or_default()
    }

    /// The role of a name, added where there is none.
    pub fn role(&mut self, name: impl Into<String>) -> &mut Role {
        self.forget();
        self.roles.entry(name.into()).or_default()
    }

    /// Adds a policy; one of that name is replaced.
    pub fn add_policy(&mut self, name: PolicyName, policy: Policy) {
        self.policies.insert(name, Held::known(policy));
    }

    /// Adds a policy of which something is not known.
    pub fn add_open_policy(&mut self, name: PolicyName, policy: &OpenPolicy) {
        let held = Held::open(policy, format!("policy {name}"));
        self.policies.insert(name, held);
    }

    /// Adds a policy of which nothing is known.
    pub fn add_unread_policy(&mut self, name: PolicyName, why: impl Into<String>) {
        let hole = Hole { what: format!("policy {name}"), why: why.into() };
        self.policies.insert(name, Held::unread(hole));
    }

    /// Says that a resource is in a resource group, or moves it there. A question about this ARN then
    /// knows which of the policies apply that are attached for a resource group.
    ///
    /// ```
    /// use ram_policy::policy;
    /// use ram_policy_account::{Account, Attach, PolicyName, Question, Scope};
    ///
    /// let mut account = Account::new("1234567890123456");
    /// account.without_control_policies();
    /// let stop = PolicyName::custom("stop");
    /// account.add_policy(stop.clone(), policy! { allow ecs::StopInstance on *; });
    /// account.user("alice").attach_in(stop, Scope::ResourceGroup("rg-1".to_owned()));
    /// let arn = "acs:ecs:cn-beijing:1234567890123456:instance/i-1";
    /// let question = Question::new("ecs:StopInstance")?.on(arn)?;
    /// assert!(account.who_can(&question)[1].answer.to_string().starts_with("unknown: resource group rg-1"));
    /// account.resource(arn, "rg-1");
    /// assert!(account.who_can(&question)[1].answer.is_yes());
    /// account.resource(arn, "rg-2");
    /// assert_eq!(account.who_can(&question).len(), 1);
    /// # Ok::<(), ram_policy_account::QuestionError>(())
    /// ```
    pub fn resource(&mut self, arn: impl Into<String>, group: impl Into<String>) {
        self.resources.insert(arn.into(), group.into());
    }

    /// How many resources there are of which the resource group is known.
    #[must_use]
    pub fn resource_count(&self) -> usize {
        self.resources.len()
    }

    /// Says that a role is used in a session with this session policy: every answer about it is what the
    /// policy leaves. Who assumes the role anew may bring another policy, or none.
    ///
    /// ```
    /// use ram_policy::policy;
    /// use ram_policy_account::{Account, Attach, PolicyName, Principal};
    ///
    /// let mut account = Account::new("1234567890123456");
    /// account.without_control_policies();
    /// let own = PolicyName::custom("own");
    /// account.add_policy(own.clone(), policy! { allow ecs::* on *; });
    /// account.role("ops").attach(own);
    /// account.session("ops", &policy! { allow ecs::Describe*, oss::* on *; }.into());
    /// let effective = account.can(&Principal::Role("ops".to_owned()))?;
    /// assert_eq!(effective.policy, policy! { allow ecs::Describe* on *; });
    /// # Ok::<(), ram_policy_account::EffectiveError>(())
    /// ```
    pub fn session(&mut self, role: impl Into<String>, policy: &OpenPolicy) {
        let role = role.into();
        let held = Held::open(policy, format!("session policy of role/{role}"));
        self.sessions.insert(role, held);
    }

    /// Says that no control policies bind the account, as where it is in no resource directory, or is
    /// the management account of one.
    pub fn without_control_policies(&mut self) {
        self.control = Control::Levels(Vec::new());
    }

    /// Says that the control policies are not known, and why.
    pub fn unread_control_policies(&mut self, why: impl Into<String>) {
        let what = "control policies".to_owned();
        self.control = Control::NotKnown(Hole { what, why: why.into() });
    }

    /// Says that a list of principals is not whole, as `users`, and why: somebody may be missing from
    /// every answer.
    pub fn add_hole(&mut self, what: impl Into<String>, why: impl Into<String>) {
        self.holes.push(Hole { what: what.into(), why: why.into() });
    }

    /// Adds a level of control policies: first those of the account, then those of each folder above
    /// it up to the Root folder.
    pub fn add_control_level(&mut self, policies: Vec<ControlPolicy>) {
        match &mut self.control {
            Control::Levels(levels) => levels.push(policies),
            Control::NotKnown(_) => self.control = Control::Levels(vec![policies]),
        }
    }

    /// What was found in the documents that were read, by what they are called: `custom/deploy`, `trust
    /// policy of role/web`, `control policy cp-1`. Policies that were added by hand have nothing.
    pub fn findings(&self) -> impl Iterator<Item = (&str, &[Finding])> {
        self.findings.iter().map(|(name, found)| (name.as_str(), found.as_slice()))
    }

    /// Notes what was found in a document, if anything was.
    pub(crate) fn found(&mut self, name: String, findings: Vec<Finding>) {
        if !findings.is_empty() {
            self.findings.insert(name, findings);
        }
    }

    /// Everything that is not known: what the files lack, and policies that are attached and not there.
    #[must_use]
    pub fn holes(&self) -> Vec<Hole> {
        let mut holes = self.holes.clone();
        let held = self.policies.values().chain(self.sessions.values());
        holes.extend(held.filter_map(|held| held.hole.clone()));
        let of_users = self.users.values().flat_map(|user| &user.attached);
        let of_groups = self.groups.values().flat_map(|group| &group.attached);
        let of_roles = self.roles.values().flat_map(|role| &role.attached);
        for attachment in of_users.chain(of_groups).chain(of_roles) {
            if !self.policies.contains_key(&attachment.policy) {
                holes.push(missing(&attachment.policy));
            }
        }
        for user in self.users.values() {
            let unknown = user.groups.iter().filter(|group| !self.groups.contains_key(*group));
            holes.extend(unknown.map(|group| missing_group(group)));
        }
        holes.extend(self.without_trust());
        holes.extend(self.open_groups.values().cloned());
        holes.extend(self.open_attachments.clone());
        if let Control::NotKnown(hole) = &self.control {
            holes.push(hole.clone());
        }
        holes.sort();
        holes.dedup();
        holes
    }

    /// The holes because of which somebody may be missing from every list of principals: a listing that
    /// was cut off or is not there, and roles of which nobody knows whom they trust.
    #[must_use]
    pub fn unlisted(&self) -> Vec<Hole> {
        self.holes.iter().cloned().chain(self.without_trust()).collect()
    }

    fn without_trust(&self) -> impl Iterator<Item = Hole> {
        let without = self.roles.iter().filter(|(_, role)| role.trust.is_none());
        without.map(|(name, _)| no_trust(name))
    }

    /// Whether the account has this user or role; somebody outside may always exist.
    #[must_use]
    pub fn has(&self, principal: &Principal) -> bool {
        match principal {
            Principal::User(name) => self.users.contains_key(name),
            Principal::Role(name) => self.roles.contains_key(name),
            Principal::Root
            | Principal::Outside(_)
            | Principal::Service(_)
            | Principal::Provider(_)
            | Principal::Named(_)
            | Principal::Everybody => true,
        }
    }
}

pub(crate) fn no_trust(role: &str) -> Hole {
    Hole { what: format!("trust policy of role/{role}"), why: "it is not there".to_owned() }
}

pub(crate) fn missing(policy: &PolicyName) -> Hole {
    Hole { what: format!("policy {policy}"), why: "it is attached, but not there".to_owned() }
}

pub(crate) fn missing_group(group: &str) -> Hole {
    Hole { what: format!("group/{group}"), why: "it has members, but is not there".to_owned() }
}

impl Held {
    pub(crate) fn known(policy: Policy) -> Self {
        Self { least: policy, most: None, split: OnceLock::new(), hole: None }
    }

    /// A policy of which something may not be known.
    pub(crate) fn open(policy: &OpenPolicy, what: String) -> Self {
        if let Some(known) = policy.as_policy() {
            return Self::known(known.clone());
        }
        let holes: Vec<String> = policy.holes().map(|(_, hole)| format!("`{hole}`")).collect();
        let bounds = policy.bounds();
        let hole = Hole { what, why: holes.join(", ") };
        Self::between(bounds.least.clone(), bounds.most.clone(), hole)
    }

    fn between(least: Document, most: Document, hole: Hole) -> Self {
        let (least, most) = (Policy::from_document(least), Policy::from_document(most));
        Self { least, most: Some(most), split: OnceLock::new(), hole: Some(hole) }
    }

    /// What nobody has read may allow everything, and deny everything.
    pub(crate) fn unread(hole: Hole) -> Self {
        Self::between(everything(Effect::Deny), everything(Effect::Allow), hole)
    }

    pub(crate) fn most(&self) -> &Policy {
        self.most.as_ref().unwrap_or(&self.least)
    }

    /// What it allows at most.
    pub(crate) fn allowances(&self) -> &Policy {
        &self.split().0
    }

    /// What it denies at most.
    pub(crate) fn denials(&self) -> &Policy {
        &self.split().1
    }

    fn split(&self) -> &(Policy, Policy) {
        self.split.get_or_init(|| split(&self.most().document(), &self.least.document()))
    }
}

/// The allowances of one document and the denials of another.
fn split(allowing: &Document, denying: &Document) -> (Policy, Policy) {
    let of = |document: &Document, effect: Effect| {
        let statements: Vec<Statement> = document
            .statements
            .iter()
            .filter(|statement| statement.effect == effect)
            .cloned()
            .collect();
        let statements = Cow::Owned(statements);
        Policy::from_document(Document { layout: Layout::VersionFirst, statements })
    };
    (of(allowing, Effect::Allow), of(denying, Effect::Deny))
}

/// One statement about everything.
pub(crate) fn everything(effect: Effect) -> Document {
    crate::question::document(effect, &["*"], &["*"], Vec::new())
}
