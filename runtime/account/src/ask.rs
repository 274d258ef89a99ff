//! Asks whether a principal may make some request, by proof.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use ram_policy_model::prove::Reason;
use ram_policy_model::{Counterexample, Decision, Effect, OwnedRequest, Policy, Prover};

use crate::account::{self, Account, Attachment, Control, Held, Hole, PolicyName, Scope};
use crate::principal::Principal;
use crate::question::{self, Asked, Question};

/// Whether somebody may make some request of those that are asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Yes: this request is allowed.
    Yes(Grant),
    /// No, none.
    No,
    /// It depends on what is not known, or could not be decided.
    Unknown(Unsure),
}

/// A request that is allowed, and what allows it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Grant {
    /// The request.
    pub request: OwnedRequest,
    /// The policy that allows it; `None` for the owner of the account, who needs none, and for the
    /// trust policy of a role.
    pub policy: Option<PolicyName>,
    /// The statement of the policy that allows it, from 0.
    pub statement: Option<usize>,
    /// The group that the policy is attached to, where it is not the principal itself.
    pub group: Option<String>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unsure {
    /// What is not known and makes the difference.
    pub holes: Vec<Hole>,
    /// A request that is allowed as far as is known, if there is one.
    pub request: Option<OwnedRequest>,
    /// Why the proof was given up, where it was.
    pub reason: Option<Reason>,
}

impl Answer {
    /// Whether some request is allowed.
    #[must_use]
    pub const fn is_yes(&self) -> bool {
        matches!(self, Self::Yes(_))
    }

    /// Whether none is allowed.
    #[must_use]
    pub const fn is_no(&self) -> bool {
        matches!(self, Self::No)
    }
}

/// `yes, ` with what allows it; `no`; or `unknown: ` with what it depends on.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yes(grant) => write!(f, "yes, by {grant}"),
            Self::No => f.write_str("no"),
            Self::Unknown(unsure) => write!(f, "unknown: {unsure}"),
        }
    }
}

/// What allows it: the policy and the statement, or the ownership of the account.
impl fmt::Display for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.policy, self.statement) {
            (Some(policy), Some(statement)) => {
                write!(f, "statement {statement} of {policy}")?;
                match &self.group {
                    Some(group) => write!(f, " (group/{group})"),
                    None => Ok(()),
                }
            }
            (Some(policy), None) => write!(f, "{policy}"),
            (None, _) => f.write_str("owning the account"),
        }
    }
}

impl fmt::Display for Unsure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let holes = self.holes.iter().map(ToString::to_string);
        let all: Vec<String> = holes.chain(self.reason.iter().map(ToString::to_string)).collect();
        f.write_str(&all.join("; "))
    }
}

/// A policy that applies to a principal.
#[derive(Debug, Clone, Copy)]
struct Applied<'a> {
    name: &'a PolicyName,
    held: &'a Held,
    group: Option<&'a str>,
    scope: &'a Scope,
    /// Whether the principal has it for certain; else it may, as where nobody knows who is in a group.
    is_certain: bool,
    applies: Applies,
}

/// Where a policy applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Applies {
    /// To every request.
    Always,
    /// To the resource that is asked about, because of its resource group.
    InGroup,
    /// Perhaps: nobody knows who is in a group, or which resources are in a resource group.
    Perhaps,
}

/// What applies to a principal.
#[derive(Debug, Clone)]
pub(crate) struct Identity<'a> {
    applied: Vec<Applied<'a>>,
    holes: Vec<Hole>,
    arn: Option<String>,
    /// The policy of the session in which a role is used.
    session: Option<&'a Held>,
}

/// What a policy may say that is attached and not there.
static UNREAD: LazyLock<Held> = LazyLock::new(|| {
    let hole = Hole { what: String::new(), why: String::new() };
    // What is missing is said by whoever asks for it.
    Held { hole: None, ..Held::unread(hole) }
});

impl Held {
    fn of(&self, turn: Turn) -> &Policy {
        match turn {
            Turn::Least => &self.least,
            Turn::Most => self.most(),
        }
    }
}

/// A request that was looked for, if there is one.
type Found = Result<Option<Counterexample>, Reason>;

