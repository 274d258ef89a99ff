//! Who can assume which role.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use ram_policy_model::document::Statement;
use ram_policy_model::terms::arn;
use ram_policy_model::terms::principal::PrincipalKind;
use ram_policy_model::{Effect, Policy, Request};

use crate::account::{Account, Control, Gap, Role};
use crate::ask::{Answer, Identity, Unsure};
use crate::principal::Principal;
use crate::question::{self, Question};

/// That somebody can assume a role.
#[derive(Debug, Clone)]
pub(crate) struct Assumption {
    pub(crate) principal: Principal,
    pub(crate) answer: Answer,
}

/// Who can assume which role.
#[derive(Debug, Default)]
pub(crate) struct Assumptions {
    by_role: BTreeMap<String, Vec<Assumption>>,
}

impl Assumptions {
    /// Those who can assume a role, or may.
    pub(crate) fn of(&self, role: &str) -> &[Assumption] {
        self.by_role.get(role).map_or(&[], Vec::as_slice)
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

static ASSUME: LazyLock<Option<Question>> = LazyLock::new(|| Question::new("sts:AssumeRole").ok());

impl Account {
    /// Who can assume which role, by both sides.
    pub(crate) fn assumptions(&self) -> Assumptions {
        let inside: Vec<(Principal, Identity<'_>)> = self
            .users
            .keys()
            .cloned()
            .map(Principal::User)
            .chain(self.roles.keys().cloned().map(Principal::Role))
            .map(|principal| (principal.clone(), self.identity(&principal, [])))
            .filter(|(_, identity)| self.may_assume_some(identity))
            .collect();
        let mut assumptions = Assumptions::default();
        for (name, role) in &self.roles {
            let trusted = self.trusted(role);
            let is_trusted =
                |principal: &Principal| trusted.all_inside || trusted.named.contains(principal);
            let of_inside = inside
                .iter()
                .filter(|(principal, _)| is_trusted(principal))
                .map(|(principal, identity)| (principal, self.assumes(principal, identity, name)));
            let outside = trusted.named.iter().filter(|principal| !principal.is_inside());
            let of_outside = outside.map(|principal| (principal, self.trusts(principal, name)));
            let found = of_inside
                .chain(of_outside)
                .filter(|(_, answer)| !answer.is_no())
                .map(|(principal, answer)| Assumption { principal: principal.clone(), answer });
            assumptions.by_role.insert(name.clone(), found.collect());
        }
        assumptions
    }

    /// Whether an identity may be allowed to assume any role at all.
    pub(crate) fn may_assume_some(&self, identity: &Identity<'_>) -> bool {
        ASSUME.as_ref().is_some_and(|question| identity.may_name(question))
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
        let [_, _, account, id] = arn::fields(text).ok()?;
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
                    gaps: vec![no_trust(role)],
                    request: Some(grant.request),
                    reason: None,
                }),
                Answer::Unknown(mut unsure) => {
                    unsure.gaps.push(no_trust(role));
                    Answer::Unknown(unsure)
                }
            };
        };
        let trusted = trust.for_caller(caller, &self.role_arn(role));
        self.ask_together(identity, &[&asked, &trusted])
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
            | Principal::Provider(_) => None,
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
                    let gap = Gap {
                        what: "sts:AssumeRole".to_owned(),
                        why: "control policies do not allow it, and nothing says whether they are asked about it where somebody signs on".to_owned(),
                    };
                    let request = Some(grant.request.clone());
                    Answer::Unknown(Unsure { gaps: vec![gap], request, reason: None })
                }
            }
            _ => answer,
        }
    }

    fn role_arn(&self, role: &str) -> String {
        format!("acs:ram::{}:role/{role}", self.id())
    }

    fn assuming(&self, role: &str, arn: Option<&str>) -> Policy {
        let conditions = arn.and_then(|arn| question::is("acs:PrincipalARN", arn));
        Policy::from_document(question::document(
            Effect::Allow,
            &["sts:AssumeRole"],
            &[&self.role_arn(role)],
            conditions.into_iter().collect(),
        ))
    }
}

fn no_trust(role: &str) -> Gap {
    Gap { what: format!("trust policy of role/{role}"), why: "it is not there".to_owned() }
}
