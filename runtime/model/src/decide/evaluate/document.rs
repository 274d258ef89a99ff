//! Decides by a document that is made at run time.

use super::names;
use super::truth::{Truth, address, boolean, date, holds, number, text, truth};
use crate::document::{Condition, Document, Element, KeyCondition, Statement};
use crate::request::Request;
use crate::terms::arn::Arn;
use crate::terms::caller::Caller;
use crate::terms::decision::Decision;
use crate::terms::effect::Effect;
use crate::terms::operand::{Meaning, Operand, Value};
use crate::terms::operator::{Comparison, Family, Operator};
use crate::terms::pattern::ResourcePattern;

/// Decides a request by matching every statement's action patterns; for actions the catalogue does
/// not have, and the reference the quicker ways are tested against.
#[must_use]
pub fn evaluate_by_name(document: &Document, request: &Request<'_>) -> Decision {
    let (code, name) = (request.action().code(), request.action().name());
    let covers = |statement: &Statement| {
        statement.actions().is_some_and(|(actions, negated)| {
            actions.items.iter().any(|pattern| pattern.matches(code, name)) != negated
        })
    };
    for effect in [Effect::Deny, Effect::Allow] {
        for (index, statement) in document.statements.iter().enumerate() {
            if statement.effect == effect
                && covers(statement)
                && let Some(decision) = decide(statement, index, request)
            {
                return decision;
            }
        }
    }
    Decision::ImplicitDeny
}

/// Decides whether a caller may assume the role that a trust policy is kept with.
///
/// Every statement of a trust policy is about `sts:AssumeRole`; one about anything else does not
/// match.
#[must_use]
pub fn evaluate_trust(document: &Document, caller: Caller<'_>, request: &Request<'_>) -> Decision {
    for effect in [Effect::Deny, Effect::Allow] {
        for (index, statement) in document.statements.iter().enumerate() {
            if statement.effect == effect
                && let Some(decision) =
                    decision_of(effect, index, trust_matches(statement, caller, request))
            {
                return decision;
            }
        }
    }
    Decision::ImplicitDeny
}

fn trust_matches(statement: &Statement, caller: Caller<'_>, request: &Request<'_>) -> Truth {
    let assumes = statement.actions().is_some_and(|(actions, negated)| {
        actions.items.iter().any(|pattern| pattern.matches("sts", "AssumeRole")) != negated
    });
    let trusted = statement.elements.iter().any(|element| match element {
        Element::Principal(principals) => principals.iter().any(|group| {
            group
                .values
                .items
                .iter()
                .any(|principal| names(statement.effect, group.kind, principal, caller))
        }),
        _ => false,
    });
    if !assumes || !trusted {
        return Truth::No;
    }
    statement.elements.iter().fold(Truth::Yes, |so_far, element| match element {
        Element::Condition(conditions) => so_far.and(conditions_hold(conditions, request)),
        // A trust policy has no resource; one that has is not understood.
        Element::Resource(_) => so_far.and(Truth::Unknown),
        _ => so_far,
    })
}

/// The decision of a statement whose action element covers the request, if the rest matches.
pub(crate) fn decide(
    statement: &Statement,
    index: usize,
    request: &Request<'_>,
) -> Option<Decision> {
    decision_of(statement.effect, index, rest_matches(statement, request))
}

/// What a statement decides that matches, does not, or cannot be known to.
pub(crate) const fn decision_of(effect: Effect, index: usize, matches: Truth) -> Option<Decision> {
    match (effect, matches) {
        (Effect::Allow, Truth::Yes) => Some(Decision::Allow { statement: index }),
        (Effect::Deny, Truth::Yes | Truth::Unknown) => {
            Some(Decision::ExplicitDeny { statement: index })
        }
        _ => None,
    }
}

/// Resource and conditions, all of which must hold.
pub(crate) fn rest_matches(statement: &Statement, request: &Request<'_>) -> Truth {
    let mut result = Truth::Yes;
    for element in statement.elements.iter() {
        let truth = match element {
            Element::Effect | Element::Action(_) | Element::NotAction(_) | Element::Sid(_) => {
                continue;
            }
            Element::Resource(resources) => truth(resources_match(&resources.items, request)),
            // A request says nothing about who is trusted.
            Element::Principal(_) => Truth::Unknown,
            Element::Condition(conditions) => conditions_hold(conditions, request),
        };
        match truth {
            Truth::Yes => {}
            Truth::No => return Truth::No,
            Truth::Unknown => result = Truth::Unknown,
        }
    }
    result
}

