//! `account report`: everything about an account at once, as a page, as text and as JSON.

mod access;
mod page;
mod picture;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use ram_policy_account::{Account, Map, Principal, Taken};
use ram_policy_model::text::shown::{escaped_lines, shown};
use serde::Serialize;

use self::access::Access;
use super::put;
use super::words::{Doubt, External, Hole, Step, Summary, Way};
use crate::arguments::Format;
use crate::failure::Failure;
use crate::output;
use crate::report::counted;

/// Everything about an account.
#[derive(Debug, Serialize)]
struct Report {
    #[serde(flatten)]
    summary: Summary,
    principals: Vec<Person>,
    /// What principals may do, each once.
    access: Vec<Access>,
    /// From one to the next.
    becomes: Vec<Way>,
    unsure: Vec<Doubt>,
    external: External,
    findings: Vec<Found>,
    /// Everybody who can make himself administrator, and `administrator`.
    #[serde(skip)]
    to_administrator: BTreeSet<String>,
}

/// Most lines of a picture; nobody follows more.
const MOST_LINES: usize = 300;

/// Which ways the picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    All,
    ToAdministrator,
    Nothing,
}

/// A user or a role.
#[derive(Debug, Serialize)]
struct Person {
    principal: String,
    kind: &'static str,
    groups: Vec<String>,
    attached: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_mfa: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_console: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_keys: Option<usize>,
    /// What it may do, by its place in `access`.
    access: Option<usize>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_one_policy: Option<String>,
    holes: Vec<Hole>,
    /// The steps by which it makes itself administrator.
    to_administrator: Option<Vec<Step>>,
}

/// Whom somebody becomes and who becomes him, with the last step.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Around<'r> {
    to: BTreeSet<(&'r str, &'r str)>,
    from: BTreeSet<(&'r str, &'r str)>,
}

/// Something about a document.
#[derive(Debug, Serialize)]
struct Found {
    document: String,
    rule: &'static str,
    level: &'static str,
    line: usize,
    column: usize,
    message: String,
    ram: &'static str,
}

/// Writes the page into a file, or prints the rest.
pub(super) fn report(
    account: &Account,
    html: Option<&Path>,
    force: bool,
    format: Format,
) -> Result<(), Failure> {
    let report = Report::of(account);
    let Some(path) = html else { return put(format, &report) };
    let file = (path.as_os_str() != "-").then_some(path);
    output::document_into(&escaped_lines(&page::write(&report)), file, force)
}

impl Report {
    fn of(account: &Account) -> Self {
        let map = account.map();
        let (access, of_each) = access::of(account);
        let mut principals: Vec<Person> = of_each
            .into_iter()
            .map(|(principal, access)| Person::of(account, &map, &principal, access))
            .collect();
        // Those first whom an auditor asks about first.
        principals.sort_by_cached_key(|one| {
            let steps = one.to_administrator.as_ref().map_or(usize::MAX, Vec::len);
            (steps, one.kind != "user", one.principal.clone())
        });
        let becomes =
            map.becomes.iter().map(|one| Way::between(&one.from, one.to.as_ref(), &one.path));
        let unsure = map.unsure.iter().map(|doubt| Doubt::of(&doubt.0.by, doubt));
        let findings = account.findings().flat_map(|(document, findings)| {
            findings.iter().map(|found| Found {
                document: document.to_owned(),
                rule: found.rule(),
                level: found.level().name(),
                line: found.line(),
                column: found.column(),
                message: found.message().to_owned(),
                ram: found.in_ram(),
            })
        });
        let administrators = map.administrators.keys().map(ToString::to_string);
        Self {
            to_administrator: administrators.chain(["administrator".to_owned()]).collect(),
            summary: Summary::of(account),
            principals,
            access,
            becomes: becomes.collect(),
            unsure: unsure.collect(),
            external: External::of(account),
            findings: findings.collect(),
        }
    }

    /// How many of the principals can make themselves administrator.
    fn administrators(&self) -> usize {
        self.principals.iter().filter(|one| one.to_administrator.is_some()).count()
    }

    /// What the picture shows: all ways, or where these are too many those to administrator, or none.
    fn picture(&self) -> (Shown, Vec<picture::Node>, Vec<picture::Line>) {
        let all: Vec<&Way> = self.becomes.iter().collect();
        let (nodes, lines) = self.picture_of(&all);
        if lines.len() <= MOST_LINES {
            return (Shown::All, nodes, lines);
        }
        let leads = |name: &str| self.to_administrator.contains(name);
        let ways: Vec<&Way> =
            all.into_iter().filter(|way| leads(&way.from) && leads(&way.to)).collect();
        let (nodes, lines) = self.picture_of(&ways);
        if lines.len() <= MOST_LINES {
            return (Shown::ToAdministrator, nodes, lines);
        }
        (Shown::Nothing, Vec::new(), Vec::new())
    }

