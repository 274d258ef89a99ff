//! The one checker: a syntax tree against RAM's grammar and the catalogue. Imports the folders up to
//! `source`.
//!
//! Every mistake is reported, each at its own place. Nothing is reported that RAM's documents
//! leave open.

mod action;
mod asked;
mod character;
pub mod checker;
mod condition;
mod dependents;
pub(crate) mod escalation;
mod filling;
mod meaning;
mod open;
mod parameter;
mod reach;
mod repetition;
mod resource;
pub mod role;
mod shape;
mod slip;
mod spelling;
mod trust;
mod width;

use alloc::{format, vec::Vec};

pub use action::EVERYTHING;
pub use asked::asked;
pub use trust::malformed_service;

use crate::catalogue::additions::Additions;
use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::hole;
use crate::source::syntax::{ElementKind, Policy, Statement};
use crate::terms::effect::Effect;
use crate::terms::kind::PolicyKind;
use crate::text::suggest;
use action::Finder;
use shape::{Comparisons, Shape};

/// Reports every mistake of a policy but its length.
pub fn check<L: Copy>(
    policy: &Policy<L>,
    kind: PolicyKind,
    additions: &Additions,
    report: &mut Report<L>,
) {
    if hole::all_known(policy) {
        known(policy, kind, additions, report);
    } else {
        open::check(policy, kind, additions, report);
    }
}

/// Checks a policy without holes.
fn known<L: Copy>(
    policy: &Policy<L>,
    kind: PolicyKind,
    additions: &Additions,
    report: &mut Report<L>,
) {
    parameter::check(policy, report);
    if policy.statements.is_empty() && !policy.broken {
        report.add(policy.at, Rule::EmptyList, "the policy has no statement");
    }
    let mut needy = Vec::new();
    let finder = Finder::of(policy);
    for statement in &policy.statements {
        elements(statement, kind, report);
        if kind.rules().has_principals {
            trust::check(policy, statement, additions, report);
            continue;
        }
        let coverage = action::check(policy, statement, additions, finder.clone(), report);
        resource::check(policy, statement, additions, &coverage, report);
        condition::check(policy, statement, additions, &coverage, report);
        spelling::check(&coverage, report);
        width::check(statement, kind, &coverage, report);
        escalation::check(statement, kind, &coverage, report);
        meaning::check(statement, &coverage, report);
        repetition::check(statement, report);
        if statement.effect() == Some(Effect::Allow) {
            needy.extend(dependents::needy(&coverage));
        }
    }
    dependents::check(policy, kind, &needy, report);
    character::check(policy, report);
    let shapes: Vec<Option<Shape<'_, L>>> = policy.statements.iter().map(Shape::of).collect();
    let comparisons = Comparisons::new();
    repetition::check_statements(&shapes, &comparisons, report);
    reach::check(&shapes, &comparisons, report);
}

/// Reports missing and doubled elements; the typed form can double them too.
fn elements<L: Copy>(statement: &Statement<L>, kind: PolicyKind, report: &mut Report<L>) {
    let mut seen: Vec<&str> = Vec::new();
    for element in &statement.elements {
        let name = element.kind.name();
        if seen.contains(&name) {
            report.add(
                element.at,
                Rule::DuplicateElement,
                format!("the statement has `{name}` twice"),
            );
        } else if matches!(name, "Action" | "NotAction")
            && (seen.contains(&"Action") || seen.contains(&"NotAction"))
        {
            report.add(
                element.at,
                Rule::TwoActionElements,
                "the statement has both `Action` and `NotAction`, keep one",
            );
        }
        seen.push(name);
        match element.kind {
            ElementKind::Principal(_) => {
                if !kind.rules().has_principals {
                    let message = format!(
                        "{} has no `Principal`, it belongs in the trust policy of a role",
                        kind.rules().name
                    );
                    report.add(element.at, Rule::UnknownElement, message);
                }
            }
            ElementKind::Resource(_) => {
                if kind.rules().has_principals {
                    report.add(
                        element.at,
                        Rule::UnknownElement,
                        "a trust policy has no `Resource`, it is about the role it is kept with",
                    );
                }
            }
            ElementKind::Sid(_) => report.add(
                element.at,
                Rule::Sid,
                "a statement has no `Sid` in RAM's grammar, leave it out",
            ),
            ElementKind::Effect(_)
            | ElementKind::Action(_)
            | ElementKind::NotAction(_)
            | ElementKind::Condition(_)
            | ElementKind::Hole(..) => {}
        }
    }
    if statement.broken {
        return;
    }
    let missing = |names: &[&str]| !names.iter().any(|name| seen.contains(name));
    if missing(&["Effect"]) {
        report.add(
            statement.at,
            Rule::MissingElement,
            "the statement has no `Effect`, say `Allow` or `Deny`",
        );
    }
    if missing(&["Action", "NotAction"]) {
        report.add(
            statement.at,
            Rule::MissingElement,
            "the statement has neither `Action` nor `NotAction`",
        );
    }
    if kind.rules().has_principals {
        if missing(&["Principal"]) {
            report.add(
                statement.at,
                Rule::MissingElement,
                "the statement has no `Principal`, say who may assume the role",
            );
        }
    } else if missing(&["Resource"]) {
        report.add(
            statement.at,
            Rule::MissingElement,
            "the statement has no `Resource`, say `*` if all are meant",
        );
    }
}

/// "did you mean" for one name that may be there.
fn did_you_mean(name: Option<&str>) -> alloc::string::String {
    suggest::did_you_mean(name.as_slice())
}
