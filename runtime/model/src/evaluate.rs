//! Decides a request (RAM: How RAM evaluates policies). Nothing here allocates.
//!
//! Where something cannot be known, because a value does not have the form its operator asks for,
//! an `Allow` statement does not match and a `Deny` statement does.

use core::net::IpAddr;
use core::str::FromStr;

use crate::arn::{self, Arn};
use crate::caller::Caller;
use crate::decision::Decision;
use crate::glob::Pattern;
use crate::lowered::{
    Condition, Document, Effect, Element, KeyCondition, Meaning, Operand, PrincipalKind,
    ResourcePattern, Statement,
};
use crate::operand::{Date, Number, parse_address, parse_boolean};
use crate::operator::{Comparison, Family, Operator};
use crate::request::{Request, Value};

/// Whether something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// A value does not have the form its operator asks for.
    Unknown,
}

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

/// Whether a principal of a trust policy is the caller, or its whole account. The documents spell
/// role names in either case, so a denial ignores it.
#[must_use]
pub fn names(effect: Effect, kind: PrincipalKind, principal: &str, caller: Caller<'_>) -> bool {
    match kind {
        PrincipalKind::Service => {
            return matches!(caller, Caller::Service { principal: asks } if asks == principal);
        }
        PrincipalKind::Federated => {
            return matches!(caller, Caller::Federated { provider } if provider == principal);
        }
        PrincipalKind::Ram => {}
    }
    let Ok(ranges) = arn::split(principal) else { return false };
    let [service, region, account, id] = ranges.map(|range| principal.get(range).unwrap_or(""));
    if service != "ram" || !region.is_empty() || caller.account() != Some(account) {
        return false;
    }
    match caller {
        _ if id == "root" => true,
        Caller::User { name, .. } => id.strip_prefix("user/") == Some(name),
        Caller::Role { name, .. } => id.strip_prefix("role/").is_some_and(|role| {
            role == name || (effect == Effect::Deny && role.eq_ignore_ascii_case(name))
        }),
        _ => false,
    }
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

impl Truth {
    /// Both must hold; what cannot be known stays so unless the other does not hold.
    #[inline]
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Yes, Self::Yes) => Self::Yes,
        }
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

#[inline]
const fn truth(holds: bool) -> Truth {
    if holds { Truth::Yes } else { Truth::No }
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

/// Whether an ARN matches, field by field.
#[inline]
#[must_use]
pub fn arn_matches(arn: Arn<'_>, fields: [Pattern<'_>; 4]) -> bool {
    let [service, region, account, relative_id] = fields;
    relative_id.matches(arn.relative_id)
        && service.matches(arn.service)
        && region.matches(arn.region)
        && account.matches(arn.account)
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

/// Whether a condition on one key holds: the one place that knows what a missing key, several
/// values and a malformed value mean.
///
/// `read` gives a value in the form the operator asks for, `test` compares it with what is wanted.
/// A positive operator needs one value of the request to match; a negated one needs none to, so it
/// also holds when the key is missing.
#[inline(always)]
pub fn holds<'r, T>(
    values: impl Iterator<Item = &'r Value<'r>>,
    negated: bool,
    read: impl Fn(&'r Value<'r>) -> Option<T>,
    test: impl Fn(T) -> bool,
) -> Truth {
    let mut any = truth(negated);
    for value in values {
        match read(value).map(&test) {
            Some(true) => return truth(!negated),
            Some(false) => {}
            None => any = Truth::Unknown,
        }
    }
    any
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

// Typed values are looked at first and in line; reading one from text is rare and out of line.

/// A value as text.
#[inline(always)]
#[must_use]
pub fn text<'a>(value: &Value<'a>) -> Option<&'a str> {
    match value {
        Value::Text(text) => Some(text),
        Value::Number(_, text) | Value::Date(_, text) | Value::Ip(_, text) => *text,
        Value::Boolean(true) => Some("true"),
        Value::Boolean(false) => Some("false"),
    }
}

/// A value as a number.
#[inline(always)]
#[must_use]
pub fn number(value: &Value<'_>) -> Option<Number> {
    match value {
        Value::Number(number, _) => Some(*number),
        Value::Text(text) => read(text),
        _ => None,
    }
}

/// A value as an instant.
#[inline(always)]
#[must_use]
pub fn date(value: &Value<'_>) -> Option<Date> {
    match value {
        Value::Date(date, _) => Some(*date),
        Value::Text(text) => read(text),
        _ => None,
    }
}

/// A value as a Boolean.
#[inline(always)]
#[must_use]
pub fn boolean(value: &Value<'_>) -> Option<bool> {
    match value {
        Value::Boolean(boolean) => Some(*boolean),
        Value::Text(text) => parse_boolean(text).ok(),
        _ => None,
    }
}

/// A value as an address.
#[inline(always)]
#[must_use]
pub fn address(value: &Value<'_>) -> Option<IpAddr> {
    match value {
        Value::Ip(address, _) => Some(*address),
        Value::Text(text) => parse_address(text).ok(),
        _ => None,
    }
}

#[inline(never)]
fn read<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}
