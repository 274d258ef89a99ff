//! Takes a statement apart into literals, each about one dimension of a request, all of which must
//! hold for the statement to match. What a literal says is what [`crate::decide::evaluate`] does.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::pattern::{Pattern, Texts};
use super::points::{all_points, points_of};
use super::ranges::Ranges;
use super::spelling;
use super::universe::{ACTION, Atom, KeyValues, RESOURCE, Universe, run_of_actions};
use crate::catalogue;
use crate::catalogue::pattern_runs::covered_by;
use crate::document::{self, Condition, Document, Element, KeyCondition, Values};
use crate::terms::arn::Fields;
use crate::terms::effect::Effect;
use crate::terms::family::Family;
use crate::terms::glob::{self, Glob};
use crate::terms::operand::{Meaning, Operand, text_matches};
use crate::terms::operator::{Comparison, ConditionOperator, Operator, TextComparison};
use crate::terms::pattern::{ActionPattern, ResourcePattern};
use crate::text::order;

/// That a request is, or is not, in a set.
///
/// Of a condition key: that one of its values is in the set, or that none is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Literal {
    /// Number of the dimension.
    pub(super) dimension: usize,
    /// Number of the set.
    pub(super) atom: u32,
    /// Whether the request is in it.
    pub(super) holds: bool,
}

impl Literal {
    /// The opposite.
    pub(super) const fn negated(self) -> Self {
        Self { holds: !self.holds, ..self }
    }
}

/// A statement that can match.
#[derive(Debug)]
pub(super) struct Statement {
    /// Its effect.
    pub(super) effect: Effect,
    /// What must hold for it to match, sorted.
    pub(super) literals: Vec<Literal>,
}

/// The statements of a document that can match.
pub(super) fn statements(document: &Document, universe: &mut Universe) -> Vec<Statement> {
    document.statements.iter().filter_map(|statement| read(statement, universe)).collect()
}

/// Whether a part of a statement holds.
enum Part {
    Always,
    Never,
    If(Literal),
}

/// `None` when the statement never matches.
fn read(statement: &document::Statement, universe: &mut Universe) -> Option<Statement> {
    let mut literals = Vec::new();
    let mut add = |part| match part {
        Part::Always => Some(()),
        Part::Never => None,
        Part::If(literal) => {
            literals.push(literal);
            Some(())
        }
    };
    let (actions, negated) = statement.actions()?;
    add(action_part(actions, negated, universe))?;
    for element in statement.elements.iter() {
        match element {
            Element::Effect | Element::Action(_) | Element::NotAction(_) | Element::Sid(_) => {}
            Element::Resource(resources) => add(resource_part(resources, universe))?,
            // A request says nothing about who is trusted, so that it cannot be known.
            Element::Principal(_) => add(unknowable(statement.effect))?,
            Element::Condition(conditions) => {
                for Condition { operator, keys } in conditions.iter() {
                    for key in keys.iter() {
                        add(match operator {
                            ConditionOperator::Known(operator) => {
                                key_part(statement.effect, *operator, key, universe)
                            }
                            ConditionOperator::OfSet(..) => unknowable(statement.effect),
                        })?;
                    }
                }
            }
        }
    }
    order::sort(&mut literals);
    literals.dedup();
    Some(Statement { effect: statement.effect, literals })
}

/// What cannot be known makes an `Allow` not match and does not keep a `Deny` from it.
const fn unknowable(effect: Effect) -> Part {
    match effect {
        Effect::Allow => Part::Never,
        Effect::Deny => Part::Always,
    }
}

fn part_of(universe: &mut Universe, dimension: usize, atom: Atom, holds: bool) -> Part {
    match universe.atom(dimension, atom) {
        Some(atom) => Part::If(Literal { dimension, atom, holds }),
        // More sets than can be counted do not fit into memory.
        None => Part::Never,
    }
}

/// The part of a set of texts of which a request has exactly one.
fn text_part(universe: &mut Universe, dimension: usize, texts: Texts, holds: bool) -> Part {
    let constant = |is_in: bool| if is_in == holds { Part::Always } else { Part::Never };
    if texts.is_empty() {
        constant(false)
    } else if texts.iter().any(Pattern::is_everything) {
        constant(true)
    } else {
        part_of(universe, dimension, Atom::Texts(texts), holds)
    }
}

fn action_part(actions: &Values<ActionPattern>, negated: bool, universe: &mut Universe) -> Part {
    if universe.scope.catalogue_only {
        let runs = covered_by(&actions.items, universe.letters.as_ref());
        let covered = Ranges::of(runs.into_iter().map(|(first, last)| run_of_actions(first, last)));
        return action_points(universe, &covered, !negated);
    }
    let texts = sorted(actions.items.iter().map(|action| {
        let fields = [action.code, action.name].map(|field| field.pattern(&action.text));
        Pattern::of_fields(fields, true)
    }));
    text_part(universe, ACTION, texts, !negated)
}

