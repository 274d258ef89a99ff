//! What requests need, put together into statements.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::catalogue::condition_key;
use crate::catalogue::{self, ActionId, wildcards};
use crate::document::Statement;
use crate::policy::build::StatementBuilder;
use crate::terms::family::Family;
use crate::terms::operand;
use crate::terms::operator::{ConditionOperator, Operator};
use crate::text::order;

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
    operator: ConditionOperator,
    key: String,
    values: Vec<String>,
}

impl Test {
    /// The tests of a statement.
    pub(super) fn all_of(statement: &Statement) -> Vec<Self> {
        statement
            .conditions()
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
        let family = condition_key::judge(key).value_type().family().unwrap_or(Family::String);
        let operator = Operator::of_equality(family).unwrap_or(Operator::StringEquals);
        // To `Bool`, which takes one value, all spellings are one.
        let spelt = |value| match operand::parse_boolean(value) {
            Ok(true) if operator == Operator::Bool => "true",
            Ok(false) if operator == Operator::Bool => "false",
            _ => value,
        };
        let values: BTreeSet<&str> = values.iter().map(|value| spelt(value)).collect();
        let operator = ConditionOperator::Known(operator);
        Self { operator, key: key.into(), values: values.into_iter().map(String::from).collect() }
    }

    /// Whether both test the same key by the same operator.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        (self.operator, &self.key) == (other.operator, &other.key)
    }
}

/// Actions sorted by name, each once, with the numbers of those that the catalogue has.
type Actions<'n> = Vec<(&'n str, Option<ActionId>)>;

/// The statements that allow what is needed and no more: first actions that share resource and
/// conditions are put together, then resources that share actions and conditions.
pub(super) fn statements(needs: &BTreeSet<Need>, has_wildcards: bool) -> Vec<StatementBuilder> {
    let mut needs: Vec<&Need> = needs.iter().collect();
    // Stable: the actions of a resource stay in their order.
    order::sort_by(&mut needs, |left, right| {
        (&left.tests, &left.resource).cmp(&(&right.tests, &right.resource))
    });
    let mut allowed: Vec<(Actions<'_>, &Need)> = Vec::new();
    let is_same = |left: &&Need, right: &&Need| {
        (&left.tests, &left.resource) == (&right.tests, &right.resource)
    };
    for of_resource in needs.chunk_by(is_same) {
        let actions = of_resource.iter().map(|need| (need.action.as_str(), need.row)).collect();
        allowed.extend(of_resource.first().map(|first| (actions, *first)));
    }
    // Stable: the resources stay in their order.
    order::sort_by(&mut allowed, |(left, first), (right, other)| {
        (left, &first.tests).cmp(&(right, &other.tests))
    });
    let is_same = |(left, first): &(Actions<'_>, &Need), (right, other): &(Actions<'_>, &Need)| {
        left == right && first.tests == other.tests
    };
    let mut statements = Vec::new();
    for of_actions in allowed.chunk_by(is_same) {
        let Some((actions, first)) = of_actions.first() else { continue };
        let actions = if has_wildcards { wildcards_of(actions) } else { names_of(actions) };
        let resources = of_actions.iter().map(|(_, need)| need.resource.clone()).collect();
        statements.push(statement(actions, resources, &first.tests));
    }
    statements
}

fn names_of(actions: &[(&str, Option<ActionId>)]) -> Vec<String> {
    actions.iter().map(|(name, _)| String::from(*name)).collect()
}

fn wildcards_of(actions: &[(&str, Option<ActionId>)]) -> Vec<String> {
    let mut ids: Vec<ActionId> = actions.iter().filter_map(|(_, id)| *id).collect();
    order::sort(&mut ids);
    let rows: Vec<_> = ids.into_iter().filter_map(catalogue::action).collect();
    let mut patterns = wildcards::fewest(&rows).patterns;
    let others = actions.iter().filter(|(_, id)| id.is_none());
    patterns.extend(others.map(|(name, _)| String::from(*name)));
    patterns
}

fn statement(actions: Vec<String>, resources: Vec<String>, tests: &[Test]) -> StatementBuilder {
    let statement = StatementBuilder::allow(actions).on(resources);
    tests.iter().fold(statement, |statement, test| {
        statement.test(test.operator, (test.key.clone(), test.values.clone()))
    })
}
