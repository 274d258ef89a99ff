//! One request for what is to be left out: most values are needed, and it shows so without a proof.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::document::{Condition, Element, KeyCondition, Statement, Values};
use crate::prove::points::{self, all_points, points_of};
use crate::prove::ranges::Ranges;
use crate::request::owned::OwnedRequest;
use crate::terms::arn::{Arn, Fields};
use crate::terms::family::Family;
use crate::terms::operator::{ConditionOperator, Operator};
use crate::terms::pattern::ResourcePattern;
use crate::text::order;

/// A request that a statement matches by one value of one list, counted as by
/// [`lists`](super::lists::lists), if one is found at once.
pub(super) fn request_for(statement: &Statement, list: usize, item: usize) -> Option<OwnedRequest> {
    let mut number = 0;
    // The value that is asked for, of the list it stands in, else the first.
    let mut place = || {
        number += 1;
        if number == list + 1 { item } else { 0 }
    };
    let mut action = None;
    let mut resource = None;
    let mut context: Vec<(String, Vec<String>)> = Vec::new();
    for element in statement.elements.iter() {
        match element {
            Element::Action(actions) => {
                action = Some(filled(&nth(actions, place())?.text, "x"));
            }
            Element::Resource(resources) => resource = Some(nth(resources, place())?),
            Element::Condition(conditions) => {
                for Condition { operator, keys } in conditions.iter() {
                    let ConditionOperator::Known(operator) = operator else { return None };
                    for key in keys.iter() {
                        let value = value_of(*operator, key, place())?;
                        context
                            .extend(value.map(|value| (key.key.to_string(), Vec::from([value]))));
                    }
                }
            }
            Element::Effect | Element::Sid(_) => {}
            Element::NotAction(_) | Element::Principal(_) => return None,
        }
    }
    let mut action = action?;
    if action == "x" {
        action = "ecs:x".into();
    }
    let code = action.split_once(':').map_or("ecs", |(code, _)| code);
    let mut request = OwnedRequest::new(action.as_str(), arn_of(resource?, code)?);
    order::sort(&mut context);
    context.dedup_by(|left, right| left.0 == right.0);
    request.context = context;
    Some(request)
}

fn nth<T: Clone>(values: &Values<T>, place: usize) -> Option<&T> {
    values.items.get(place)
}

/// The pattern with its wildcards filled in.
fn filled(pattern: &str, filling: &str) -> String {
    pattern.replace('*', filling).replace('?', "x")
}

/// An ARN that the pattern matches.
fn arn_of(pattern: &ResourcePattern, code: &str) -> Option<String> {
    if pattern.fields.is_none() {
        return Some("*".into());
    }
    let wanted = Arn::split(&pattern.text).ok()?;
    let arn = Fields {
        service: filled(wanted.service, code),
        region: filled(wanted.region, "x"),
        account: wanted.account.replace(['*', '?'], "1"),
        relative_id: filled(wanted.relative_id, "x"),
    };
    Some(arn.to_string())
}

/// A value of a key for which the test holds; no value where none is needed. `None` where one is
/// not found at once.
fn value_of(operator: Operator, key: &KeyCondition, place: usize) -> Option<Option<String>> {
    let wanted = key.values.items.get(place)?;
    if operator.negated() {
        return Some(None);
    }
    let family = operator.family();
    if family == Family::String {
        let is_like = operator.is_like();
        return Some(Some(if is_like {
            filled(&wanted.text, "x")
        } else {
            wanted.text.to_string()
        }));
    }
    let asked = Ranges::of(points_of(operator, wanted));
    Some(Some(points::value(family, &all_points(family).and(&asked))?))
}