/// The part of a set of actions of the catalogue.
fn action_points(universe: &mut Universe, covered: &Ranges, holds: bool) -> Part {
    let covered = universe.actions.and(covered);
    let constant = |is_in: bool| if is_in == holds { Part::Always } else { Part::Never };
    if covered.is_empty() {
        constant(false)
    } else if covered == universe.actions {
        constant(true)
    } else {
        part_of(universe, ACTION, Atom::Points(covered), holds)
    }
}

fn resource_part(resources: &Values<ResourcePattern>, universe: &mut Universe) -> Part {
    if universe.scope.star_resource {
        return star_part(resources, universe);
    }
    let texts = sorted(resources.items.iter().map(|resource| {
        let fields = match resource.fields {
            None => Fields::all_of(glob::Pattern::Any),
            Some(fields) => fields.map(|field| field.pattern(&resource.text)),
        };
        Pattern::of_fields(fields.into_array(), false)
    }));
    text_part(universe, RESOURCE, texts, true)
}

/// The part of the resource `*`, which is `acs:<the action's code>:*:*:*`: what is left to ask is
/// whether the code matches the service of the patterns.
fn star_part(resources: &Values<ResourcePattern>, universe: &mut Universe) -> Part {
    let services = resources.items.iter().filter_map(|resource| {
        let Some(fields) = resource.fields else { return Some(glob::Pattern::Any) };
        let [service, others @ ..] = fields.into_array();
        let is_star = |field: Glob| field.matches(&resource.text, "*");
        others.into_iter().all(is_star).then(|| service.pattern(&resource.text))
    });
    if universe.scope.catalogue_only {
        let services: Vec<glob::Pattern<'_>> = services.collect();
        let covered = Ranges::of(catalogue::services().filter_map(|service| {
            let is_covered = services.iter().any(|pattern| pattern.matches(service.code));
            let number = |row| catalogue::ActionId::new(service.index(), row).number();
            is_covered.then(|| run_of_actions(number(0), number(u16::MAX)))
        }));
        return action_points(universe, &covered, true);
    }
    let texts =
        sorted(services.map(|service| Pattern::of_fields([service, glob::Pattern::Any], false)));
    text_part(universe, ACTION, texts, true)
}

fn sorted(patterns: impl Iterator<Item = Pattern>) -> Texts {
    let mut texts: Texts = patterns.collect();
    order::sort(&mut texts);
    texts.dedup();
    texts
}

fn key_part(
    effect: Effect,
    operator: Operator,
    condition: &KeyCondition,
    universe: &mut Universe,
) -> Part {
    // Every key of the documents is a dimension.
    let Some((dimension, key)) = universe.key(&condition.key) else { return Part::Never };
    let wanted = &*condition.values.items;
    let holds = !operator.negated();
    let family = operator.family();
    let is_invalid = wanted.iter().any(|operand| operand.meaning == Meaning::Invalid);
    if is_invalid || !key.is_read_as(family) {
        // No value can be read, so that one value is enough for the test not to be known.
        let present = |holds| (key_atom_of_all(key.values), holds);
        let (atom, holds) = match (effect, holds) {
            (Effect::Allow, true) => return Part::Never,
            (Effect::Deny, false) => return Part::Always,
            (Effect::Allow, false) => present(false),
            (Effect::Deny, true) => present(true),
        };
        return part_of(universe, dimension, atom, holds);
    }
    let atom = match key.values {
        KeyValues::Mixed => Atom::Closed(format!("{operator:?} {wanted:?}")),
        KeyValues::Of(Family::String) => Atom::Texts(texts_of(operator, wanted)),
        KeyValues::Of(values) => Atom::Points(match (values, operator.comparison()) {
            (Family::Boolean, Comparison::Text(asked)) => spelling::of_texts(|text| {
                wanted.iter().any(|operand| text_matches(asked, operand, text))
            }),
            _ => {
                let points = wanted.iter().flat_map(|operand| points_of(operator, operand));
                all_points(values).and(&Ranges::of(points))
            }
        }),
    };
    part_of(universe, dimension, atom, holds)
}

/// The set of all values of a key.
fn key_atom_of_all(values: KeyValues) -> Atom {
    match values {
        KeyValues::Mixed => Atom::Closed("any".to_string()),
        KeyValues::Of(Family::String) => {
            Atom::Texts(Vec::from([Pattern::of_fields([glob::Pattern::Any], false)]))
        }
        KeyValues::Of(family) => Atom::Points(all_points(family)),
    }
}

/// The texts that one of the values of a condition matches.
fn texts_of(operator: Operator, wanted: &[Operand]) -> Texts {
    let any_case = operator.comparison() == Comparison::Text(TextComparison::EqualIgnoreCase);
    sorted(wanted.iter().map(|operand| {
        if let Meaning::Pattern(glob) = operand.meaning {
            Pattern::of_fields([glob.pattern(&operand.text)], false)
        } else {
            Pattern::of_text(&operand.text, any_case)
        }
    }))
}
