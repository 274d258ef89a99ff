//! What somebody expects of an account, and whether it holds.

use std::fmt;

use crate::account::{Account, Hole};
use crate::ask::Answer;
use crate::principal::Principal;
use crate::question::Question;

/// What somebody expects of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// Nobody but these, the members of these groups and the owner may do it, directly or by assuming
    /// roles.
    Only {
        /// Those who may.
        principals: Vec<Principal>,
        /// The groups whose members may.
        groups: Vec<String>,
        /// What.
        question: Question,
    },
    /// Nobody outside the account may do it, by assuming roles.
    NobodyOutside(Question),
    /// The principal may do it, directly or by assuming roles.
    May(Principal, Question),
    /// The principal may not do it, neither directly nor by assuming roles.
    MayNot(Principal, Question),
    /// The principal cannot become the other one, by any way; `None` for administrator.
    CannotReach(Principal, Option<Principal>),
}

/// An expectation that does not hold, or of which nobody can say whether it does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Broken {
    /// Whether it is certain that it does not hold.
    pub is_certain: bool,
    /// Why, in a sentence for each reason.
    pub reasons: Vec<String>,
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Only { principals, groups, question } => {
                let groups = groups.iter().map(|group| format!("group/{group}"));
                let all: Vec<String> =
                    principals.iter().map(ToString::to_string).chain(groups).collect();
                let who = if all.is_empty() { "nobody".to_owned() } else { all.join(", ") };
                write!(f, "only {who} may {question}")
            }
            Self::NobodyOutside(question) => write!(f, "nobody outside may {question}"),
            Self::May(principal, question) => write!(f, "{principal} may {question}"),
            Self::MayNot(principal, question) => write!(f, "{principal} may not {question}"),
            Self::CannotReach(principal, None) => {
                write!(f, "{principal} cannot become administrator")
            }
            Self::CannotReach(principal, Some(other)) => {
                write!(f, "{principal} cannot become {other}")
            }
        }
    }
}

impl Account {
    /// Whether an expectation holds.
    ///
    /// ```
    /// use ram_policy::policy;
    /// use ram_policy_account::{Account, Attach, Expectation, PolicyName, Question};
    ///
    /// let mut account = Account::new("1234567890123456");
    /// account.without_control_policies();
    /// let all = PolicyName::custom("all");
    /// account.add_policy(all.clone(), policy! { allow ram::* on *; });
    /// account.user("alice").attach(all);
    /// account.group("security");
    /// let only = Expectation::Only {
    ///     principals: Vec::new(),
    ///     groups: vec!["security".to_owned()],
    ///     question: Question::new("ram:*")?,
    /// };
    /// let broken = account.check(&only).expect_err("alice is in no group");
    /// assert_eq!(broken.reasons, ["user/alice may: yes, by statement 0 of custom/all"]);
    /// # Ok::<(), ram_policy_account::QuestionError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// It does not, or nobody can say.
    pub fn check(&self, expectation: &Expectation) -> Result<(), Broken> {
        let (certain, unsure) = self.against(expectation);
        if !certain.is_empty() {
            return Err(Broken { is_certain: true, reasons: certain });
        }
        if !unsure.is_empty() {
            return Err(Broken { is_certain: false, reasons: unsure });
        }
        Ok(())
    }

    /// What certainly speaks against an expectation, and what may.
    fn against(&self, expectation: &Expectation) -> (Vec<String>, Vec<String>) {
        let words = |hole: &Hole| format!("not known: {hole}");
        let unlisted: Vec<String> = self.unlisted().iter().map(words).collect();
        let missing = self.missing_from(expectation);
        if !missing.is_empty() {
            // It may be in the part of a list that is not there.
            return if unlisted.is_empty() {
                (missing, Vec::new())
            } else {
                (Vec::new(), missing.into_iter().chain(unlisted).collect())
            };
        }
        let (certain, mut unsure) = self.against_known(expectation);
        match expectation {
            Expectation::May(..) => {}
            // Whether one of the account can assume a role without a trust policy is said with the
            // answer.
            Expectation::MayNot(who, _) | Expectation::CannotReach(who, _) if who.is_inside() => {
                unsure.extend(self.holes.iter().map(words));
            }
            Expectation::Only { .. }
            | Expectation::NobodyOutside(_)
            | Expectation::MayNot(..)
            | Expectation::CannotReach(..) => unsure.extend(unlisted),
        }
        (certain, unsure)
    }