/// Which way everything turns out that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Least,
    Most,
}

impl<'a> Applied<'a> {
    fn policy(self, turn: Turn) -> &'a Policy {
        match (self.applies, turn) {
            (Applies::Always | Applies::InGroup, Turn::Least) => &self.held.least,
            (Applies::Always | Applies::InGroup, Turn::Most) => self.held.most(),
            (Applies::Perhaps, Turn::Least) => self.held.denials(),
            (Applies::Perhaps, Turn::Most) => self.held.allowances(),
        }
    }

    /// Whether it may deny what the policies of the account allow, or may not: the texts of RAM say both
    /// (see [`ResourceGroupRule`](ram_policy_model::ResourceGroupRule)).
    fn may_deny_in_group(self) -> bool {
        self.applies == Applies::InGroup && !self.held.denials().document().statements.is_empty()
    }
}

impl Account {
    /// The policies of a user with those of its groups and of these groups, or of a role.
    pub(crate) fn identity<'a>(
        &'a self,
        principal: &Principal,
        more_groups: impl IntoIterator<Item = &'a str>,
    ) -> Identity<'a> {
        let arn = principal.arn(self.id());
        let mut identity = Identity { applied: Vec::new(), holes: Vec::new(), arn, session: None };
        match principal {
            Principal::User(name) => {
                let Some(user) = self.users.get(name) else { return identity };
                identity.add(self, &user.attached, None, true);
                let more = more_groups.into_iter().filter(|group| !user.groups.contains(*group));
                for group in user.groups.iter().map(String::as_str).chain(more) {
                    match self.groups.get(group) {
                        Some(found) => identity.add(self, &found.attached, Some(group), true),
                        None => identity.unread(account::missing_group(group)),
                    }
                }
                for (group, hole) in &self.open_groups {
                    if let (Some(found), false) =
                        (self.groups.get(group), user.groups.contains(group))
                    {
                        identity.add(self, &found.attached, Some(group), false);
                        identity.holes.push(hole.clone());
                    }
                }
            }
            Principal::Role(name) => {
                let Some(role) = self.roles.get(name) else { return identity };
                identity.add(self, &role.attached, None, true);
                identity.session = self.sessions.get(name);
            }
            Principal::Root
            | Principal::Outside(_)
            | Principal::Service(_)
            | Principal::Provider(_)
            | Principal::Named(_)
            | Principal::Everybody => return identity,
        }
        identity.add_said(self.said_of(principal));
        if let Some(hole) = &self.open_attachments {
            identity.unread(hole.clone());
        }
        identity
    }

    /// Whether an identity may make a request of those that are asked about.
    pub(crate) fn ask(&self, identity: &Identity<'_>, asked: &Asked) -> Answer {
        self.ask_with(identity, asked, None)
    }

    /// Whether an identity may make a request of those that are asked about, which another policy allows
    /// as well.
    pub(crate) fn ask_with(
        &self,
        identity: &Identity<'_>,
        asked: &Asked,
        other: Option<&Policy>,
    ) -> Answer {
        let in_group;
        // A request about all resources is about no resource group.
        let known = self.resources.get(asked.resource());
        let identity = match known.filter(|_| !asked.is_about_all_resources()) {
            Some(group) if identity.is_in_groups() => {
                in_group = identity.in_group(group);
                &in_group
            }
            Some(_) | None => identity,
        };
        if !identity.may_allow(asked) {
            return Answer::No;
        }
        let policy = asked.policy();
        let others: Vec<&Policy> = [&policy].into_iter().chain(other).collect();
        // Most are allowed what is likely.
        if let Some(likely) = asked.likely()
            && self.is_allowed(identity, &others, &likely)
        {
            return Answer::Yes(identity.grant(likely));
        }
        match self.ask_together(asked.prover(), identity, &others) {
            unsure @ Answer::Unknown(_) => {
                self.in_known_group(identity, asked, &others).unwrap_or(unsure)
            }
            answer @ (Answer::Yes(_) | Answer::No) => answer,
        }
    }

    /// A request about a resource whose resource group is known, where it is allowed for certain.
    fn in_known_group(
        &self,
        identity: &Identity<'_>,
        asked: &Asked,
        others: &[&Policy],
    ) -> Option<Answer> {
        if !identity.is_in_groups() || asked.is_about_all_resources() {
            return None;
        }
        let likely = asked.likely()?;
        let mut by_group: BTreeMap<&str, Identity<'_>> = BTreeMap::new();
        self.resources.iter().find_map(|(arn, group)| {
            let identity = by_group.entry(group).or_insert_with(|| identity.in_group(group));
            let mut request = likely.clone();
            request.resource.clone_from(arn);
            self.is_allowed(identity, others, &request)
                .then(|| Answer::Yes(identity.grant(request)))
        })
    }

    /// Whether all policies that have a say allow one request, and these too, whatever is not known; those
    /// of the resource group among them, where that of the resource is known.
    pub(crate) fn is_allowed_for_certain(
        &self,
        identity: &Identity<'_>,
        others: &[&Policy],
        request: &OwnedRequest,
    ) -> bool {
        match self.group_of(request) {
            Some(group) => self.is_allowed(&identity.in_group(group), others, request),
            None => self.is_allowed(identity, others, request),
        }
    }

    /// Whether all policies that have a say allow one request, whatever is not known.
    fn is_allowed(
        &self,
        identity: &Identity<'_>,
        others: &[&Policy],
        request: &OwnedRequest,
    ) -> bool {
        request.request_unlisted().is_ok_and(|request| {
            let by = |policies: &[&Policy]| {
                Policy::evaluate_together(policies.iter().copied(), &request).1.is_allow()
            };
            others.iter().all(|other| by(&[other]))
                && self.sets(identity, Turn::Least).iter().all(|set| by(set))
        })
    }

    /// Whether an identity may make a request that all of these allow, each by itself.
    fn ask_together(&self, prover: Prover, identity: &Identity<'_>, others: &[&Policy]) -> Answer {
        let find = |turn: Turn| {
            let found = self.find(prover, identity, others, turn, None);
            let by_account_alone = turn == Turn::Most
                && found == Ok(None)
                && identity.applied.iter().any(|applied| applied.may_deny_in_group());
            if !by_account_alone {
                return found;
            }
            self.find(prover, &identity.without_groups(), others, turn, None)
        };
        identity.answer(find(Turn::Most), self.holes_of(identity), || find(Turn::Least))
    }

    /// Whether somebody without policies of his own may make a request that all of these allow.
    pub(crate) fn ask_of_outside(&self, others: &[&Policy]) -> Answer {
        match self.ask_together(Prover::new(), &Identity::of_everything(), others) {
            Answer::Yes(grant) => {
                Answer::Yes(Grant { policy: None, statement: None, group: None, ..grant })
            }
            answer @ (Answer::No | Answer::Unknown(_)) => answer,
        }
    }

    /// Whether a principal may do something that it may not do in an older account.
    pub(crate) fn more_of(&self, old: &Self, principal: &Principal) -> Answer {
        let (new, before) = (self.identity(principal, []), old.identity(principal, []));
        let about = question::document(
            Effect::Allow,
            &["*"],
            &["*"],
            new.arn
                .as_deref()
                .and_then(|arn| question::is("acs:PrincipalARN", arn))
                .into_iter()
                .collect(),
        );
        let about = Policy::from_document(about);
        let find = |turn: Turn, against: Turn| -> Found {
            // What is refused by any set of before was refused.
            let mut undecided = None;
            for refusing in old.sets(&before, against) {
                match self.find(Prover::new(), &new, &[&about], turn, Some(&refusing)) {
                    Ok(None) => {}
                    Ok(found) => return Ok(found),
                    Err(reason) => undecided = Some(reason),
                }
            }
            undecided.map_or(Ok(None), Err)
        };
        let mut holes = self.holes_of(&new);
        holes.extend(old.holes_of(&before));
        // Whoever is not in a list that has been cut off may have been there.
        let unlisted = if old.has(principal) { Vec::new() } else { old.unlisted() };
        let is_known = unlisted.is_empty();
        holes.extend(unlisted);
        holes.sort();
        holes.dedup();
        new.answer(find(Turn::Most, Turn::Least), holes, || {
            if is_known { find(Turn::Least, Turn::Most) } else { Ok(None) }
        })
    }

    /// The sets of policies of which each must allow a request.
    fn sets<'a>(&'a self, identity: &Identity<'a>, turn: Turn) -> Vec<Vec<&'a Policy>> {
        let nothing: &Policy = &UNREAD.least;
        let levels: Vec<Vec<&Policy>> = match (&self.control, turn) {
            (Control::Levels(levels), _) => levels
                .iter()
                .map(|level| level.iter().map(|control| control.policy()).collect())
                .collect(),
            (Control::NotKnown(_), Turn::Least) => vec![vec![nothing]],
            (Control::NotKnown(_), Turn::Most) => Vec::new(),
        };
        let session = identity.session.map(|session| vec![session.of(turn)]);
        [identity.policies(turn)].into_iter().chain(levels).chain(session).collect()
    }

    /// A request that all policies that have a say allow, and all of the others, and not these.
    fn find(
        &self,
        prover: Prover,
        identity: &Identity<'_>,
        others: &[&Policy],
        turn: Turn,
        not_by: Option<&[&Policy]>,
    ) -> Found {
        let sets = self.sets(identity, turn);
        let others = others.iter().map(std::slice::from_ref);
        let sets = others.chain(sets.iter().map(Vec::as_slice));
        prover.request_allowed_by_all(sets, not_by)
    }

    /// What is not known of the policies that have a say.
    pub(crate) fn holes_of(&self, identity: &Identity<'_>) -> Vec<Hole> {
        let mut holes = identity.holes.clone();
        let held = identity.applied.iter().map(|applied| applied.held);
        holes.extend(held.chain(identity.session).filter_map(|held| held.hole.clone()));
        holes.extend(identity.applied.iter().filter_map(|applied| {
            let Scope::ResourceGroup(group) = applied.scope else { return None };
            let name = applied.name;
            let why = if applied.applies == Applies::Perhaps {
                format!("which resources are in it, where {name} applies")
            } else if applied.may_deny_in_group() {
                format!(
                    "whether what {name} denies there counts where the account's policies allow it"
                )
            } else {
                return None;
            };
            Some(Hole { what: format!("resource group {group}"), why })
        }));
        if let Control::NotKnown(hole) = &self.control {
            holes.push(hole.clone());
        }
        holes.sort();
        holes.dedup();
        holes
    }

    /// Whether a principal may do what is asked.
    pub(crate) fn may(&self, principal: &Principal, question: &Question) -> Answer {
        if question.is_about_others(self.id()) {
            return Answer::No;
        }
        match principal {
            Principal::Root => self.root_may(question),
            Principal::User(_) | Principal::Role(_) => {
                let identity = self.identity(principal, []);
                if !identity.may_name(question.action()) {
                    return Answer::No;
                }
                let asked = question.asked(self.id(), identity.arn.as_deref());
                self.ask(&identity, &asked)
            }
            // They have no policies of their own here, only what resources give them.
            Principal::Outside(_)
            | Principal::Service(_)
            | Principal::Provider(_)
            | Principal::Named(_)
            | Principal::Everybody => self.outside_may(principal, question),
        }
    }
}

