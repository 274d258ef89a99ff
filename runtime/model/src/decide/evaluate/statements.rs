//! Which statements of a document match a request, and what they decide together.

use super::names;
use super::truth::{Truth, holds, truth};
use crate::document::{Condition, Document, Element, KeyCondition, Principal, Statement};
use crate::request::Request;
use crate::terms::arn::{Arn, Fields};
use crate::terms::caller::Caller;
use crate::terms::decision::Decision;
use crate::terms::effect::Effect;
use crate::terms::operand::any_matches;
use crate::terms::operator::{ConditionOperator, Operator};
use crate::terms::pattern::ResourcePattern;
use crate::terms::principal::{ASSUME_ROLE, PrincipalKind, SESSION_ACTIONS};

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
/// A statement that is about something else than `sts:AssumeRole`, see [`assumes`], does not match.
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

/// Whether a statement of a trust policy is about assuming the role: not where it names only what a
/// session is given along. RAM's documents have no other action there, no pattern and no
/// `NotAction`, so that it is not known for these.
#[must_use]
pub fn assumes(statement: &Statement) -> Truth {
    let Some((actions, negated)) = statement.actions() else { return Truth::No };
    if negated {
        return Truth::Unknown;
    }
    let names = |names: &[&str]| {
        let is_it = |text: &str| names.iter().any(|name| text.eq_ignore_ascii_case(name));
        actions.items.iter().filter(|action| is_it(&action.text)).count()
    };
    if names(&[ASSUME_ROLE]) > 0 {
        Truth::Yes
    } else if names(&SESSION_ACTIONS) == actions.items.len() {
        Truth::No
    } else {
        Truth::Unknown
    }
}

/// Whether a caller is one of the principals of a statement; what is not known denies and does not
/// allow.
pub(crate) fn trusts(statement: &Statement, group: &Principal, caller: Caller<'_>) -> bool {
    let effect = statement.effect;
    group.values.items.iter().any(|principal| {
        names(effect, group.kind, principal, caller)
            && (effect == Effect::Deny || names_its_source(statement, group.kind, principal))
    })
}

/// Whether a statement that trusts an identity provider says where its assertions are sent, or who
/// issues its tokens, which RAM's documents require (RAM: Create a RAM role for a trusted IdP).
#[must_use]
pub fn names_its_source(statement: &Statement, kind: PrincipalKind, principal: &str) -> bool {
    let needed = match kind {
        PrincipalKind::Ram | PrincipalKind::Service => return true,
        PrincipalKind::Federated if principal.contains(":saml-provider/") => "saml:recipient",
        PrincipalKind::Federated => "oidc:iss",
    };
    statement.conditions().any(|condition| {
        condition.operator == ConditionOperator::Known(Operator::StringEquals)
            && condition.keys.iter().any(|key| key.key == needed)
    })
}

fn trust_matches(statement: &Statement, caller: Caller<'_>, request: &Request<'_>) -> Truth {
    let assumes = assumes(statement);
    let trusted = statement.principals().any(|group| trusts(statement, group, caller));
    if assumes == Truth::No || !trusted {
        return Truth::No;
    }
    statement.elements.iter().fold(assumes, |so_far, element| match element {
        Element::Condition(conditions) => so_far.and(conditions_hold(conditions, request)),
        // A trust policy has no resource; one that has is not understood.
        Element::Resource(_) => so_far.and(Truth::Unknown),
        Element::Effect
        | Element::Action(_)
        | Element::NotAction(_)
        | Element::Principal(_)
        | Element::Sid(_) => so_far,
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
    let Some(Fields { service, region, account, relative_id }) = &pattern.fields else {
        return true;
    };
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
            let truth = match condition.operator {
                ConditionOperator::Known(operator) => key_holds(operator, key, request),
                ConditionOperator::OfSet(..) => Truth::Unknown,
            };
            match truth {
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