/// Whether the resource of a request matches any of these. Apart, so that decisions without them do
/// not prepare for it.
#[inline(never)]
pub(crate) fn resources_match(resources: &[ResourcePattern], request: &Request<'_>) -> bool {
    resources.iter().any(|pattern| resource_matches(pattern, request.resource()))
}

#[inline(always)]
pub(crate) fn resource_matches(pattern: &ResourcePattern, arn: Arn<'_>) -> bool {
    // What tells most resources apart comes first, and no field is looked up before it is needed.
    let Some([service, region, account, relative_id]) = &pattern.fields else { return true };
    let text = &*pattern.text;
    relative_id.matches(text, arn.relative_id)
        && service.matches(text, arn.service)
        && region.matches(text, arn.region)
        && account.matches(text, arn.account)
}

/// Operators are ANDed, and so are the keys of one operator.
#[inline(never)]
pub(crate) fn conditions_hold(conditions: &[Condition], request: &Request<'_>) -> Truth {
    let mut result = Truth::Yes;
    for condition in conditions {
        for key in condition.keys.iter() {
            match key_holds(condition.operator, key, request) {
                Truth::Yes => {}
                Truth::No => return Truth::No,
                Truth::Unknown => result = Truth::Unknown,
            }
        }
    }
    result
}

#[inline(always)]
pub(crate) fn key_holds(
    operator: Operator,
    condition: &KeyCondition,
    request: &Request<'_>,
) -> Truth {
    let wanted = &*condition.values.items;
    let values = request.values(&condition.key);
    holds(values, operator.negated(), |given| any_matches(operator, wanted, given), |any| any)
}

/// Whether a value matches any of those wanted; `None` where one of them has not the form the
/// operator asks for: a value of the policy that has not compares with nothing.
#[inline]
fn any_matches(operator: Operator, wanted: &[Operand], given: &Value<'_>) -> Option<bool> {
    if wanted.iter().any(|operand| matches!(operand.meaning, Meaning::Invalid)) {
        return None;
    }
    let comparison = operator.comparison();
    let mut wanted = wanted.iter();
    Some(match operator.family() {
        Family::String => {
            let given = text(given)?;
            wanted.any(|operand| text_matches(comparison, operand, given))
        }
        Family::Number => {
            let given = number(given)?;
            wanted.any(|operand| match operand.meaning {
                Meaning::Number(wanted) => compare(comparison, given, wanted),
                _ => false,
            })
        }
        Family::Date => {
            let given = date(given)?;
            wanted.any(|operand| match operand.meaning {
                Meaning::Date(wanted) => compare(comparison, given, wanted),
                _ => false,
            })
        }
        Family::Boolean => {
            let given = boolean(given)?;
            wanted.any(
                |operand| matches!(operand.meaning, Meaning::Boolean(wanted) if wanted == given),
            )
        }
        Family::Ip => {
            let given = address(given)?;
            wanted.any(|operand| match &operand.meaning {
                Meaning::Block(block) => block.contains(given),
                _ => false,
            })
        }
    })
}

#[inline]
pub(crate) fn text_matches(comparison: Comparison, wanted: &Operand, given: &str) -> bool {
    match (&wanted.meaning, comparison) {
        (Meaning::Pattern(pattern), _) => pattern.matches(&wanted.text, given),
        (_, Comparison::EqualIgnoreCase) => given.eq_ignore_ascii_case(&wanted.text),
        _ => given == wanted.text,
    }
}

#[inline]
fn compare<T: Ord>(comparison: Comparison, given: T, wanted: T) -> bool {
    match comparison {
        Comparison::Less => given < wanted,
        Comparison::LessOrEqual => given <= wanted,
        Comparison::Greater => given > wanted,
        Comparison::GreaterOrEqual => given >= wanted,
        Comparison::Equal | Comparison::EqualIgnoreCase | Comparison::Like => given == wanted,
    }
}
