//! Checks embedded policies by the library's checker; every finding gets its place in the file.

use ram_policy_model::compile::{self, Judged};
use ram_policy_model::diagnostic::{Diagnostic, Report, shown};
use ram_policy_model::json::{TextRange, Value};
use ram_policy_model::level::Levels;
use ram_policy_model::lowered::{Document, PolicyKind};
use ram_policy_model::rule::Rule;
use ram_policy_model::syntax::{Policy, Text};
use ram_policy_model::{Checker, Level, document, import};

use ram_policy_read::place::Place;

use crate::claims::{self, Held};
use crate::read::{Embedded, Tree, Typed, rust};

/// Something about a policy, with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) rule: Rule,
    pub(crate) level: Level,
    pub(crate) message: String,
    /// Path in the document; empty for the whole of it and for what is no JSON.
    pub(crate) path: String,
    pub(crate) at: TextRange,
}

/// A policy that was checked.
#[derive(Debug)]
pub(crate) struct Checked {
    /// What the file calls it.
    pub(crate) name: String,
    /// What it was checked as.
    pub(crate) kind: PolicyKind,
    /// Where it begins in the file.
    pub(crate) at: TextRange,
    /// In the order of the file.
    pub(crate) found: Vec<Found>,
    /// The policy, unless RAM would refuse it.
    pub(crate) document: Option<Document>,
    /// Values that are only known when something else runs.
    pub(crate) open: usize,
}

/// Checks a policy as the kind that was asked for, that the file says it is, or that it looks like.
pub(crate) fn judge(embedded: Embedded, asked: Option<PolicyKind>, checker: &Checker) -> Checked {
    let Embedded { name, kind, tree, may_be_part, open, places } = embedded;
    let kind = asked.or(kind);
    let mut checked = match tree {
        Tree::Json(value) => of_value(value, kind, may_be_part, &open, checker),
        Tree::NotJson(error) => not_json(&error, kind),
        Tree::Typed(typed) => of_macro(*typed, kind, checker),
    };
    for found in &mut checked.found {
        found.at = places.of(found.at);
    }
    checked.at = places.of(checked.at);
    checked.found.sort_by_key(|found| found.at);
    Checked { name, open: open.len(), ..checked }
}

fn of_value(
    value: Value<TextRange>,
    kind: Option<PolicyKind>,
    may_be_part: bool,
    open: &[TextRange],
    checker: &Checker,
) -> Checked {
    let at = value.at;
    let mut report = Report::default();
    let mut policy = document::read(value.clone(), &mut report);
    let vouched = |action: &String| Text::new(action.clone(), policy.at);
    policy.unlisted.extend(checker.unlisted_actions().iter().map(vouched).collect::<Vec<_>>());
    if !may_be_part {
        document::require_whole(&policy, &mut report);
    }
    let kind = kind.unwrap_or_else(|| guess(&policy));
    let Judged { document, told } = compile::judge(&policy, kind, checker, report);
    let mut open = open.to_vec();
    open.sort_unstable();
    // None of them is in another.
    let inside = |at: TextRange| {
        let behind = open.partition_point(|open| open.start <= at.start);
        let last = behind.checked_sub(1).and_then(|index| open.get(index));
        last.is_some_and(|open| at.end <= open.end)
    };
    let found = told
        .into_iter()
        .filter(|diagnostic| !inside(diagnostic.at))
        .map(|diagnostic| {
            let path = import::path(&value, diagnostic.at);
            Found { path, ..found(diagnostic, |at| at, checker.levels()) }
        })
        .collect();
    Checked { name: String::new(), kind, at, found, document, open: 0 }
}

/// A macro in Rust source, at the levels its attributes set and those asked for over them.
fn of_macro(typed: Typed, kind: Option<PolicyKind>, checker: &Checker) -> Checked {
    let levels = typed.levels(checker.levels());
    let at = rust::range(typed.at);
    let kind = kind.unwrap_or(PolicyKind::Identity);
    let mut claimed = Vec::new();
    let (document, told) = match typed.policy {
        Some(mut policy) => {
            let vouched = |action: &String| Text::new(action.clone(), policy.at);
            let vouched: Vec<Text<Place>> =
                checker.unlisted_actions().iter().map(vouched).collect();
            policy.unlisted.extend(vouched);
            let Judged { document, told } = compile::judge(
                &policy,
                kind,
                &checker.clone().with_levels(levels.clone()),
                typed.report,
            );
            if kind != PolicyKind::Trust {
                let claims = &typed.claims;
                let held = Held { document: document.as_ref(), levels: &levels, checker };
                claimed = claims::hold(claims, typed.folder.as_deref(), &held);
            }
            (document, told)
        }
        None => (None, typed.report.at_levels(&levels).0),
    };
    let told = told.into_iter().chain(claimed);
    let found = told.map(|told| found(told, rust::range, &levels)).collect();
    Checked { name: String::new(), kind, at, found, document, open: 0 }
}

/// A finding without a path.
fn found<L>(diagnostic: Diagnostic<L>, range: impl Fn(L) -> TextRange, levels: &Levels) -> Found {
    Found {
        rule: diagnostic.rule,
        level: levels.level(diagnostic.rule),
        message: diagnostic.message,
        path: String::new(),
        at: range(diagnostic.at),
    }
}

fn not_json(error: &Text<TextRange>, kind: Option<PolicyKind>) -> Checked {
    let found = Found {
        rule: Rule::Syntax,
        level: Level::Error,
        message: shown(error.value.clone()),
        path: String::new(),
        at: error.at,
    };
    let kind = kind.unwrap_or(PolicyKind::Identity);
    Checked { name: String::new(), kind, at: error.at, found: vec![found], document: None, open: 0 }
}

/// A document with principals and without resources is a trust policy.
fn guess<L>(policy: &Policy<L>) -> PolicyKind {
    let has_principal =
        policy.statements.iter().any(|statement| statement.principals().next().is_some());
    let has_resource = policy.statements.iter().any(|statement| statement.resources().is_some());
    if has_principal && !has_resource { PolicyKind::Trust } else { PolicyKind::Identity }
}
