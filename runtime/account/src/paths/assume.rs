//! Who can assume which role.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use ram_policy_model::document::Statement;
use ram_policy_model::terms::arn::Arn;
use ram_policy_model::terms::principal::PrincipalKind;
use ram_policy_model::{Effect, Policy, Request};

use crate::account::{Account, Control, Hole, Role, no_trust};
use crate::ask::{Answer, Identity, Unsure};
use crate::principal::Principal;
use crate::question::{self, Asked};

/// That somebody can assume a role.
#[derive(Debug, Clone)]
pub(crate) struct Assumption {
    pub(crate) principal: Principal,
    pub(crate) answer: Answer,
}

/// Who can assume which role; each role is looked at when it is asked about.
pub(crate) struct Assumptions<'a> {
    account: &'a Account,
    trusts: Trusts<'a>,
    /// Those of the account who may be allowed to assume some role.
    inside: Vec<(Principal, Identity<'a>)>,
}

impl Assumptions<'_> {
    /// Those who can assume a role, or may.
    pub(crate) fn of(&self, role: &str) -> Vec<Assumption> {
        let Some(trusted) = self.trusts.of(role) else { return Vec::new() };
        let is_trusted =
            |principal: &Principal| trusted.all_inside || trusted.named.contains(principal);
        let of_inside = self.inside.iter().filter(|(principal, _)| is_trusted(principal)).map(
            |(principal, identity)| (principal, self.account.assumes(principal, identity, role)),
        );
        let outside = trusted.named.iter().filter(|principal| !principal.is_inside());
        let of_outside = outside.map(|principal| (principal, self.trusts.trusts(principal, role)));
        of_inside
            .chain(of_outside)
            .filter(|(_, answer)| !answer.is_no())
            .map(|(principal, answer)| Assumption { principal: principal.clone(), answer })
            .collect()
    }
}

/// Whom the roles of an account trust; what is asked twice is answered once.
pub(crate) struct Trusts<'a> {
    account: &'a Account,
    by_role: BTreeMap<&'a str, Trusted>,
    answers: RefCell<BTreeMap<(Principal, String), Answer>>,
}

impl<'a> Trusts<'a> {
    pub(crate) fn new(account: &'a Account) -> Self {
        let by_role =
            account.roles.iter().map(|(name, role)| (name.as_str(), account.trusted(role)));
        Self { account, by_role: by_role.collect(), answers: RefCell::default() }
    }

    /// Whom a role may trust.
    pub(crate) fn of(&self, role: &str) -> Option<&Trusted> {
        self.by_role.get(role)
    }

    /// Whether a role trusts somebody outside the account.
    pub(crate) fn trusts(&self, principal: &Principal, role: &str) -> Answer {
        let asked = (principal.clone(), role.to_owned());
        if let Some(known) = self.answers.borrow().get(&asked) {
            return known.clone();
        }
        let answer = self.account.trusts(principal, role);
        self.answers.borrow_mut().insert(asked, answer.clone());
        answer
    }
}

/// Whom a trust policy may trust.
#[derive(Debug, Default)]
pub(crate) struct Trusted {
    /// Everybody of the account.
    pub(crate) all_inside: bool,
    /// Single principals.
    pub(crate) named: BTreeSet<Principal>,
}

