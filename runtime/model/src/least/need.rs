//! What requests need, put together into statements.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::wildcards;
use crate::catalogue::{self, ActionId, KeyType};
use crate::classify;
use crate::condition_key::{self, Verdict};
use crate::lowered::{
    Condition, Effect, Element, KeyCondition, Meaning, Operand, Shape, Statement, Values,
};
use crate::operator::Operator;

/// What a request needs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Need {
    /// In the catalogue's spelling, where it has the action.
    pub(super) action: String,
    pub(super) row: Option<ActionId>,
    pub(super) resource: String,
    /// Sorted.
    pub(super) tests: Vec<Test>,
}

/// A test of a condition key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Test {
    operator: Operator,
    key: String,
    values: Vec<String>,
}

impl Test {
    /// The tests of a statement.
    pub(super) fn all_of(statement: &Statement) -> Vec<Self> {
        let conditions = statement.elements.iter().filter_map(|element| match element {
            Element::Condition(conditions) => Some(conditions),
            _ => None,
        });
        conditions
            .flat_map(|conditions| conditions.iter())
            .flat_map(|condition| {
                condition.keys.iter().map(|key| Self {
                    operator: condition.operator,
                    key: key.key.to_string(),
                    values: key.values.items.iter().map(|item| item.text.to_string()).collect(),
                })
            })
            .collect()
    }

    /// That a key has one of these values.
    pub(super) fn equal(key: &str, values: &[String]) -> Self {
        let known = match condition_key::judge(key) {
            Verdict::Known(known) => known.value_type,
            _ => KeyType::Unknown,
        };
        let operator = match known {
            KeyType::String | KeyType::Unknown => Operator::StringEquals,
            KeyType::Number => Operator::NumericEquals,
            KeyType::Date => Operator::DateEquals,
            KeyType::Boolean => Operator::Bool,
            KeyType::Ip => Operator::IpAddress,
        };
        let values: BTreeSet<&String> = values.iter().collect();
        Self { operator, key: key.into(), values: values.into_iter().cloned().collect() }
    }

    /// Whether both test the same key by the same operator.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        (self.operator, &self.key) == (other.operator, &other.key)
    }
}

/// Actions by name, with the numbers of those that the catalogue has.
type Actions<'n> = BTreeSet<(&'n str, Option<ActionId>)>;

/// The statements that allow what is needed and no more: first actions that share resource and
/// conditions are put together, then resources that share actions and conditions.
pub(super) fn statements(needs: &BTreeSet<Need>, has_wildcards: bool) -> Vec<Statement> {
    let mut by_resource: BTreeMap<(&[Test], &str), Actions<'_>> = BTreeMap::new();
    for need in needs {
        let actions = by_resource.entry((&need.tests, &need.resource)).or_default();
        actions.insert((&need.action, need.row));
    }
    let mut by_actions: BTreeMap<(Actions<'_>, &[Test]), BTreeSet<&str>> = BTreeMap::new();
    for ((tests, resource), actions) in by_resource {
        by_actions.entry((actions, tests)).or_default().insert(resource);
    }
    by_actions
        .into_iter()
        .map(|((actions, tests), resources)| {
            let actions = if has_wildcards { wildcards_of(&actions) } else { names_of(&actions) };
            let resources: Vec<String> = resources.into_iter().map(String::from).collect();
            statement(actions, resources, tests)
        })
        .collect()
}

fn names_of(actions: &Actions<'_>) -> Vec<String> {
    actions.iter().map(|(name, _)| String::from(*name)).collect()
}

fn wildcards_of(actions: &Actions<'_>) -> Vec<String> {
    let mut ids: Vec<ActionId> = actions.iter().filter_map(|(_, id)| *id).collect();
    ids.sort_unstable();
    let rows: Vec<_> = ids.into_iter().filter_map(catalogue::action).collect();
    let mut patterns = wildcards::fewest(&rows).patterns;
    let others = actions.iter().filter(|(_, id)| id.is_none());
    patterns.extend(others.map(|(name, _)| String::from(*name)));
    patterns
}

fn statement(actions: Vec<String>, resources: Vec<String>, tests: &[Test]) -> Statement {
    let mut elements = Vec::from([
        Element::Effect,
        Element::Action(values(actions, classify::action)),
        Element::Resource(values(resources, classify::resource)),
    ]);
    let mut conditions: Vec<Condition> = Vec::new();
    for test in tests {
        let operator = test.operator;
        let key = KeyCondition {
            key: Cow::Owned(test.key.clone()),
            // Read again with the document.
            values: values(test.values.clone(), |text| Operand { text, meaning: Meaning::Text }),
        };
        match conditions.iter_mut().find(|condition| condition.operator == operator) {
            Some(condition) => condition.keys.to_mut().push(key),
            None => conditions.push(Condition { operator, keys: Cow::Owned(Vec::from([key])) }),
        }
    }
    if !conditions.is_empty() {
        elements.push(Element::Condition(Cow::Owned(conditions)));
    }
    Statement { effect: Effect::Allow, elements: Cow::Owned(elements) }
}

fn values<T: Clone>(texts: Vec<String>, of: impl Fn(Cow<'static, str>) -> T) -> Values<T> {
    let shape = if texts.len() == 1 { Shape::One } else { Shape::Many };
    Values { shape, items: texts.into_iter().map(|text| of(Cow::Owned(text))).collect() }
}