    /// The principals and groups of an expectation that the account does not have.
    fn missing_from(&self, expectation: &Expectation) -> Vec<String> {
        let mut named: Vec<&Principal> = Vec::new();
        let mut groups: &[String] = &[];
        match expectation {
            Expectation::Only { principals, groups: all, .. } => {
                named.extend(principals);
                groups = all;
            }
            Expectation::NobodyOutside(_) => {}
            Expectation::May(who, _) | Expectation::MayNot(who, _) => named.push(who),
            Expectation::CannotReach(from, to) => named.extend([from].into_iter().chain(to)),
        }
        let principals = named.into_iter().filter(|principal| !self.has(principal));
        let groups = groups.iter().filter(|group| !self.groups.contains_key(*group));
        let all =
            principals.map(ToString::to_string).chain(groups.map(|group| format!("group/{group}")));
        all.map(|name| format!("the account has no {name}")).collect()
    }

    fn against_known(&self, expectation: &Expectation) -> (Vec<String>, Vec<String>) {
        match expectation {
            Expectation::Only { principals, groups, question } => {
                // Who may be in one of the groups may be meant.
                let may_be_meant = groups.iter().any(|group| self.open_groups.contains_key(group));
                let (certain, unsure) = self.who_else(question, |principal| {
                    let in_group = |name: &str| {
                        self.users.get(name).is_some_and(|user| {
                            groups.iter().any(|group| user.groups.contains(group))
                        })
                    };
                    match principal {
                        Principal::Root => true,
                        Principal::User(name) if in_group(name) => true,
                        Principal::User(_)
                        | Principal::Role(_)
                        | Principal::Outside(_)
                        | Principal::Service(_)
                        | Principal::Provider(_)
                        | Principal::Named(_)
                        | Principal::Everybody => principals.contains(principal),
                    }
                });
                if may_be_meant {
                    (Vec::new(), certain.into_iter().chain(unsure).collect())
                } else {
                    (certain, unsure)
                }
            }
            Expectation::NobodyOutside(question) => {
                let (certain, mut unsure) = self.who_else(question, Principal::is_inside);
                unsure.extend(self.not_kept(question.action()).iter().map(ToString::to_string));
                (certain, unsure)
            }
            Expectation::MayNot(who, question) => self.who_else(question, |one| one != who),
            Expectation::May(who, question) => {
                let found = self.who_can(question);
                match found.into_iter().find(|one| one.principal == *who).map(|one| one.answer) {
                    Some(Answer::Yes(_)) => Default::default(),
                    Some(Answer::Unknown(unsure)) => {
                        (Vec::new(), vec![format!("unknown: {unsure}")])
                    }
                    Some(Answer::No) | None => {
                        (vec![format!("{who} may not, neither itself nor by a role")], Vec::new())
                    }
                }
            }
            Expectation::CannotReach(from, to) => {
                let reach = self.reach(from);
                let found = match to {
                    None => reach.to_administrator(),
                    Some(to) => reach.to(to),
                };
                let steps = found.map(|found| {
                    found.path.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
                });
                let unsure =
                    reach.unsure.iter().map(|(step, why)| format!("{step}: unknown: {why}"));
                (steps.into_iter().collect(), unsure.collect())
            }
        }
    }

    fn who_else(
        &self,
        question: &Question,
        is_meant: impl Fn(&Principal) -> bool,
    ) -> (Vec<String>, Vec<String>) {
        let mut certain = Vec::new();
        let mut unsure = Vec::new();
        for one in self.who_can(question) {
            if is_meant(&one.principal) {
                continue;
            }
            let roles: String =
                one.through.iter().map(|role| format!(" through role/{role}")).collect();
            let said = format!("{} may{roles}: {}", one.principal, one.answer);
            match one.answer {
                Answer::Yes(_) => certain.push(said),
                Answer::Unknown(_) => unsure.push(said),
                Answer::No => {}
            }
        }
        (certain, unsure)
    }
}