impl Account {
    /// Whether the owner may do what is asked: everything that no policy of a resource denies.
    fn root_may(&self, question: &Question) -> Answer {
        let said = self.said_of(&Principal::Root);
        let by_ownership =
            |request| Answer::Yes(Grant { request, policy: None, statement: None, group: None });
        if said.is_empty() {
            return by_ownership(question.example());
        }
        let mut identity = Identity::of_everything();
        identity.add_said(said);
        let asked = question.asked(self.id(), None);
        let policy = asked.policy();
        // Control policies do not bind the owner.
        let find = |turn: Turn| {
            let own = identity.policies(turn);
            asked.prover().request_allowed_by_all([&[&policy][..], &own], None)
        };
        let holes = said.iter().filter_map(|(_, held)| held.hole.clone()).collect();
        match identity.answer(find(Turn::Most), holes, || find(Turn::Least)) {
            Answer::Yes(grant) => by_ownership(grant.request),
            answer @ (Answer::No | Answer::Unknown(_)) => answer,
        }
    }

    /// Whether somebody outside may do what is asked, by what the resources give.
    pub(crate) fn outside_may(&self, principal: &Principal, question: &Question) -> Answer {
        let said = self.said_about(principal);
        let mut identity =
            Identity { applied: Vec::new(), holes: Vec::new(), arn: None, session: None };
        identity.add_said(&said);
        if !identity.may_name(question.action()) {
            return Answer::No;
        }
        self.ask(&identity, &question.asked(self.id(), None))
    }
}

