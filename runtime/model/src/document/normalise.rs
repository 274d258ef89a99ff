//! One stable form of a statement.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::{Condition, Element, KeyCondition, Statement, Values};
use crate::text::order;

impl Statement {
    /// The statement with its elements in one order, and lists sorted and without duplicates.
    #[must_use]
    pub fn normalised(&self) -> Self {
        let mut elements: Vec<Element> = self
            .elements
            .iter()
            .filter_map(|element| {
                Some(match element {
                    Element::Action(actions) => {
                        Element::Action(sorted(actions, |action| &action.text))
                    }
                    Element::NotAction(actions) => {
                        Element::NotAction(sorted(actions, |action| &action.text))
                    }
                    Element::Resource(resources) => {
                        Element::Resource(sorted(resources, |resource| &resource.text))
                    }
                    Element::Condition(conditions) if conditions.is_empty() => return None,
                    Element::Condition(conditions) => {
                        let mut conditions: Vec<Condition> =
                            conditions.iter().map(sorted_condition).collect();
                        order::sort_by(&mut conditions, |left, right| {
                            left.operator.name().cmp(right.operator.name())
                        });
                        Element::Condition(Cow::Owned(conditions))
                    }
                    other @ (Element::Effect | Element::Principal(_) | Element::Sid(_)) => {
                        other.clone()
                    }
                })
            })
            .collect();
        order::sort_by(&mut elements, |left, right| rank(left).cmp(&rank(right)));
        Self { effect: self.effect, elements: Cow::Owned(elements) }
    }
}

const fn rank(element: &Element) -> u8 {
    match element {
        Element::Sid(_) => 0,
        Element::Effect => 1,
        Element::Action(_) | Element::NotAction(_) => 2,
        Element::Principal(_) => 3,
        Element::Resource(_) => 4,
        Element::Condition(_) => 5,
    }
}

fn sorted_condition(condition: &Condition) -> Condition {
    let mut keys: Vec<KeyCondition> = condition
        .keys
        .iter()
        .map(|key| KeyCondition {
            key: key.key.clone(),
            values: sorted(&key.values, |operand| &operand.text),
        })
        .collect();
    order::sort_by(&mut keys, |left, right| left.key.cmp(&right.key));
    Condition { operator: condition.operator, keys: Cow::Owned(keys) }
}

fn sorted<T: Clone>(values: &Values<T>, text: impl Fn(&T) -> &str) -> Values<T> {
    let mut items = values.items.to_vec();
    order::sort_by(&mut items, |left, right| text(left).cmp(text(right)));
    items.dedup_by(|left, right| text(left) == text(right));
    Values::plain(items)
}
