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
pub mod context;
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

use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::hole;
use crate::source::syntax::{ElementKind, Statement};
use crate::terms::effect::Effect;
use crate::text::suggest;
use context::Check;
use shape::{Comparisons, Shape};

impl<L: Copy> Check<'_, L> {
    /// Every mistake of the policy but its length, behind what reading it has found.
    #[must_use]
    pub fn report(mut self) -> Report<L> {
        if hole::all_known(self.policy) {
            self.known();
        } else {
            self.open();
        }
        self.report
    }

    /// Checks a policy without holes.
    fn known(&mut self) {
        let policy = self.policy;
        self.parameters();
        if policy.statements.is_empty() && policy.includes.is_empty() && !policy.broken {
            self.report.add(policy.at, Rule::EmptyList, "the policy has no statement");
        }
        let mut needy = Vec::new();
        for statement in &policy.statements {
            self.elements(statement);
            if self.kind.rules().has_principals {
                self.trust(statement);
                continue;
            }
            let coverage = self.actions(statement);
            self.resources(statement, &coverage);
            self.conditions(statement, &coverage);
            self.spelling(&coverage);
            self.width(statement, &coverage);
            self.escalation(statement, &coverage);
            self.meaning(statement, &coverage);
            self.repetition(statement);
            if statement.effect() == Some(Effect::Allow) {
                needy.extend(dependents::needy(&coverage));
            }
        }
        self.dependents(&needy);
        self.characters();
        let shapes: Vec<Option<Shape<'_, L>>> = policy.statements.iter().map(Shape::of).collect();
        let comparisons = Comparisons::new();
        self.repeated_statements(&shapes, &comparisons);
        self.reach(&shapes, &comparisons);
    }

    /// Reports missing and doubled elements; the typed form can double them too.
    fn elements(&mut self, statement: &Statement<L>) {
        let (kind, report) = (self.kind, &mut self.report);
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
                        let message = "a trust policy has no `Resource`, it is about the role it is kept with";
                        report.add(element.at, Rule::UnknownElement, message);
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
}

/// "did you mean" for one name that may be there.
fn did_you_mean(name: Option<&str>) -> alloc::string::String {
    suggest::did_you_mean(name.as_slice())
}
