//! What is found about an account, as text and as JSON.

use std::collections::BTreeMap;
use std::fmt;

use ram_policy_account::{Account, Answer, Effective, Principal, Question, Reached, Taken, Unsure};
use ram_policy_model::text::shown::shown;
use serde::Serialize;

use crate::describe::matrix;
use crate::failure::Failure;
use crate::report::counted;

/// What there is, and what is not known.
#[derive(Debug, Serialize)]
pub(super) struct Summary {
    account: String,
    users: usize,
    groups: usize,
    roles: usize,
    policies: usize,
    holes: Vec<Hole>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Hole {
    what: String,
    why: String,
}

/// The hole, on one line.
impl fmt::Display for Hole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", shown(self.what.clone()), shown(self.why.clone()))
    }
}

impl Hole {
    pub(super) fn of(hole: &ram_policy_account::Hole) -> Self {
        Self { what: hole.what.clone(), why: hole.why.clone() }
    }
}

impl Summary {
    pub(super) fn of(account: &Account) -> Self {
        Self {
            account: account.id().to_owned(),
            users: account.users().count(),
            groups: account.groups().count(),
            roles: account.roles().count(),
            policies: account.policy_count(),
            holes: account.holes().iter().map(Hole::of).collect(),
        }
    }

    /// The account's number.
    pub(super) fn account(&self) -> &str {
        &self.account
    }

    /// What is not known.
    pub(super) fn holes(&self) -> &[Hole] {
        &self.holes
    }

    /// How many there are of each.
    pub(super) fn counts(&self) -> String {
        let counts = [
            counted(self.users, "user", "users"),
            counted(self.groups, "group", "groups"),
            counted(self.roles, "role", "roles"),
            counted(self.policies, "policy", "policies"),
        ];
        counts.join(", ")
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "account {}: {}", shown(self.account.clone()), self.counts())?;
        write_holes(f, &self.holes)
    }
}

/// Who may be missing from a list of principals.
fn unlisted(account: &Account) -> Vec<Hole> {
    account.unlisted().iter().map(Hole::of).collect()
}

/// A line for each of them.
fn write_holes(f: &mut fmt::Formatter<'_>, holes: &[Hole]) -> fmt::Result {
    holes.iter().try_for_each(|hole| writeln!(f, "not known: {hole}"))
}

/// An answer.
#[derive(Debug, Serialize)]
struct Said {
    /// `Yes`, `No` or `Unknown`.
    answer: &'static str,
    /// The policy that allows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    /// A request that is allowed; of `Unknown`, as far as is known.
    request: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    holes: Vec<Hole>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip)]
    in_words: String,
}

impl Said {
    fn of(answer: &Answer) -> Self {
        let json = |request: &ram_policy_model::OwnedRequest| {
            serde_json::from_str(&request.to_json()).ok()
        };
        let in_words = shown(answer.to_string());
        let nothing = Self {
            answer: "No",
            policy: None,
            statement: None,
            group: None,
            request: None,
            holes: Vec::new(),
            reason: None,
            in_words,
        };
        match answer {
            Answer::No => nothing,
            Answer::Yes(grant) => Self {
                answer: "Yes",
                policy: grant.policy.as_ref().map(ToString::to_string),
                statement: grant.statement,
                group: grant.group.clone(),
                request: json(&grant.request),
                ..nothing
            },
            Answer::Unknown(unsure) => Self {
                answer: "Unknown",
                request: unsure.request.as_ref().and_then(json),
                holes: unsure.holes.iter().map(Hole::of).collect(),
                reason: unsure.reason.as_ref().map(ToString::to_string),
                ..nothing
            },
        }
    }
}

/// Who can do something.
#[derive(Debug, Serialize)]
pub(super) struct WhoCan {
    question: String,
    principals: Vec<Who>,
    holes: Vec<Hole>,
}

#[derive(Debug, Serialize)]
struct Who {
    principal: String,
    kind: &'static str,
    /// The roles that it assumes first.
    through: Vec<String>,
    #[serde(flatten)]
    said: Said,
}

impl WhoCan {
    pub(super) fn of(account: &Account, question: &Question) -> Self {
        let who = |one: &ram_policy_account::WhoCan| Who {
            principal: one.principal.to_string(),
            kind: one.principal.kind(),
            through: one.through.clone(),
            said: Said::of(&one.answer),
        };
        let principals = account.who_can(question).iter().map(who).collect();
        let not_kept = account.not_kept(question.action());
        let holes = unlisted(account).into_iter().chain(not_kept.iter().map(Hole::of));
        Self { question: question.to_string(), principals, holes: holes.collect() }
    }
}