    /// Principals and some ways between them, those together who have the same ways.
    fn picture_of(&self, ways: &[&Way]) -> (Vec<picture::Node>, Vec<picture::Line>) {
        let kinds: BTreeMap<&str, &'static str> =
            self.principals.iter().map(|one| (one.principal.as_str(), one.kind)).collect();
        let class = |name: &str| match kinds.get(name) {
            Some(kind) => kind,
            None if name == "administrator" => "administrator",
            None => "outside",
        };
        let mut around: BTreeMap<&str, Around<'_>> = BTreeMap::new();
        for way in ways {
            let step = way.steps.last().map_or("", Step::name);
            around.entry(&way.from).or_default().to.insert((&way.to, step));
            around.entry(&way.to).or_default().from.insert((&way.from, step));
        }
        let mut together: BTreeMap<_, Vec<&str>> = BTreeMap::new();
        for (name, around) in &around {
            together.entry((class(name), around)).or_default().push(name);
        }
        // In the order of the first name of each.
        let mut groups: Vec<(&'static str, Vec<&str>)> =
            together.into_iter().map(|((class, _), names)| (class, names)).collect();
        groups.sort_by(|(_, one), (_, other)| one.cmp(other));
        let place: BTreeMap<&str, usize> = groups
            .iter()
            .enumerate()
            .flat_map(|(place, (_, names))| names.iter().map(move |name| (*name, place)))
            .collect();
        let mut lines: BTreeMap<(usize, usize), picture::Line> = BTreeMap::new();
        for way in ways {
            let (Some(from), Some(to)) = (place.get(way.from.as_str()), place.get(way.to.as_str()))
            else {
                continue;
            };
            // Those who become one another and have the same ways are one.
            if from == to {
                continue;
            }
            let line = lines.entry((*from, *to)).or_insert_with(|| picture::Line {
                from: *from,
                to: *to,
                steps: BTreeSet::new(),
                is_shared: false,
            });
            line.steps
                .insert(way.steps.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "));
            line.is_shared |= way.steps.iter().any(|step| !step.is_by(&way.from));
        }
        let node = |(class, names): (&'static str, Vec<&str>)| picture::Node {
            names: names.into_iter().map(str::to_owned).collect(),
            class,
        };
        (groups.into_iter().map(node).collect(), lines.into_values().collect())
    }
}

impl Person {
    fn of(account: &Account, map: &Map, principal: &Principal, access: access::Of) -> Self {
        let user = match principal {
            Principal::User(name) => account.users().find(|(known, _)| known == name),
            Principal::Role(_)
            | Principal::Root
            | Principal::Outside(_)
            | Principal::Service(_)
            | Principal::Provider(_)
            | Principal::Named(_)
            | Principal::Everybody => None,
        };
        let user = user.map(|(_, user)| user);
        let steps = map.administrators.get(principal);
        let steps = steps.map(|path| path.iter().map(|taken: &Taken| Step::of(taken)).collect());
        Self {
            principal: principal.to_string(),
            kind: principal.kind(),
            groups: user.map(|user| user.groups.iter().cloned().collect()).unwrap_or_default(),
            attached: access.attached,
            has_mfa: user.and_then(|user| user.has_mfa),
            has_console: user.and_then(|user| user.has_console),
            access_keys: user.and_then(|user| user.access_keys),
            access: access.place,
            not_one_policy: access.why_not,
            holes: access.holes.iter().map(Hole::of).collect(),
            to_administrator: steps,
        }
    }
}

/// A line for each principal, and what the page has as lists.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.summary)?;
        for one in &self.principals {
            write!(f, "{}:", shown(one.principal.clone()))?;
            match (one.access.and_then(|place| self.access.get(place)), &one.not_one_policy) {
                (Some(access), _) => write!(f, " {access}")?,
                (None, Some(why)) => write!(f, " not one policy: {}", shown(why.clone()))?,
                (None, None) => {}
            }
            if let Some(steps) = &one.to_administrator {
                write!(f, "; administrator in {}", counted(steps.len(), "step", "steps"))?;
            }
            if !one.holes.is_empty() {
                write!(f, "; {} not known", counted(one.holes.len(), "thing", "things"))?;
            }
            writeln!(f)?;
        }
        for line in self.external.lines() {
            writeln!(f, "{line}")?;
        }
        for found in &self.findings {
            let Found { document, rule, level, line, column, message, ram: _ } = found;
            let document = shown(document.clone());
            writeln!(f, "{document}:{line}:{column}: {level}[{rule}]: {}", shown(message.clone()))?;
        }
        Ok(())
    }
}
