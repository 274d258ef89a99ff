//! Statements without what says nothing and what their own lists cover.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::cell::Cell;

use crate::document::{Condition, Element, KeyCondition, Statement, Values};
use crate::terms::arn::Arn;
use crate::terms::cover::{MOST_COMPARISONS, Normal, all_cover};
use crate::terms::pattern::{ActionPattern, ResourcePattern};

/// The statement without what says nothing and what is covered within its own lists.
pub(super) fn tidy(statement: &Statement) -> Statement {
    let of_action = |action: &ActionPattern| Some(key_of_action(&action.text));
    let elements = statement.elements.iter().filter_map(|element| {
        Some(match element {
            Element::Action(actions) => Element::Action(shortest(actions, of_action)),
            Element::NotAction(actions) => Element::NotAction(shortest(actions, of_action)),
            Element::Resource(resources) => Element::Resource(shortest(resources, key_of_resource)),
            Element::Condition(conditions) => {
                let conditions: Vec<Condition> = conditions.iter().map(tidy_condition).collect();
                if conditions.iter().all(|condition| condition.keys.is_empty()) {
                    return None;
                }
                Element::Condition(Cow::Owned(conditions))
            }
            Element::Sid(_) => return None,
            Element::Effect | Element::Principal(_) => element.clone(),
        })
    });
    Statement { effect: statement.effect, elements: elements.collect() }
}

fn tidy_condition(condition: &Condition) -> Condition {
    let keys = condition.keys.iter().map(|key| {
        let mut seen = BTreeSet::new();
        let once = key.values.items.iter().filter(|value| seen.insert(&*value.text));
        KeyCondition { key: key.key.clone(), values: Values::plain(once.cloned().collect()) }
    });
    Condition { operator: condition.operator, keys: keys.collect() }
}

/// The values that no other one covers; of two that cover each other the first. `key` gives the
/// fields by which they are compared, none for what covers all.
fn shortest<T: Clone>(values: &Values<T>, key: impl Fn(&T) -> Option<Vec<Normal>>) -> Values<T> {
    let keys: Vec<Option<Vec<Normal>>> = values.items.iter().map(key).collect();
    let mut seen: BTreeSet<&[Normal]> = BTreeSet::new();
    // What is written twice, or with other stars, stays where it stands first.
    let is_first: Vec<bool> =
        keys.iter().map(|key| key.as_deref().is_none_or(|key| seen.insert(key))).collect();
    let first = || {
        let keys = keys.iter().zip(&is_first).enumerate();
        keys.filter_map(|(place, (key, is_first))| {
            is_first.then_some(key.as_deref()?).map(|key| (place, key))
        })
    };
    let wide: Vec<(usize, &[Normal])> =
        first().filter(|(_, key)| key.is_empty() || key.iter().any(Normal::is_wild)).collect();
    let left = Cell::new(MOST_COMPARISONS);
    let is_needed = |place: usize, key: &[Normal]| {
        // What there is no time to compare stays.
        let Some(after) = left.get().checked_sub(wide.len()) else { return true };
        left.set(after);
        !wide.iter().any(|(other, wide)| {
            *other != place && all_cover(wide, key) && (*other < place || !all_cover(key, wide))
        })
    };
    let items = values.items.iter().zip(keys.iter().zip(&is_first)).enumerate();
    let needed = items.filter(|(place, (_, (key, is_first)))| {
        **is_first && key.as_deref().is_none_or(|key| is_needed(*place, key))
    });
    Values::plain(needed.map(|(_, (item, _))| item.clone()).collect())
}

/// Code and name, each by itself.
fn key_of_action(text: &str) -> Vec<Normal> {
    let (code, name) = text.split_once(':').unwrap_or((text, text));
    Vec::from([code, name].map(|part| Normal::of(part, true)))
}

/// `None` for what is no ARN and covers nothing.
fn key_of_resource(resource: &ResourcePattern) -> Option<Vec<Normal>> {
    if resource.fields.is_none() {
        return Some(Vec::new());
    }
    let fields = Arn::split(&resource.text).ok()?.map(|field| Normal::of(field, false));
    Some(fields.into_array().into())
}