impl fmt::Display for WhoCan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for who in &self.principals {
            write!(f, "{}", shown(who.principal.clone()))?;
            for role in &who.through {
                write!(f, " -> role/{}", shown(role.clone()))?;
            }
            writeln!(f, ": {}", who.said.in_words)?;
        }
        write_holes(f, &self.holes)
    }
}

/// What somebody may do.
#[derive(Debug, Serialize)]
pub(super) struct Can {
    policy: serde_json::Value,
    holes: Vec<Hole>,
}

impl Can {
    pub(super) fn of(effective: &Effective) -> Result<Self, Failure> {
        let policy = serde_json::from_str(&effective.policy.to_json())?;
        Ok(Self { policy, holes: effective.holes.iter().map(Hole::of).collect() })
    }
}

/// How many actions of each service one may do, by access level.
#[derive(Debug, Serialize)]
pub(super) struct ByLevel {
    services: Vec<matrix::Row>,
    holes: Vec<Hole>,
}

impl ByLevel {
    pub(super) fn of(effective: &Effective) -> Self {
        let services = matrix::of(&effective.policy.document()).rows;
        Self { services, holes: effective.holes.iter().map(Hole::of).collect() }
    }
}

/// `oss: list 2 of 40, get 3 of 100 (2 limited)`.
impl fmt::Display for ByLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.services {
            write!(f, "{}:", row.service)?;
            let cells = row.cells.iter().filter(|cell| cell.allowed > 0);
            for (place, cell) in cells.enumerate() {
                let comma = if place == 0 { "" } else { "," };
                write!(f, "{comma} {} {} of {}", cell.access, cell.allowed, cell.known)?;
                if cell.limited > 0 {
                    write!(f, " ({} limited)", cell.limited)?;
                }
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// Ways from one principal to another.
#[derive(Debug, Serialize)]
pub(super) struct Ways {
    ways: Vec<Way>,
    unsure: Vec<Doubt>,
    holes: Vec<Hole>,
}

/// That somebody becomes somebody else.
#[derive(Debug, Serialize)]
pub(super) struct Way {
    pub(super) from: String,
    /// `administrator` for who may do everything.
    pub(super) to: String,
    pub(super) steps: Vec<Step>,
}

#[derive(Debug, Serialize)]
pub(super) struct Step {
    by: String,
    step: &'static str,
    target: String,
    words: &'static str,
    source: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct Doubt {
    from: String,
    step: Step,
    holes: Vec<Hole>,
    #[serde(skip)]
    in_words: String,
}

impl Step {
    /// Its name, as `access_key`.
    pub(super) const fn name(&self) -> &'static str {
        self.step
    }

    /// Whether this principal takes it.
    pub(super) fn is_by(&self, principal: &str) -> bool {
        self.by == principal
    }

    pub(super) fn of(taken: &Taken) -> Self {
        Self {
            by: taken.by.to_string(),
            step: taken.step.name,
            target: taken.target.clone(),
            words: taken.step.words,
            source: taken.step.source,
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { by, words, target, .. } = self;
        write!(f, "{}: {words} ({})", shown(by.clone()), shown(target.clone()))
    }
}

/// The step and what it depends on.
impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.step, self.in_words)
    }
}

impl Doubt {
    pub(super) fn of(from: &Principal, (taken, unsure): &(Taken, Unsure)) -> Self {
        Self {
            from: from.to_string(),
            step: Step::of(taken),
            holes: unsure.holes.iter().map(Hole::of).collect(),
            in_words: shown(unsure.to_string()),
        }
    }
}

impl Way {
    /// From one to another, or to an administrator.
    pub(super) fn between(from: &Principal, to: Option<&Principal>, path: &[Taken]) -> Self {
        Self {
            from: from.to_string(),
            to: to.map_or_else(|| "administrator".to_owned(), ToString::to_string),
            steps: path.iter().map(Step::of).collect(),
        }
    }

    fn of(from: &Principal, reached: &Reached, to: Option<&Principal>) -> Self {
        Self::between(from, to.or(reached.principal.as_ref()), &reached.path)
    }
}

impl Ways {
    pub(super) fn of(
        from: &Principal,
        to: Option<&Principal>,
        to_administrator: bool,
        account: &Account,
    ) -> Self {
        let reach = &account.reach(from);
        let ways: Vec<Way> = match (to, to_administrator) {
            (Some(to), _) => {
                reach.to(to).map(|found| Way::of(from, found, Some(to))).into_iter().collect()
            }
            (None, true) => reach
                .to_administrator()
                .map(|found| Way::of(from, found, None))
                .into_iter()
                .collect(),
            (None, false) => reach.reached.iter().map(|found| Way::of(from, found, None)).collect(),
        };
        let unsure = reach.unsure.iter().map(|doubt| Doubt::of(from, doubt)).collect();
        Self { ways, unsure, holes: unlisted(account) }
    }

