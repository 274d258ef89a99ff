//! Puts statements together that differ in one list only.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use super::document_of;
use super::tidy::tidy;
use crate::document::{self, Condition, Element, Indent, KeyCondition, List, Statement, Values};
use crate::terms::operator::{ConditionOperator, Operator};

/// A list in which a statement may differ from one that it is put together with: any one of its
/// values is enough.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Actions,
    Resources,
    /// The values of a key under an operator that is not negated.
    Values(Operator, String),
}

/// A statement with its text but for each of its parts, in one stable form.
struct Outline {
    statement: Statement,
    rests: Vec<(Part, String)>,
}

impl Outline {
    fn of(statement: Statement) -> Self {
        let stable = statement.normalised();
        let rests = parts(&stable)
            .into_iter()
            .map(|part| {
                let elements = stable.elements.iter().map(|element| blank(element, &part));
                let rest = Statement { effect: statement.effect, elements: elements.collect() };
                let text = document::write(&document_of(Vec::from([rest])), Indent::Minified);
                (part, text)
            })
            .collect();
        Self { statement, rests }
    }

    /// This statement and others that differ from it in one part only, as one.
    fn with(self, others: &[Self], part: &Part) -> Self {
        let of_others = || others.iter().flat_map(|other| other.statement.elements.iter());
        let elements = self.statement.elements.iter().map(|own| match (own, part) {
            (Element::Action(own), Part::Actions) => {
                let actions = of_others().filter_map(|element| {
                    if let Element::Action(actions) = element { Some(actions) } else { None }
                });
                Element::Action(all(own, actions))
            }
            (Element::Resource(own), Part::Resources) => {
                let resources = of_others().filter_map(|element| {
                    if let Element::Resource(resources) = element { Some(resources) } else { None }
                });
                Element::Resource(all(own, resources))
            }
            (Element::Condition(own), Part::Values(operator, key)) => {
                let values = of_others().flat_map(Element::conditions).flat_map(|condition| {
                    let is_it = condition.operator == ConditionOperator::Known(*operator);
                    condition.keys.iter().filter(move |other| is_it && other.key == *key)
                });
                let values: Vec<_> = values.map(|other| &other.values).collect();
                Element::Condition(changed(own, *operator, key, |own| {
                    all(own, values.iter().copied())
                }))
            }
            (other, _) => other.clone(),
        });
        let elements = elements.collect();
        Self::of(tidy(&Statement { effect: self.statement.effect, elements }))
    }
}

/// The parts of a statement. A key that appears twice under an operator is none.
fn parts(statement: &Statement) -> Vec<Part> {
    let mut parts = Vec::new();
    for element in statement.elements.iter() {
        match element {
            Element::Action(_) => parts.push(Part::Actions),
            Element::Resource(_) => parts.push(Part::Resources),
            Element::Condition(conditions) => {
                let tests = || {
                    conditions.iter().flat_map(|condition| {
                        let operator = match condition.operator {
                            ConditionOperator::Known(operator) => Some(operator),
                            ConditionOperator::OfSet(..) => None,
                        };
                        condition.keys.iter().filter_map(move |key| Some((operator?, &*key.key)))
                    })
                };
                let once = |test: &(Operator, &str)| tests().filter(|one| one == test).count() == 1;
                parts.extend(
                    tests()
                        .filter(|(operator, _)| !operator.negated())
                        .filter(once)
                        .map(|(operator, key)| Part::Values(operator, key.into())),
                );
            }
            Element::Effect | Element::NotAction(_) | Element::Principal(_) | Element::Sid(_) => {}
        }
    }
    parts
}

/// The element without the values of a part.
fn blank(element: &Element, part: &Part) -> Element {
    match (element, part) {
        (Element::Action(_), Part::Actions) => Element::Action(Values::plain(Vec::new())),
        (Element::Resource(_), Part::Resources) => Element::Resource(Values::plain(Vec::new())),
        (Element::Condition(conditions), Part::Values(operator, key)) => {
            Element::Condition(changed(conditions, *operator, key, |_| Values::plain(Vec::new())))
        }
        (other, _) => other.clone(),
    }
}

/// The conditions with other values of one key.
fn changed(
    conditions: &[Condition],
    operator: Operator,
    key: &str,
    change: impl Fn(&Values<crate::terms::operand::Operand>) -> Values<crate::terms::operand::Operand>,
) -> List<Condition> {
    conditions
        .iter()
        .map(|condition| Condition {
            operator: condition.operator,
            keys: condition
                .keys
                .iter()
                .map(|one| {
                    let is_it =
                        condition.operator == ConditionOperator::Known(operator) && one.key == key;
                    let values = if is_it { change(&one.values) } else { one.values.clone() };
                    KeyCondition { key: one.key.clone(), values }
                })
                .collect(),
        })
        .collect()
}

/// Puts statements together that differ in one list only.
pub(super) fn merge(statements: &mut Vec<Statement>) {
    let mut outlines: Vec<Option<Outline>> =
        statements.drain(..).map(|statement| Some(Outline::of(statement))).collect();
    // Where the same stands around a part.
    let mut places: BTreeMap<(Part, String), BTreeSet<usize>> = BTreeMap::new();
    for (place, outline) in outlines.iter().enumerate() {
        for rest in outline.iter().flat_map(|outline| &outline.rests) {
            places.entry(rest.clone()).or_default().insert(place);
        }
    }
    let mut at = 0;
    while at < outlines.len() {
        let Some(first) = outlines.get_mut(at).and_then(Option::take) else {
            at += 1;
            continue;
        };
        let behind = |rest: &&(Part, String)| {
            places.get(*rest).is_some_and(|places| places.range(at + 1..).next().is_some())
        };
        let Some(shared) = first.rests.iter().find(behind).cloned() else {
            if let Some(place) = outlines.get_mut(at) {
                *place = Some(first);
            }
            at += 1;
            continue;
        };
        let like: Vec<usize> = places
            .get(&shared)
            .into_iter()
            .flat_map(|places| places.range(at + 1..))
            .copied()
            .collect();
        let mut others = Vec::new();
        for place in like {
            let Some(other) = outlines.get_mut(place).and_then(Option::take) else { continue };
            forget(&mut places, place, &other);
            others.push(other);
        }
        forget(&mut places, at, &first);
        let grown = first.with(&others, &shared.0);
        // It may now be like one before it.
        let mut next = at;
        for rest in &grown.rests {
            let of_rest = places.entry(rest.clone()).or_default();
            next = of_rest.first().map_or(next, |before| next.min(*before));
            of_rest.insert(at);
        }
        if let Some(place) = outlines.get_mut(at) {
            *place = Some(grown);
        }
        at = next;
    }
    statements.extend(outlines.into_iter().flatten().map(|outline| outline.statement));
}

/// Takes a statement out of those that are like others.
fn forget(places: &mut BTreeMap<(Part, String), BTreeSet<usize>>, place: usize, outline: &Outline) {
    for rest in &outline.rests {
        if let Some(places) = places.get_mut(rest) {
            places.remove(&place);
        }
    }
}

fn all<'v, T: Clone + 'static>(
    own: &'v Values<T>,
    others: impl Iterator<Item = &'v Values<T>>,
) -> Values<T> {
    Values::plain(
        own.items.iter().chain(others.flat_map(|other| other.items.iter())).cloned().collect(),
    )
}
