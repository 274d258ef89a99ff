//! Statements without what says nothing and what their own lists cover.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::lists::values_of;
use crate::document::{Condition, Element, KeyCondition, Statement, Values};
use crate::terms::arn;
use crate::terms::cover::{covers, covers_ignore_case};
use crate::terms::pattern::ResourcePattern;

/// The statement without what says nothing and what is covered within its own lists.
pub(super) fn tidy(statement: &Statement) -> Statement {
    let elements = statement.elements.iter().filter_map(|element| {
        Some(match element {
            Element::Action(actions) => Element::Action(shortest(actions, |wide, narrow| {
                covers_action(&wide.text, &narrow.text)
            })),
            Element::NotAction(actions) => Element::NotAction(shortest(actions, |wide, narrow| {
                covers_action(&wide.text, &narrow.text)
            })),
            Element::Resource(resources) => Element::Resource(shortest(resources, covers_resource)),
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
    let keys = condition.keys.iter().map(|key| KeyCondition {
        key: key.key.clone(),
        values: shortest(&key.values, |wide, narrow| wide.text == narrow.text),
    });
    Condition { operator: condition.operator, keys: keys.collect() }
}

/// The values that no other one covers; of two that cover each other the first.
fn shortest<T: Clone>(values: &Values<T>, covers: impl Fn(&T, &T) -> bool) -> Values<T> {
    let items = values.items.iter().enumerate();
    let needed = items.clone().filter(|(place, item)| {
        !items.clone().any(|(other, wide)| {
            other != *place && covers(wide, item) && (other < *place || !covers(item, wide))
        })
    });
    values_of(needed.map(|(_, item)| item.clone()).collect())
}

/// Whether one action covers another, code and name each by itself.
fn covers_action(wide: &str, narrow: &str) -> bool {
    let parts = |text| str::split_once(text, ':').unwrap_or((text, text));
    let (wide, narrow) = (parts(wide), parts(narrow));
    let [code, name] = [(wide.0, narrow.0), (wide.1, narrow.1)].map(|(wide, narrow)| {
        wide.eq_ignore_ascii_case(narrow)
            || (wide.contains(['*', '?']) && covers_ignore_case(wide, narrow))
    });
    code && name
}

fn covers_resource(wide: &ResourcePattern, narrow: &ResourcePattern) -> bool {
    if wide.text == narrow.text || wide.fields.is_none() {
        return true;
    }
    let (Ok(wides), Ok(narrows)) = (arn::split(&wide.text), arn::split(&narrow.text)) else {
        return false;
    };
    wides.into_iter().zip(narrows).all(|(of_wide, of_narrow)| {
        covers(wide.text.get(of_wide).unwrap_or(""), narrow.text.get(of_narrow).unwrap_or(""))
    })
}