    pub(super) fn to_administrator(account: &Account) -> Self {
        let found = account.ways_to_administrator();
        let ways = found.iter().filter_map(|(from, reach)| {
            reach.to_administrator().map(|way| Way::of(from, way, None))
        });
        let open = found.iter().filter(|(_, reach)| reach.to_administrator().is_none());
        let unsure = open
            .flat_map(|(from, reach)| reach.unsure.iter().map(move |doubt| Doubt::of(from, doubt)));
        Self { ways: ways.collect(), unsure: unsure.collect(), holes: unlisted(account) }
    }
}

impl fmt::Display for Ways {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for way in &self.ways {
            let steps = counted(way.steps.len(), "step", "steps");
            writeln!(
                f,
                "{} becomes {} in {steps}",
                shown(way.from.clone()),
                shown(way.to.clone())
            )?;
            for step in &way.steps {
                writeln!(f, "  {step}")?;
            }
        }
        for doubt in &self.unsure {
            writeln!(f, "unknown: {doubt}")?;
        }
        write_holes(f, &self.holes)
    }
}

/// Roles that trust somebody outside.
#[derive(Debug, Serialize)]
pub(super) struct External {
    trusted: Vec<Trusted>,
    holes: Vec<Hole>,
}

#[derive(Debug, Serialize)]
struct Trusted {
    principal: String,
    kind: &'static str,
    opened: String,
    conditional: bool,
    #[serde(flatten)]
    said: Said,
}

impl External {
    pub(super) fn of(account: &Account) -> Self {
        let found = account.external();
        let trusted = found.iter().map(|one| Trusted {
            principal: one.principal.to_string(),
            kind: one.principal.kind(),
            opened: one.opened.to_string(),
            conditional: one.is_conditional,
            said: Said::of(&one.answer),
        });
        let not_kept = account.not_kept("*");
        let holes = unlisted(account).into_iter().chain(not_kept.iter().map(Hole::of));
        Self { trusted: trusted.collect(), holes: holes.collect() }
    }

    /// The same by who is trusted, each with the words before it.
    pub(super) fn by_principal(&self) -> BTreeMap<String, Vec<String>> {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for one in &self.trusted {
            let conditions = one.conditions();
            let who = format!("{} {} {conditions}", one.kind, shown(one.principal.clone()));
            found.entry(who).or_default().push(one.to_string());
        }
        found
    }

    /// A line for each role and each whom it trusts.
    pub(super) fn lines(&self) -> Vec<String> {
        self.trusted.iter().map(ToString::to_string).collect()
    }
}

impl Trusted {
    const fn conditions(&self) -> &'static str {
        if self.conditional { "under conditions" } else { "without conditions" }
    }
}

impl fmt::Display for Trusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let conditions = self.conditions();
        let kind = if self.kind == "account" { "" } else { self.kind };
        let space = if kind.is_empty() { "" } else { " " };
        write!(
            f,
            "{} trusts {kind}{space}{} {conditions}",
            shown(self.opened.clone()),
            shown(self.principal.clone())
        )?;
        if self.said.answer == "Unknown" {
            write!(f, ", {}", self.said.in_words)?;
        }
        Ok(())
    }
}

impl fmt::Display for External {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.trusted.iter().try_for_each(|one| writeln!(f, "{one}"))?;
        write_holes(f, &self.holes)
    }
}

/// Who can do what they could not.
#[derive(Debug, Serialize)]
pub(super) struct Diff {
    more: Vec<More>,
    holes: Vec<Hole>,
}

#[derive(Debug, Serialize)]
struct More {
    principal: String,
    #[serde(flatten)]
    said: Said,
}

impl Diff {
    pub(super) fn of(account: &Account, old: &Account) -> Self {
        let found = account.more_than(old);
        let more = found.iter().map(|(principal, answer)| More {
            principal: principal.to_string(),
            said: Said::of(answer),
        });
        Self { more: more.collect(), holes: unlisted(account) }
    }
}

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for one in &self.more {
            write!(f, "{} can do more: {}", shown(one.principal.clone()), one.said.in_words)?;
            match &one.said.request {
                Some(request) => writeln!(f, ", as {}", shown(request.to_string()))?,
                None => writeln!(f)?,
            }
        }
        write_holes(f, &self.holes)
    }
}
