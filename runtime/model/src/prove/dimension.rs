//! Whether one dimension of a request leaves anything when some sets must hold and others must not.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::{vec, vec::Vec};

use super::budget::{Budget, MOST_STEPS_OF_A_WALK, MOST_STEPS_OF_TRIES};
use super::language::{Demand, Product};
use super::likely;
use super::pattern::Texts;
use super::place::Place;
use super::points::{self, all_points};
use super::proof::Reason;
use super::ranges::Ranges;
use super::statement::Literal;
use super::universe::{Atom, Dimension, Key, KeyValues, Subject, Universe};
use crate::catalogue::{self, ActionId};
use crate::terms::family::Family;

/// What one dimension of a request is: an action, a resource, or the values of a key.
pub(super) type Part = Vec<String>;

/// Answers about single dimensions, each worked out once.
#[derive(Debug, Default)]
pub(super) struct Answers(BTreeMap<(usize, Vec<Literal>), Result<Option<Part>, Reason>>);

impl Answers {
    /// A part that meets all literals, which are sorted, about this one dimension and no two the
    /// opposite of each other; `None` when there is none.
    ///
    /// # Errors
    ///
    /// It cannot be decided, or the budget is spent.
    pub(super) fn find(
        &mut self,
        universe: &Universe,
        dimension: usize,
        literals: Vec<Literal>,
        hint: Option<&Part>,
        budget: &mut Budget,
    ) -> Result<Option<Part>, Reason> {
        let Some(subject) = universe.dimension(dimension) else { return Ok(None) };
        budget.spend(4 * (1 + literals.len()))?;
        let question = (dimension, literals);
        if let Some(known) = self.0.get(&question) {
            return known.clone();
        }
        let answer = find_in(universe, subject, &question.1, hint, budget);
        self.0.insert(question, answer.clone());
        answer
    }
}

fn find_in(
    universe: &Universe,
    dimension: &Dimension,
    literals: &[Literal],
    hint: Option<&Part>,
    budget: &mut Budget,
) -> Result<Option<Part>, Reason> {
    match &dimension.subject {
        Subject::Action { catalogue_only: true } => {
            let all = universe.actions.clone();
            Ok(find_action(&points_left(dimension, literals, all, budget)?))
        }
        Subject::Action { catalogue_only: false } => {
            let demands = texts_of(dimension, literals);
            let hints = hint.into_iter().flatten().cloned();
            find_text(Place::CodeStart, &demands, hints, budget)
        }
        Subject::Resource => {
            let demands = texts_of(dimension, literals);
            let hints = hint.into_iter().flatten().cloned();
            find_text(Place::ServiceStart, &demands, hints, budget)
        }
        Subject::Key(key) => find_values(dimension, key, literals, budget),
    }
}

/// The resource that looks most like a real one of this action, of those that meet all literals.
pub(super) fn likely_resource(
    dimension: &Dimension,
    literals: &[Literal],
    action: &str,
) -> Option<String> {
    let demands = texts_of(dimension, literals);
    let product = Product::new(Place::ServiceStart, demands.iter().copied()).ok()?;
    likely::resources(action, &demands)
        .find(|resource| product.accepts(resource, &mut Budget::of(MOST_STEPS_OF_TRIES)))
}

/// The literals as demands on a text.
fn texts_of<'d>(dimension: &'d Dimension, literals: &[Literal]) -> Vec<Demand<'d>> {
    literals
        .iter()
        .filter_map(|literal| match dimension.atom(literal.atom)? {
            Atom::Texts(texts) => Some(Demand { texts, holds: literal.holds }),
            Atom::Points(_) | Atom::Closed(_) => None,
        })
        .collect()
}

fn find_text(
    start: Place,
    demands: &[Demand<'_>],
    hints: impl Iterator<Item = String>,
    budget: &mut Budget,
) -> Result<Option<Part>, Reason> {
    let product = Product::new(start, demands.iter().copied())?;
    let mut likely = hints.chain(likely::texts(start, demands));
    let tried = budget
        .within(MOST_STEPS_OF_TRIES, |budget| likely.find(|text| product.accepts(text, budget)));
    let found = match tried {
        Some(found) => Some(found),
        None => budget.within(MOST_STEPS_OF_A_WALK, |budget| product.find(budget))?,
    };
    Ok(found.map(|text| vec![text]))
}

/// What the sets leave of all points.
fn points_left(
    dimension: &Dimension,
    literals: &[Literal],
    all: Ranges,
    budget: &mut Budget,
) -> Result<Ranges, Reason> {
    let mut left = all;
    for literal in literals {
        if let Some(Atom::Points(points)) = dimension.atom(literal.atom) {
            budget.spend(1 + (left.len() + points.len()) / 8)?;
            left = if literal.holds { left.and(points) } else { left.without(points) };
        }
    }
    Ok(left)
}

fn find_action(left: &Ranges) -> Option<Part> {
    let first = left.iter().next()?.first;
    let row = catalogue::action(ActionId::from_number(u32::try_from(first).ok()?))?;
    Some(vec![alloc::format!("{}:{}", row.service().code, row.name())])
}

/// Values of a key that meet all literals: none where none is asked for, one that meets them all
/// where there is one, else one for each set that must hold.
fn find_values(
    dimension: &Dimension,
    key: &Key,
    literals: &[Literal],
    budget: &mut Budget,
) -> Result<Option<Part>, Reason> {
    let (asked, forbidden): (Vec<Literal>, Vec<Literal>) =
        literals.iter().partition(|literal| literal.holds);
    if asked.is_empty() {
        return Ok(Some(Part::new()));
    }
    let mut find = |asked: &[Literal]| {
        let together: Vec<Literal> = asked.iter().chain(&forbidden).copied().collect();
        find_value(dimension, key, &together, budget)
    };
    match find(&asked) {
        Ok(Some(value)) => return Ok(Some(vec![value])),
        found if key.is_single || asked.len() == 1 => {
            return found.map(|value| value.map(|value| vec![value]));
        }
        // One value for each may be easier to find than one for all.
        Ok(None) | Err(_) => {}
    }
    let mut values = Part::new();
    for one in asked.chunks(1) {
        match find(one)? {
            Some(value) if values.contains(&value) => {}
            Some(value) => values.push(value),
            None => return Ok(None),
        }
    }
    Ok(Some(values))
}

/// One value that meets all literals.
fn find_value(
    dimension: &Dimension,
    key: &Key,
    literals: &[Literal],
    budget: &mut Budget,
) -> Result<Option<String>, Reason> {
    match key.values {
        KeyValues::Mixed => Err(Reason::MixedKey { key: key.name.to_string() }),
        KeyValues::Of(Family::String) => {
            let demands = texts_of(dimension, literals);
            let found = find_text(Place::Value, &demands, core::iter::empty(), budget)?;
            Ok(found.and_then(|found| found.into_iter().next()))
        }
        KeyValues::Of(family) => {
            let left = points_left(dimension, literals, all_points(family), budget)?;
            Ok(points::value(family, &left))
        }
    }
}

/// The sets that a text must belong to.
pub(super) fn wanted<'d>(demands: &[Demand<'d>]) -> impl Iterator<Item = &'d Texts> {
    demands.iter().filter(|demand| demand.holds).map(|demand| demand.texts)
}
