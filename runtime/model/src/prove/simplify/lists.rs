//! The lists of a statement, by number: actions, resources, the values of each condition key.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use crate::document::{Condition, Element, KeyCondition, List, Statement, Values};
use crate::terms::operand::Operand;
use crate::terms::operator::ConditionOperator;
use crate::terms::pattern::{ActionPattern, ResourcePattern};

/// A list of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::prove) struct ListOf {
    /// How many values it has.
    pub(in crate::prove) length: usize,
    /// Whether any one of its values is enough, so that two statements with a part each are the
    /// statement with all.
    pub(in crate::prove) is_any: bool,
    /// The characters of its values, minified.
    pub(in crate::prove) characters: usize,
}

impl ListOf {
    fn new<'t>(is_any: bool, texts: impl Iterator<Item = &'t str>) -> Self {
        let (mut length, mut characters) = (0, 0);
        for text in texts {
            length += 1;
            // Quotes and a comma.
            characters += text.chars().count() + 3;
        }
        Self { length, is_any, characters }
    }
}

/// The lists of a statement in the order of their numbers.
pub(in crate::prove) fn lists(statement: &Statement) -> Vec<ListOf> {
    let mut found = Vec::new();
    for element in statement.elements.iter() {
        match element {
            Element::Action(actions) => {
                found.push(ListOf::new(true, actions.items.iter().map(|item| &*item.text)));
            }
            Element::NotAction(actions) => {
                found.push(ListOf::new(false, actions.items.iter().map(|item| &*item.text)));
            }
            Element::Resource(resources) => {
                found.push(ListOf::new(true, resources.items.iter().map(|item| &*item.text)));
            }
            Element::Condition(conditions) => {
                for condition in conditions.iter() {
                    let is_any = match condition.operator {
                        ConditionOperator::Known(operator) => !operator.negated(),
                        ConditionOperator::OfSet(..) => false,
                    };
                    found.extend(condition.keys.iter().map(|key| {
                        ListOf::new(is_any, key.values.items.iter().map(|item| &*item.text))
                    }));
                }
            }
            Element::Effect | Element::Principal(_) | Element::Sid(_) => {}
        }
    }
    found
}

/// The statement with those values of one list, counted as by [`lists`], that are kept.
pub(in crate::prove) fn keeping(
    statement: &Statement,
    list: usize,
    keeps: impl Fn(usize) -> bool,
) -> Statement {
    let mut number = 0;
    let mut is_at = || {
        number += 1;
        number == list + 1
    };
    let elements = statement.elements.iter().map(|element| match element {
        Element::Action(actions) if is_at() => {
            Element::Action(kept::<ActionPattern>(actions, &keeps))
        }
        Element::NotAction(actions) if is_at() => Element::NotAction(kept(actions, &keeps)),
        Element::Resource(resources) if is_at() => {
            Element::Resource(kept::<ResourcePattern>(resources, &keeps))
        }
        Element::Condition(conditions) => {
            let of_key = |key: &KeyCondition, is_it: bool| KeyCondition {
                key: key.key.clone(),
                values: if is_it {
                    kept::<Operand>(&key.values, &keeps)
                } else {
                    key.values.clone()
                },
            };
            let conditions: List<Condition> = conditions
                .iter()
                .map(|condition| Condition {
                    operator: condition.operator,
                    keys: condition.keys.iter().map(|key| of_key(key, is_at())).collect(),
                })
                .collect();
            Element::Condition(conditions)
        }
        other @ (Element::Effect
        | Element::Action(_)
        | Element::NotAction(_)
        | Element::Resource(_)
        | Element::Principal(_)
        | Element::Sid(_)) => other.clone(),
    });
    Statement { effect: statement.effect, elements: elements.collect() }
}

fn kept<T: Clone>(values: &Values<T>, keeps: &impl Fn(usize) -> bool) -> Values<T> {
    let items = values.items.iter().enumerate().filter(|(place, _)| keeps(*place));
    Values::plain(items.map(|(_, item)| item.clone()).collect())
}

/// The condition keys of statements, each once.
pub(super) fn keys(statements: &[Statement]) -> BTreeSet<&str> {
    let conditions = statements.iter().flat_map(Statement::conditions);
    conditions.flat_map(|condition| condition.keys.iter()).map(|key| &*key.key).collect()
}

/// The keys of conditions that a statement has.
pub(super) fn tests(statement: &Statement) -> usize {
    statement.conditions().map(|condition| condition.keys.len()).sum()
}

/// The statement without one key of its conditions, and without what that leaves empty.
pub(super) fn without_test(statement: &Statement, test: usize) -> Statement {
    let mut number = 0;
    let mut is_other = |_: &&KeyCondition| {
        number += 1;
        number != test + 1
    };
    let elements = statement.elements.iter().filter_map(|element| {
        let Element::Condition(conditions) = element else { return Some(element.clone()) };
        let left: List<Condition> = conditions
            .iter()
            .map(|condition| Condition {
                operator: condition.operator,
                keys: condition.keys.iter().filter(&mut is_other).cloned().collect(),
            })
            .filter(|condition| !condition.keys.is_empty())
            .collect();
        (!left.is_empty()).then_some(Element::Condition(left))
    });
    Statement { effect: statement.effect, elements: elements.collect() }
}
