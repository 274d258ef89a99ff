//! Checks the requests that a claim asks about, as the parts of a policy are checked.

use alloc::{format, vec::Vec};

use super::action::Coverage;
use super::context::Check;
use crate::catalogue::additions::Additions;
use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::claim::{Asked, Given};
use crate::source::syntax::{Element, ElementKind, Policy, Statement, Values};
use crate::terms::arn::Arn;
use crate::terms::kind::PolicyKind;
use crate::terms::layout::{Layout, Shape};
use crate::terms::operand::{OperandError, Value};

/// Finds what no request has: an unknown action, a malformed ARN, a key that cannot exist, a value that
/// is not of its key's type.
#[must_use]
pub fn asked<L: Copy>(asked: &Asked<L>, additions: &Additions) -> Report<L> {
    let at = asked.resource.at;
    let no_policy = Policy {
        at,
        layout: Layout::VersionFirst,
        parameters: Vec::new(),
        unlisted: asked.unlisted.clone(),
        statements: Vec::new(),
        includes: Vec::new(),
        broken: false,
    };
    let mut check = Check::new(&no_policy, PolicyKind::Identity, additions, Report::default());
    check.asked_actions(asked);
    let resource = &asked.resource;
    if resource.value != "*"
        && let Err(error) = Arn::parse(&resource.value)
    {
        let message = format!("`{}` is not an ARN: {error}", resource.value);
        check.report.add(resource.at, Rule::MalformedArn, message);
    }
    for given in &asked.given {
        check.given(given);
    }
    check.report
}

impl<L: Copy> Check<'_, L> {
    fn asked_actions(&mut self, asked: &Asked<L>) {
        let at = asked.resource.at;
        let (patterns, named): (Vec<_>, Vec<_>) =
            asked.actions.iter().cloned().partition(|action| action.value.contains(['*', '?']));
        for pattern in patterns {
            let message = format!("a request is for one action, `{}` is a pattern", pattern.value);
            self.report.add(pattern.at, Rule::MalformedAction, message);
        }
        let values = Values { at, shape: Shape::Many, items: named };
        let elements = [Element { at, kind: ElementKind::Action(values) }].into();
        self.actions(&Statement { at, elements, broken: false, selections: Vec::new() });
    }

    /// Checks the values of a key.
    fn given(&mut self, given: &Given<L>) {
        let Some(known) = self.key(&given.key, &Coverage::of_anything()) else { return };
        for value in &given.values {
            let text = value.value.as_str();
            let Err(error) = Value::read(known.value_type, text) else { continue };
            let message = if error == OperandError::Ip {
                // A request comes from one address, whatever the blocks of policies are.
                format!("`{text}` is not an IP address, as `10.0.0.1`")
            } else {
                format!("`{text}` is {error}")
            };
            self.report.add(value.at, Rule::InvalidValue, message);
        }
    }
}
