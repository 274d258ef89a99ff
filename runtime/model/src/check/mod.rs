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
mod kept;
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
use crate::source::dialect::{self, Language};
use crate::source::hole;
use crate::source::syntax::{ElementKind, Principals, Statement};
use crate::terms::effect::Effect;
use crate::terms::kind::{About, PolicyKind};
use crate::terms::layout::Shape;
use crate::text::suggest;
use context::Check;
use shape::{Comparisons, Shape as Covered};

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
            if self.is_of_another_language(statement) {
                continue;
            }
            self.elements(statement);
            match self.kind {
                PolicyKind::Trust => {
                    self.trust(statement);
                    continue;
                }
                PolicyKind::Resource(kind) => self.kept(statement, kind),
                PolicyKind::Identity
                | PolicyKind::Inline
                | PolicyKind::Session
                | PolicyKind::Control => {}
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
        let shapes: Vec<Option<Covered<'_, L>>> =
            policy.statements.iter().map(Covered::of).collect();
        let comparisons = Comparisons::new();
        self.repeated_statements(&shapes, &comparisons);
        // What is kept with a resource denies what other policies allow, and others allow beside it.
        if !self.kind.asks_who() {
            self.reach(&shapes, &comparisons);
        }
    }

    /// Reports a statement in a language that this kind of policy does not have; whether it is one.
    fn is_of_another_language(&mut self, statement: &Statement<L>) -> bool {
        let Some((at, language)) = dialect::other(statement) else { return false };
        let takes_it = match self.kind.rules().about {
            About::Kept(_) => !language.is_foreign(),
            About::Resources | About::Role => false,
        };
        if !takes_it {
            let name = language.name();
            let message = match language {
                Language::MaxCompute => {
                    format!("this is {name}, whose ARNs have four fields, not a policy of RAM")
                }
                Language::BucketOrEndpoint => format!(
                    "this is {name}, which look alike; say which by its kind, `bucket` or `endpoint`"
                ),
                Language::Of(_) | Language::OfSomeResource | Language::Stack => {
                    format!("this is {name}, not a policy of RAM: it says who may use a resource")
                }
            };
            self.report.add(at, Rule::OtherDialect, message);
        }
        !takes_it
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
            match &element.kind {
                ElementKind::Principal(principals) => match (kind.rules().about, principals) {
                    (About::Resources, _) => {
                        let message = format!(
                            "{} has no `Principal`, it belongs in the trust policy of a role",
                            kind.rules().name
                        );
                        report.add(element.at, Rule::UnknownElement, message);
                    }
                    (About::Role, Principals::Listed(values)) => {
                        let found = match values.shape {
                            Shape::One => "a text",
                            Shape::Many => "a list",
                        };
                        let message = format!(
                            "`Principal` is an object, not {found} (in `trust_policy!`: `by ram`, `by service` or `by federated`)"
                        );
                        report.add(values.at, Rule::WrongType, message);
                    }
                    (About::Role, Principals::ByType(_)) | (About::Kept(_), _) => {}
                },
                ElementKind::Resource(_) => match kind.rules().about {
                    About::Role => {
                        let message = "a trust policy has no `Resource`, it is about the role it is kept with";
                        report.add(element.at, Rule::UnknownElement, message);
                    }
                    About::Resources | About::Kept(_) => {}
                },
                ElementKind::Sid(_) => match kind.rules().about {
                    About::Kept(rules) if rules.has_sid => {}
                    About::Resources | About::Role | About::Kept(_) => report.add(
                        element.at,
                        Rule::Sid,
                        "a statement has no `Sid` in RAM's grammar, leave it out",
                    ),
                },
                ElementKind::NotAction(_) => match kind.rules().about {
                    About::Kept(rules) if !rules.has_not_action => {
                        let message = format!("{} has no `NotAction`", kind.rules().name);
                        report.add(element.at, Rule::UnknownElement, message);
                    }
                    About::Resources | About::Role | About::Kept(_) => {}
                },
                ElementKind::Effect(_)
                | ElementKind::Action(_)
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
        let (who, on) = match kind.rules().about {
            About::Resources => (None, Some("policy!")),
            About::Role => (Some("says who may assume the role (in `trust_policy!`: `by`)"), None),
            About::Kept(rules) if rules.may_name_nobody => (None, Some("resource_policy!")),
            About::Kept(_) => {
                let who = "says who may use the resource (in `resource_policy!`: `by`)";
                (Some(who), Some("resource_policy!"))
            }
        };
        if let Some(who) = who.filter(|_| missing(&["Principal"])) {
            let message = format!("the statement has no `Principal`, which {who}");
            report.add(statement.at, Rule::MissingElement, message);
        }
        if let Some(on) = on.filter(|_| missing(&["Resource"])) {
            let message =
                format!("the statement has no `Resource`; `*` is all of them (in `{on}`: `on *`)");
            report.add(statement.at, Rule::MissingElement, message);
        }
    }
}

/// "did you mean" for one name that may be there.
fn did_you_mean(name: Option<&str>) -> alloc::string::String {
    suggest::did_you_mean(name.as_slice())
}
