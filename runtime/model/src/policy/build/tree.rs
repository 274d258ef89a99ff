//! The syntax tree of what is built, in which a place is a part of the builder.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{KeyValues, PolicyBuilder, StatementBuilder};
use crate::report::diagnostic::Report;
use crate::source::from_json::{duplicate, empty_list};
use crate::source::syntax::{
    Condition, Element, ElementKind, KeyCondition, Policy, Statement, Values,
};
use crate::terms::layout::{Layout, Shape};
use crate::terms::operator::ConditionOperator;
use crate::text::place::Text;
use crate::text::shown::shown;

/// A part of a builder; parts are in the order of the document that is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    /// `None` for all statements together.
    statement: Option<usize>,
    member: Member,
    /// One of several values.
    item: Option<usize>,
}

/// A part of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Member {
    Whole,
    Effect,
    Actions,
    Resources,
    Conditions,
    /// An operator, or one of its keys.
    Tested {
        operator: usize,
        key: Option<usize>,
    },
}

impl PolicyBuilder {
    /// The policy as it was built, whether right or wrong; `report` gets what no tree can say.
    pub(super) fn tree(&self, report: &mut Report<Part>) -> Policy<Part> {
        let statements = self.statements.iter().enumerate();
        Policy {
            at: Part { statement: None, member: Member::Whole, item: None },
            layout: Layout::VersionFirst,
            parameters: Vec::new(),
            unlisted: Vec::new(),
            statements: statements.map(|(index, one)| one.tree(index, report)).collect(),
            includes: Vec::new(),
            broken: false,
        }
    }

    /// The path of a part in the document that is built.
    pub(super) fn path(&self, part: Part) -> String {
        let statement = part.statement.and_then(|index| self.statements.get(index));
        let (Some(index), Some(statement)) = (part.statement, statement) else {
            return "Statement".into();
        };
        let mut path = format!("Statement[{index}]");
        match part.member {
            Member::Whole => {}
            Member::Effect => path.push_str(".Effect"),
            Member::Actions => path.push_str(&format!(".{}", statement.element_of_actions())),
            Member::Resources => path.push_str(".Resource"),
            Member::Conditions => path.push_str(".Condition"),
            Member::Tested { operator, key } => {
                path.push_str(".Condition");
                if let Some((operator, keys)) = statement.conditions.get(operator) {
                    path.push_str(&format!(".{}", operator.name()));
                    let key = key.and_then(|key| keys.get(key));
                    path.extend(key.map(|(key, _)| format!(".{key}")));
                }
            }
        }
        path.extend(part.item.map(|item| format!("[{item}]")));
        shown(path)
    }
}

impl StatementBuilder {
    const fn element_of_actions(&self) -> &'static str {
        if self.negated { "NotAction" } else { "Action" }
    }

    fn tree(&self, index: usize, report: &mut Report<Part>) -> Statement<Part> {
        let part = |member| Part { statement: Some(index), member, item: None };
        let of = |member, kind| Element { at: part(member), kind };
        let actions =
            values(self.element_of_actions(), &self.actions, part(Member::Actions), report);
        let actions = actions.map(|actions| {
            if self.negated {
                ElementKind::NotAction(actions)
            } else {
                ElementKind::Action(actions)
            }
        });
        let resources = values("Resource", &self.resources, part(Member::Resources), report);
        // A list without values has been reported; its element is not called missing.
        let broken = actions.is_none() || resources.is_none();
        let mut elements = Vec::from([of(Member::Effect, ElementKind::Effect(self.effect))]);
        elements.extend(actions.map(|actions| of(Member::Actions, actions)));
        let resources = resources.map(ElementKind::Resource);
        elements.extend(resources.map(|resources| of(Member::Resources, resources)));
        if !self.conditions.is_empty() {
            let conditions = self.conditions.iter().enumerate();
            let conditions = conditions.map(|(operator, (name, keys))| {
                condition((*name, keys), |key| part(Member::Tested { operator, key }), report)
            });
            let conditions = ElementKind::Condition(conditions.collect());
            elements.push(of(Member::Conditions, conditions));
        }
        Statement { at: part(Member::Whole), elements, broken, selections: Vec::new() }
    }
}

fn condition(
    (operator, keys): (ConditionOperator, &[KeyValues]),
    part: impl Fn(Option<usize>) -> Part,
    report: &mut Report<Part>,
) -> Condition<Part> {
    let mut tests = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, (key, texts)) in keys.iter().enumerate() {
        let at = part(Some(index));
        let name = Text::new(key.clone(), at);
        if !seen.insert(key) {
            duplicate(&name, report);
        } else if let Some(values) = values(key, texts, at, report) {
            tests.push(KeyCondition { key: name, values });
        }
    }
    Condition { operator: Text::new(operator.name().into(), part(None)), sign: None, keys: tests }
}

/// One value as such, several as a list; none are reported.
fn values(
    name: &str,
    texts: &[String],
    at: Part,
    report: &mut Report<Part>,
) -> Option<Values<Part>> {
    if texts.is_empty() {
        empty_list(name, at, report);
        return None;
    }
    let shape = Shape::of(texts.len());
    let place = |index| match shape {
        Shape::One => at,
        Shape::Many => Part { item: Some(index), ..at },
    };
    let items = texts.iter().enumerate();
    let items = items.map(|(index, text)| Text::new(text.clone(), place(index))).collect();
    Some(Values { at, shape, items })
}