/// Whether a policy applies to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reaches {
    Yes,
    No,
    Perhaps,
}

impl Account {
    /// The resource group of the resource of a request, where it is known.
    fn group_of(&self, request: &OwnedRequest) -> Option<&String> {
        let known = self.resources.get(&request.resource);
        known.filter(|_| !question::is_about_all_resources(&request.action))
    }

    /// Whether a policy that is attached there applies to a request.
    pub(crate) fn reaches(&self, scope: &Scope, request: &OwnedRequest) -> Reaches {
        match (scope, self.group_of(request)) {
            (Scope::Account, _) => Reaches::Yes,
            (Scope::ResourceGroup(group), Some(own)) if group == own => Reaches::Yes,
            (Scope::ResourceGroup(_), Some(_)) => Reaches::No,
            (Scope::ResourceGroup(_), None) => Reaches::Perhaps,
        }
    }
}

/// A policy of an identity: its name, what it says where that is known, the group that it comes from,
/// and where it is attached.
pub(crate) type Attached<'a> = (&'a PolicyName, Option<&'a Policy>, Option<&'a str>, &'a Scope);

impl<'a> Identity<'a> {
    /// The policies that it has for certain.
    pub(crate) fn attached(&self) -> impl Iterator<Item = Attached<'a>> {
        // What stands for all that may be attached has no name.
        let is_one = |applied: &&Applied<'a>| applied.is_certain && !applied.name.name.is_empty();
        self.applied.iter().filter(is_one).map(|applied| {
            let held = applied.held;
            let is_known = held.most.is_none();
            (applied.name, is_known.then_some(&held.least), applied.group, applied.scope)
        })
    }

    fn add(
        &mut self,
        account: &'a Account,
        attached: &'a [Attachment],
        group: Option<&'a str>,
        is_certain: bool,
    ) {
        for Attachment { policy: name, scope } in attached {
            // Nobody knows which resources are in a resource group, unless one is asked about.
            let is_always = is_certain && *scope == Scope::Account;
            let applies = if is_always { Applies::Always } else { Applies::Perhaps };
            match account.policies.get(name) {
                Some(held) => {
                    self.applied.push(Applied { name, held, group, scope, is_certain, applies })
                }
                None => {
                    self.holes.push(account::missing(name));
                    self.applied.push(Applied {
                        name,
                        held: &UNREAD,
                        group,
                        scope,
                        is_certain,
                        applies,
                    });
                }
            }
        }
    }

    /// Who may do everything.
    fn of_everything() -> Self {
        static EVERYTHING: LazyLock<(PolicyName, Held)> = LazyLock::new(|| {
            let all = Policy::from_document(account::everything(Effect::Allow));
            (PolicyName::custom(""), Held::known(all))
        });
        let (name, held) = &*EVERYTHING;
        let (scope, applies) = (&Scope::Account, Applies::Always);
        let all = Applied { name, held, group: None, scope, is_certain: true, applies };
        Self { applied: vec![all], holes: Vec::new(), arn: None, session: None }
    }

    /// Adds what the policies of resources say.
    fn add_said(&mut self, said: &'a [(PolicyName, Held)]) {
        for (name, held) in said {
            self.applied.push(Applied {
                name,
                held,
                group: None,
                scope: &Scope::Account,
                is_certain: true,
                applies: Applies::Always,
            });
        }
    }

    fn unread(&mut self, hole: Hole) {
        static NOBODY: LazyLock<PolicyName> = LazyLock::new(|| PolicyName::custom(""));
        self.holes.push(hole);
        let (scope, applies) = (&Scope::Account, Applies::Always);
        self.applied.push(Applied {
            name: &NOBODY,
            held: &UNREAD,
            group: None,
            scope,
            is_certain: true,
            applies,
        });
    }

    /// Whether a policy is attached for a resource group.
    fn is_in_groups(&self) -> bool {
        self.applied.iter().any(|applied| *applied.scope != Scope::Account)
    }

    /// The identity as it is for a resource of this resource group.
    fn in_group(&self, group: &str) -> Self {
        let mut identity = self.clone();
        identity.applied.retain_mut(|applied| match applied.scope {
            Scope::Account => true,
            Scope::ResourceGroup(own) if own == group => {
                // Whoever may be a member has it perhaps.
                if applied.is_certain {
                    applied.applies = Applies::InGroup;
                }
                true
            }
            Scope::ResourceGroup(_) => false,
        });
        identity
    }

    /// The identity by what applies in the whole account.
    fn without_groups(&self) -> Self {
        let mut identity = self.clone();
        identity.applied.retain(|applied| applied.applies != Applies::InGroup);
        identity
    }

    /// The policy of the session in which a role is used, all that is unknown against it.
    pub(crate) fn known_session(&self) -> Option<&'a Policy> {
        self.session.map(|session| &session.least)
    }

    /// The ARN of the principal.
    pub(crate) fn arn(&self) -> Option<&str> {
        self.arn.as_deref()
    }

    fn policies(&self, turn: Turn) -> Vec<&'a Policy> {
        self.applied.iter().map(|applied| applied.policy(turn)).collect()
    }

    /// The policies as far as they are known, all that is unknown against the principal.
    pub(crate) fn known(&self) -> Vec<&'a Policy> {
        self.policies(Turn::Least)
    }

    /// The names of the policies.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a PolicyName> {
        self.applied.iter().map(|applied| applied.name)
    }

    /// Whether some statement that may allow names the action; a proof says more and takes longer.
    pub(crate) fn may_name(&self, action: &str) -> bool {
        let Some((code, name)) = action.split_once(':') else { return true };
        if action.contains(['*', '?']) {
            return true;
        }
        self.applied.iter().any(|applied| {
            let document = applied.policy(Turn::Most).document();
            document.statements.iter().any(|statement| {
                statement.effect == Effect::Allow
                    && statement.actions().is_some_and(|(actions, negated)| {
                        actions.items.iter().any(|item| item.matches(code, name)) != negated
                    })
            })
        })
    }

    /// Whether some statement may allow a request of those that are asked about.
    pub(crate) fn may_allow(&self, asked: &Asked) -> bool {
        self.applied.iter().any(|applied| {
            let document = applied.policy(Turn::Most).document();
            document
                .statements
                .iter()
                .any(|statement| statement.effect == Effect::Allow && asked.meets(statement))
        })
    }

    /// The answer, by what is found where all that is not known turns out for the principal, and where
    /// it turns out against it.
    fn answer(&self, most: Found, holes: Vec<Hole>, least: impl FnOnce() -> Found) -> Answer {
        if most == Ok(None) {
            return Answer::No;
        }
        let least = if holes.is_empty() { most.clone() } else { least() };
        if let Ok(Some(found)) = least {
            return Answer::Yes(self.grant(found.into_request()));
        }
        let (request, reason) = match most {
            Ok(found) => (found.map(Counterexample::into_request), None),
            Err(reason) => (None, Some(reason)),
        };
        Answer::Unknown(Unsure { holes, request, reason })
    }

    fn grant(&self, found: OwnedRequest) -> Grant {
        let decided = found.request_unlisted().ok().and_then(|request| {
            self.applied.iter().find_map(|applied| {
                match applied.policy(Turn::Least).evaluate(&request) {
                    Decision::Allow { statement } => Some((*applied, statement)),
                    Decision::ExplicitDeny { .. } | Decision::ImplicitDeny => None,
                }
            })
        });
        Grant {
            policy: decided.map(|(applied, _)| applied.name.clone()),
            statement: decided.map(|(_, statement)| statement),
            group: decided.and_then(|(applied, _)| applied.group.map(str::to_owned)),
            request: found,
        }
    }
}
