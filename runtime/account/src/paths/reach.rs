//! Whom somebody can become, and whether it can make itself administrator.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use ram_policy_model::Effect;
use ram_policy_model::document::Statement;

use super::assume::Trusts;
use super::needed::needed;
use super::step::{Step, StepKind, steps};
use super::taken::{Taken, Target};
use crate::account::{Account, PolicyName, PolicyOrigin};
use crate::ask::{Answer, Identity, Unsure};
use crate::principal::Principal;

/// Whom somebody can become.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Reach {
    /// Everybody it can become, the shortest way first; the way to make itself administrator among
    /// them.
    pub reached: Vec<Reached>,
    /// Steps that may be possible, but depend on what is not known. Empty means that whoever is not in
    /// `reached` cannot be reached by any of the [`steps`].
    pub unsure: Vec<(Taken, Unsure)>,
}

/// Somebody who can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reached {
    /// Who; `None` for an administrator, who may do everything.
    pub principal: Option<Principal>,
    /// The steps in order.
    pub path: Vec<Taken>,
}

impl Reach {
    /// The way to become administrator, if there is one.
    #[must_use]
    pub fn to_administrator(&self) -> Option<&Reached> {
        self.reached.iter().find(|reached| reached.principal.is_none())
    }

    /// The way to become one principal: the shortest, or by becoming administrator first.
    #[must_use]
    pub fn to(&self, principal: &Principal) -> Option<&Reached> {
        let is_it = |reached: &&Reached| reached.principal.as_ref() == Some(principal);
        self.reached.iter().find(is_it).or_else(|| self.to_administrator())
    }
}

/// A search from one principal.
struct Search<'a, 't> {
    account: &'a Account,
    trusts: &'t Trusts<'a>,
    /// The steps by which those who have been reached may give somebody everything.
    givers: BTreeMap<Principal, Vec<&'static Step>>,
    /// Those who may add users to groups, also users who are reached after them.
    joiners: Vec<(Principal, &'static Step)>,
    reach: Reach,
    paths: BTreeMap<Principal, Vec<Taken>>,
    /// The groups that users have joined on the way.
    joined: BTreeMap<String, BTreeSet<&'a str>>,
    administrator: Option<Vec<Taken>>,
    to_do: VecDeque<Principal>,
}

impl Account {
    /// Whom somebody can become by the [`steps`], and whether it can make itself administrator, each
    /// with the requests allowed as [`Account::who_can`] finds them. Who is administrator can
    /// become everybody, which is not listed.
    ///
    /// A user who joins groups is taken to be in all of them at once, and what a way does not need of it is
    /// left out at the end; where a group denies something, leaving one out might allow more, and the
    /// search says that it is unsure.
    ///
    /// ```
    /// use ram_policy::policy;
    /// use ram_policy_account::{Account, Attach, PolicyName, Principal};
    ///
    /// let mut account = Account::new("1234567890123456");
    /// account.without_control_policies();
    /// let [keys, versions] = ["keys", "versions"].map(PolicyName::custom);
    /// account.add_policy(keys.clone(), policy! { allow ram::CreateAccessKey on *; });
    /// account.add_policy(versions.clone(), policy! { allow ram::CreatePolicyVersion on *; });
    /// account.user("intern").attach(keys);
    /// account.user("deploy").attach(versions);
    ///
    /// let reach = account.reach(&Principal::User("intern".to_owned()));
    /// let path = &reach.to_administrator().expect("by two steps").path;
    /// let path: Vec<_> = path.iter().map(ToString::to_string).collect();
    /// assert_eq!(path, [
    ///     "user/intern: makes an access key of the user (user/deploy)",
    ///     "user/deploy: writes a new version of the policy (policy/versions)",
    /// ]);
    /// ```
    #[must_use]
    pub fn reach(&self, from: &Principal) -> Reach {
        self.reach_by(from, &Trusts::new(self))
    }

    pub(super) fn reach_by<'a>(&'a self, from: &Principal, trusts: &Trusts<'a>) -> Reach {
        let mut search = Search {
            account: self,
            trusts,
            givers: BTreeMap::new(),
            joiners: Vec::new(),
            reach: Reach::default(),
            paths: BTreeMap::from([(from.clone(), Vec::new())]),
            joined: BTreeMap::new(),
            administrator: None,
            to_do: VecDeque::from([from.clone()]),
        };
        search.run();
        let Search { mut reach, paths, administrator, .. } = search;
        let principals = paths.into_iter().filter(|(principal, _)| principal != from);
        let principals = principals.map(|(principal, path)| (Some(principal), path));
        let found = principals.chain(administrator.map(|path| (None, path)));
        let needed = |(principal, path): (Option<Principal>, Vec<Taken>)| {
            let path = needed(self, trusts, from, principal.as_ref(), path);
            Reached { principal, path }
        };
        reach.reached = found.map(needed).collect();
        reach.reached.sort_by_key(|reached| reached.path.len());
        reach
    }

