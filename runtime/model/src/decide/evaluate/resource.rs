//! What a policy that is kept with a resource says about who asks.

use super::listed::{names_by_type, names_listed, names_nobody};
use super::statements::{conditions_hold, decision_of, resources_match};
use super::truth::{Truth, truth};
use crate::document::{Document, Element, Principals, Statement};
use crate::request::Request;
use crate::terms::caller::Asker;
use crate::terms::decision::Decision;
use crate::terms::effect::Effect;
use crate::terms::kind::ResourceKind;

/// Decides by a policy that is kept with a resource; `owns` says whether the account of who asks owns
/// the resource.
#[must_use]
pub fn evaluate_kept(
    kind: ResourceKind,
    document: &Document,
    asker: Asker<'_>,
    owns: bool,
    request: &Request<'_>,
) -> Decision {
    for effect in [Effect::Deny, Effect::Allow] {
        for (index, statement) in document.statements.iter().enumerate() {
            if statement.effect == effect
                && let Some(decision) =
                    decision_of(effect, index, kept_matches(kind, statement, asker, owns, request))
            {
                return decision;
            }
        }
    }
    Decision::ImplicitDeny
}

fn kept_matches(
    kind: ResourceKind,
    statement: &Statement,
    asker: Asker<'_>,
    owns: bool,
    request: &Request<'_>,
) -> Truth {
    let (code, name) = (request.action().code(), request.action().name());
    let covers = statement.actions().is_some_and(|(actions, negated)| {
        actions.items.iter().any(|pattern| pattern.matches(code, name)) != negated
    });
    let has_effect = statement.effect == Effect::Deny || kind.has_effect(owns, code, name);
    if !covers || !has_effect {
        return Truth::No;
    }
    let named = named(kind, statement, asker, owns);
    statement.elements.iter().fold(named, |so_far, element| match element {
        Element::Resource(resources) => {
            so_far.and(truth(resources_match(&resources.items, request)))
        }
        Element::Condition(conditions) => so_far.and(conditions_hold(conditions, request)),
        Element::Effect
        | Element::Action(_)
        | Element::NotAction(_)
        | Element::Principal(_)
        | Element::Sid(_) => so_far,
    })
}

/// Whether a statement of a policy that is kept with a resource names who asks.
#[must_use]
pub fn named(kind: ResourceKind, statement: &Statement, asker: Asker<'_>, owns: bool) -> Truth {
    let is_unconditional = statement.conditions().next().is_none();
    let mut principals = statement.elements.iter().filter_map(|element| {
        if let Element::Principal(principals) = element { Some(principals) } else { None }
    });
    match principals.next() {
        None => names_nobody(kind, asker, owns, is_unconditional),
        Some(Principals::Listed(values)) => {
            let texts = values.items.iter().map(|text| &**text);
            names_listed(kind, texts, asker, owns, is_unconditional)
        }
        Some(Principals::ByType(groups)) => {
            let texts = groups
                .iter()
                .flat_map(|group| group.values.items.iter().map(move |text| (group.kind, &**text)));
            names_by_type(kind, texts, asker)
        }
    }
}