impl Account {
    /// Who can assume which role, by both sides.
    pub(crate) fn assumptions(&self) -> Assumptions<'_> {
        let inside = self
            .users
            .keys()
            .cloned()
            .map(Principal::User)
            .chain(self.roles.keys().cloned().map(Principal::Role))
            .map(|principal| (principal.clone(), self.identity(&principal, [])))
            .filter(|(_, identity)| self.may_assume_some(identity));
        Assumptions { account: self, trusts: Trusts::new(self), inside: inside.collect() }
    }

    /// Whether an identity may be allowed to assume any role at all.
    pub(crate) fn may_assume_some(&self, identity: &Identity<'_>) -> bool {
        identity.may_name("sts:AssumeRole")
    }

    /// Whom the statements of a role's trust policy that allow name.
    pub(crate) fn trusted(&self, role: &Role) -> Trusted {
        let mut trusted = Trusted::default();
        let Some(trust) = &role.trust else {
            // Nobody knows.
            trusted.all_inside = true;
            return trusted;
        };
        let document = trust.document();
        let allows = |statement: &&Statement| statement.effect == Effect::Allow;
        for group in document.statements.iter().filter(allows).flat_map(Statement::principals) {
            for text in group.values.items.iter() {
                let found = match group.kind {
                    PrincipalKind::Service => Principal::Service(text.to_string()),
                    PrincipalKind::Federated => Principal::Provider(text.to_string()),
                    PrincipalKind::Ram => match self.of_arn(text) {
                        Some(Principal::Root) => {
                            trusted.all_inside = true;
                            continue;
                        }
                        Some(found) => found,
                        None => continue,
                    },
                };
                trusted.named.insert(found);
            }
        }
        trusted
    }

    fn of_arn(&self, text: &str) -> Option<Principal> {
        let Arn { account, relative_id: id, .. } = Arn::split(text).ok()?;
        if account != self.id() {
            return Some(Principal::Outside(text.to_owned()));
        }
        id.parse().ok()
    }

    /// Whether one of the account can assume a role: its own policies and the trust policy must allow
    /// it.
    pub(crate) fn assumes(
        &self,
        principal: &Principal,
        identity: &Identity<'_>,
        role: &str,
    ) -> Answer {
        let Some(caller) = principal.caller(self.id()) else { return Answer::No };
        let asked = self.assuming(role, identity.arn());
        let Some(trust) = self.roles.get(role).and_then(|role| role.trust.as_ref()) else {
            return match self.ask(identity, &asked) {
                Answer::No => Answer::No,
                Answer::Yes(grant) => Answer::Unknown(Unsure {
                    holes: vec![no_trust(role)],
                    request: Some(grant.request),
                    reason: None,
                }),
                Answer::Unknown(mut unsure) => {
                    unsure.holes.push(no_trust(role));
                    Answer::Unknown(unsure)
                }
            };
        };
        if !identity.may_allow(&asked) {
            return Answer::No;
        }
        let trusted = trust.for_caller(caller, &self.role_arn(role));
        self.ask_with(identity, &asked, Some(&trusted))
    }

    /// Whether a role trusts somebody outside the account, whose own policies are elsewhere.
    pub(crate) fn trusts(&self, principal: &Principal, role: &str) -> Answer {
        let Some(caller) = principal.caller(self.id()) else { return Answer::No };
        let Some(trust) = self.roles.get(role).and_then(|role| role.trust.as_ref()) else {
            return Answer::No;
        };
        let trusted = trust.for_caller(caller, &self.role_arn(role));
        // Any user and role of another account may ask.
        let arn = match principal {
            Principal::Outside(arn) => {
                Some(arn.strip_suffix("root").map_or(arn.clone(), |account| format!("{account}*")))
            }
            Principal::Root
            | Principal::User(_)
            | Principal::Role(_)
            | Principal::Service(_)
            | Principal::Provider(_)
            | Principal::Named(_)
            | Principal::Everybody => None,
        };
        let about = question::document(
            Effect::Allow,
            &["sts:AssumeRole*"],
            &[&self.role_arn(role)],
            vec![question::caller(arn.as_deref())],
        );
        let answer = self.ask_of_outside(&[&Policy::from_document(about), &trusted]);
        // No document says under which name signing on is checked by control policies: under both.
        match (&answer, principal, &self.control) {
            (Answer::Yes(grant), Principal::Provider(_), Control::Levels(levels)) => {
                let request = Request::new("sts:AssumeRole", &grant.request.resource);
                let is_left = |request: &Request<'_>| {
                    levels.iter().all(|level| {
                        let policies = level.iter().map(|control| control.policy());
                        Policy::evaluate_together(policies, request).1.is_allow()
                    })
                };
                if request.is_ok_and(|request| is_left(&request)) {
                    answer
                } else {
                    let hole = Hole {
                        what: "sts:AssumeRole".to_owned(),
                        why: "control policies do not allow it, and nothing says whether they are asked about it where somebody signs on".to_owned(),
                    };
                    let request = Some(grant.request.clone());
                    Answer::Unknown(Unsure { holes: vec![hole], request, reason: None })
                }
            }
            _ => answer,
        }
    }

    fn role_arn(&self, role: &str) -> String {
        format!("acs:ram::{}:role/{role}", self.id())
    }

    fn assuming(&self, role: &str, arn: Option<&str>) -> Asked {
        let arn = arn.map(|arn| ("acs:PrincipalARN".to_owned(), arn.to_owned()));
        Asked::new("sts:AssumeRole", &self.role_arn(role), arn.into_iter().collect())
    }
}