    /// Every user and role that can make itself administrator, with the way; those first that need
    /// the fewest steps.
    #[must_use]
    pub fn ways_to_administrator(&self) -> Vec<(Principal, Reach)> {
        let users = self.users.keys().cloned().map(Principal::User);
        let roles = self.roles.keys().cloned().map(Principal::Role);
        let trusts = Trusts::new(self);
        let mut found: Vec<(Principal, Reach)> = users
            .chain(roles)
            .map(|principal| {
                let reach = self.reach_by(&principal, &trusts);
                (principal, reach)
            })
            .filter(|(_, reach)| reach.to_administrator().is_some() || !reach.unsure.is_empty())
            .collect();
        let steps =
            |reach: &Reach| reach.to_administrator().map_or(usize::MAX, |one| one.path.len());
        found.sort_by_key(|(_, reach)| steps(reach));
        found
    }
}

impl<'a> Search<'a, '_> {
    fn run(&mut self) {
        while let Some(next) = self.to_do.pop_front() {
            if matches!(next, Principal::Root) {
                self.administrator = self.paths.get(&next).cloned();
                return;
            }
            self.trusted_roles(&next);
            for (joiner, step) in self.joiners.clone() {
                let identity = self.identity(&joiner);
                self.join(&joiner, &identity, step, std::slice::from_ref(&next));
            }
            let identity = self.identity(&next);
            if self.makes_administrator(&next, &identity) {
                return;
            }
            for step in steps() {
                self.take(&next, &identity, step);
            }
        }
    }

    /// Somebody outside the account has what the roles give that trust it.
    fn trusted_roles(&mut self, by: &Principal) {
        if by.is_inside() {
            return;
        }
        let Some(step) = steps().iter().find(|step| step.kind == StepKind::Assume) else { return };
        for role in self.account.roles.keys() {
            let target = Target { role, ..Target::default() };
            let answer = self.trusts.trusts(by, role);
            self.arrive(by, step, target, Principal::Role(role.clone()), answer);
        }
    }

    fn identity(&self, principal: &Principal) -> Identity<'a> {
        let joined = match principal {
            Principal::User(name) => self.joined.get(name),
            Principal::Role(_)
            | Principal::Root
            | Principal::Outside(_)
            | Principal::Service(_)
            | Principal::Provider(_)
            | Principal::Named(_)
            | Principal::Everybody => None,
        };
        self.account.identity(principal, joined.into_iter().flatten().copied())
    }

    /// Whether somebody can give all rights to one who has been reached.
    fn makes_administrator(&mut self, by: &Principal, identity: &Identity<'_>) -> bool {
        let gives = |step: &&'static Step| match step.kind {
            StepKind::PoliciesOfUser
            | StepKind::PoliciesOfGroup
            | StepKind::PoliciesOfRole
            | StepKind::Policy => self.may_take(identity, step),
            StepKind::Assume
            | StepKind::Role
            | StepKind::RoleOfService(_)
            | StepKind::User
            | StepKind::Group => false,
        };
        let of_by: Vec<&'static Step> = steps().iter().filter(gives).collect();
        self.givers.insert(by.clone(), of_by);
        let reached: Vec<Principal> = self.paths.keys().cloned().collect();
        let givers: Vec<(Principal, Vec<&'static Step>)> = self
            .givers
            .iter()
            .filter(|(_, steps)| !steps.is_empty())
            .map(|(giver, steps)| (giver.clone(), steps.clone()))
            .collect();
        // Whoever has just been reached may give to those before, and those before to him.
        for (giver, steps) in &givers {
            let of_giver;
            let identity = if giver == by {
                identity
            } else {
                of_giver = self.identity(giver);
                &of_giver
            };
            let receivers = if giver == by { reached.as_slice() } else { std::slice::from_ref(by) };
            for step in steps.iter().copied() {
                for receiver in receivers {
                    for (target, owned) in self.gifts(step, receiver) {
                        let target = target.with(&owned);
                        let taken = Taken::new(giver, step, target);
                        match self.all(identity, step, target) {
                            Answer::Yes(_) => {
                                let mut path = self.paths.get(giver).cloned().unwrap_or_default();
                                for step in self.paths.get(receiver).into_iter().flatten() {
                                    if !path.contains(step) {
                                        path.push(step.clone());
                                    }
                                }
                                path.push(taken);
                                self.administrator = Some(path);
                                return true;
                            }
                            Answer::No => {}
                            Answer::Unknown(unsure) => self.doubt(taken, unsure),
                        }
                    }
                }
            }
        }
        false
    }

    /// What of a step gives everything to a principal.
    fn gifts(&self, step: &Step, receiver: &Principal) -> Vec<(Gift, String)> {
        let (user, role) = match receiver {
            Principal::User(name) => (Some(name), None),
            Principal::Role(name) => (None, Some(name)),
            Principal::Root
            | Principal::Outside(_)
            | Principal::Service(_)
            | Principal::Provider(_)
            | Principal::Named(_)
            | Principal::Everybody => (None, None),
        };
        let of_user = user.and_then(|name| self.account.users.get(name));
        match step.kind {
            StepKind::PoliciesOfUser => {
                user.into_iter().map(|name| (Gift::User, name.clone())).collect()
            }
            StepKind::PoliciesOfRole => {
                role.into_iter().map(|name| (Gift::Role, name.clone())).collect()
            }
            StepKind::PoliciesOfGroup => {
                let groups = of_user.into_iter().flat_map(|user| user.groups.iter().cloned());
                let joined = user.and_then(|name| self.joined.get(name)).into_iter().flatten();
                let joined = joined.map(|group| (*group).to_owned());
                groups.chain(joined).map(|group| (Gift::Group, group)).collect()
            }
            StepKind::Policy => {
                let identity = self.identity(receiver);
                let own = |name: &&PolicyName| name.origin == PolicyOrigin::Custom;
                identity.names().filter(own).map(|name| (Gift::Policy, name.name.clone())).collect()
            }
            StepKind::Assume
            | StepKind::Role
            | StepKind::RoleOfService(_)
            | StepKind::User
            | StepKind::Group => Vec::new(),
        }
    }

    /// Takes a step to everybody whom it can lead to.
    fn take(&mut self, by: &Principal, identity: &Identity<'_>, step: &'static Step) {
        // One proof about all targets spares one about each.
        let any = Target { user: "*", group: "*", role: "*", policy: "*" };
        if !self.may_take(identity, step) || self.all(identity, step, any).is_no() {
            return;
        }
        let account = self.account;
        match step.kind {
            StepKind::Assume | StepKind::Role | StepKind::RoleOfService(_) => {
                for (role, facts) in &account.roles {
                    let principal = Principal::Role(role.clone());
                    if self.paths.contains_key(&principal) {
                        continue;
                    }
                    let target = Target { role, ..Target::default() };
                    let answer = match step.kind {
                        StepKind::Assume => {
                            let Some(trusted) = self.trusts.of(role) else { continue };
                            if !trusted.all_inside && !trusted.named.contains(by) {
                                continue;
                            }
                            account.assumes(by, identity, role)
                        }
                        StepKind::RoleOfService(service) => {
                            let service = Principal::Service(service.to_owned());
                            let Some(trusted) = self.trusts.of(role) else { continue };
                            if facts.trust.is_some() && !trusted.named.contains(&service) {
                                continue;
                            }
                            match self.trusts.trusts(&service, role) {
                                Answer::No if facts.trust.is_some() => continue,
                                Answer::No | Answer::Yes(_) => self.all(identity, step, target),
                                unsure @ Answer::Unknown(_) => unsure,
                            }
                        }
                        StepKind::Role
                        | StepKind::User
                        | StepKind::Group
                        | StepKind::PoliciesOfUser
                        | StepKind::PoliciesOfGroup
                        | StepKind::PoliciesOfRole
                        | StepKind::Policy => self.all(identity, step, target),
                    };
                    self.arrive(by, step, target, principal, answer);
                }
            }
            StepKind::User => {
                for user in account.users.keys() {
                    let principal = Principal::User(user.clone());
                    if self.paths.contains_key(&principal) {
                        continue;
                    }
                    let target = Target { user, ..Target::default() };
                    let answer = self.all(identity, step, target);
                    self.arrive(by, step, target, principal, answer);
                }
            }
            StepKind::Group => {
                if !self.joiners.iter().any(|(joiner, _)| joiner == by) {
                    self.joiners.push((by.clone(), step));
                }
                let reached: Vec<Principal> = self.paths.keys().cloned().collect();
                self.join(by, identity, step, &reached);
            }
            // Those are gifts.
            StepKind::PoliciesOfUser
            | StepKind::PoliciesOfGroup
            | StepKind::PoliciesOfRole
            | StepKind::Policy => {}
        }
    }

    /// Adds the users who have been reached to groups.
    fn join(
        &mut self,
        by: &Principal,
        identity: &Identity<'_>,
        step: &'static Step,
        reached: &[Principal],
    ) {
        let users = reached.iter().filter_map(|principal| match principal {
            Principal::User(name) => Some(name.clone()),
            Principal::Role(_)
            | Principal::Root
            | Principal::Outside(_)
            | Principal::Service(_)
            | Principal::Provider(_)
            | Principal::Named(_)
            | Principal::Everybody => None,
        });
        for user in users {
            for (group, facts) in &self.account.groups {
                let is_member =
                    self.account.users.get(&user).is_some_and(|facts| facts.groups.contains(group))
                        || self.joined.get(&user).is_some_and(|of| of.contains(group.as_str()));
                if is_member || facts.attached.is_empty() {
                    continue;
                }
                let target = Target { user: &user, group, ..Target::default() };
                let taken = Taken::new(by, step, target);
                match self.all(identity, step, target) {
                    Answer::No => {}
                    Answer::Unknown(unsure) => self.doubt(taken, unsure),
                    Answer::Yes(_) => {
                        if self.account.denies(group) {
                            let hole = crate::account::Hole {
                                what: format!("group/{group}"),
                                why: "it denies something, so that being in other groups alone may allow more".to_owned(),
                            };
                            let unsure = Unsure { holes: vec![hole], request: None, reason: None };
                            self.doubt(taken.clone(), unsure);
                        }
                        self.joined.entry(user.clone()).or_default().insert(group);
                        let who = Principal::User(user.clone());
                        let of_by = self.paths.get(by).cloned().unwrap_or_default();
                        let path = self.paths.entry(who.clone()).or_default();
                        for step in of_by.into_iter().chain([taken]) {
                            if !path.contains(&step) {
                                path.push(step);
                            }
                        }
                        self.to_do.push_back(who);
                    }
                }
            }
        }
    }

    /// Whether somebody may be allowed every request of a step at all; a proof takes longer.
    fn may_take(&self, identity: &Identity<'_>, step: &Step) -> bool {
        step.requests.iter().all(|(action, _)| identity.may_name(action))
    }

    /// Whether every request of a step is allowed.
    fn all(&self, identity: &Identity<'_>, step: &Step, target: Target<'_>) -> Answer {
        self.account.may_take(identity, step, target)
    }

    fn arrive(
        &mut self,
        by: &Principal,
        step: &'static Step,
        target: Target<'_>,
        principal: Principal,
        answer: Answer,
    ) {
        let taken = Taken::new(by, step, target);
        match answer {
            Answer::No => {}
            Answer::Unknown(unsure) => self.doubt(taken, unsure),
            Answer::Yes(_) => {
                if self.paths.contains_key(&principal) {
                    return;
                }
                let mut path = self.paths.get(by).cloned().unwrap_or_default();
                path.push(taken);
                self.paths.insert(principal.clone(), path);
                self.to_do.push_back(principal);
            }
        }
    }

    fn doubt(&mut self, taken: Taken, unsure: Unsure) {
        if !self.reach.unsure.iter().any(|(known, _)| *known == taken) {
            self.reach.unsure.push((taken, unsure));
        }
    }
}

/// What gives everything to somebody.
#[derive(Debug, Clone, Copy)]
enum Gift {
    User,
    Group,
    Role,
    Policy,
}

impl Gift {
    fn with(self, name: &str) -> Target<'_> {
        match self {
            Self::User => Target { user: name, ..Target::default() },
            Self::Group => Target { group: name, ..Target::default() },
            Self::Role => Target { role: name, ..Target::default() },
            Self::Policy => Target { policy: name, ..Target::default() },
        }
    }
}

impl Account {
    /// Whether a policy of a group denies something, or may.
    fn denies(&self, group: &str) -> bool {
        let attached = self.groups.get(group).into_iter().flat_map(|group| &group.attached);
        attached.into_iter().any(|attachment| {
            self.policies.get(&attachment.policy).is_none_or(|held| {
                let document = held.least.document();
                document
                    .statements
                    .iter()
                    .any(|statement: &Statement| statement.effect == Effect::Deny)
            })
        })
    }
}
