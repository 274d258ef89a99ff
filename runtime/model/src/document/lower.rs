//! Lowers a checked syntax tree: places go, patterns are classified.

use alloc::{borrow::Cow, format, string::String, vec::Vec};

use crate::document::blank::{Blank, Slot};
use crate::document::{
    Condition, Document, Element, KeyCondition, Principal, Principals, Statement, Values,
};
use crate::report::diagnostic::Report;
use crate::source::from_json;
use crate::source::mention::{Position, mentions};
use crate::source::syntax::{self, ElementKind};
use crate::terms::effect::Effect;
use crate::terms::operand::{Meaning, Operand};
use crate::terms::operator::ConditionOperator;
use crate::terms::pattern::{ActionPattern, ResourcePattern};
use crate::text::json::{self, Kind, TextRange};
use crate::text::place;

/// A lowered policy with the blanks of its template.
#[derive(Debug, Clone, PartialEq)]
pub struct Lowered {
    /// The document, placeholders as printed.
    pub document: Document,
    /// The places to fill; empty for a policy without parameters.
    pub blanks: Vec<Blank>,
}

/// Lowers a policy; `None` when the checker would have refused it, and when something of it is not
/// known: then it has [bounds](super::bounds) and no document.
#[must_use]
pub fn lower<L>(policy: &syntax::Policy<L>) -> Option<Lowered> {
    let mut blanks = Vec::new();
    let statements: Option<Vec<Statement>> = policy
        .statements
        .iter()
        .enumerate()
        .map(|(index, statement)| lower_statement(policy, statement, index, &mut blanks))
        .collect();
    let document = Document { layout: policy.layout, statements: Cow::Owned(statements?) };
    Some(Lowered { document, blanks })
}

/// Reads back the minified text of a policy that has been checked before.
#[must_use]
pub fn decode(text: &str) -> Document {
    let policy = tree(text);
    let nothing = Document { layout: policy.layout, statements: Cow::Borrowed(&[]) };
    lower(&policy).map_or(nothing, |lowered| lowered.document)
}

/// The syntax tree of the minified text of a policy that has been checked before.
#[must_use]
pub fn tree(text: &str) -> syntax::Policy<TextRange> {
    let mut report = Report::default();
    match json::read(text) {
        Ok(value) => from_json::read(value, &mut report),
        // Several statements without a document around them are a list without its brackets.
        Err(_) => {
            let list = json::read(&format!("[{text}]")).map(|list| list.kind);
            let items = if let Ok(Kind::Array(items)) = list { items } else { Vec::new() };
            from_json::statements(TextRange { start: 0, end: 0 }, items, &mut report)
        }
    }
}

fn lower_statement<L>(
    policy: &syntax::Policy<L>,
    statement: &syntax::Statement<L>,
    index: usize,
    blanks: &mut Vec<Blank>,
) -> Option<Statement> {
    let effect: Effect = statement.effect()?;
    let elements: Option<Vec<Element>> = statement
        .elements
        .iter()
        .map(|element| {
            Some(match &element.kind {
                ElementKind::Effect(_) => Element::Effect,
                ElementKind::Action(actions) => {
                    Element::Action(lower_values(actions, ActionPattern::new)?)
                }
                ElementKind::NotAction(actions) => {
                    Element::NotAction(lower_values(actions, ActionPattern::new)?)
                }
                ElementKind::Resource(resources) => {
                    for (item, text) in resources.items.iter().enumerate() {
                        let slot = || Some(Slot::Resource { item: number(item)? });
                        find_blanks(policy, &text.value, index, slot, blanks)?;
                    }
                    Element::Resource(lower_values(resources, ResourcePattern::new)?)
                }
                ElementKind::Principal(principals) => {
                    Element::Principal(lower_principals(principals)?)
                }
                ElementKind::Condition(conditions) => {
                    let lowered: Option<Vec<Condition>> = conditions
                        .iter()
                        .enumerate()
                        .map(|(number, condition)| {
                            lower_condition(policy, condition, (index, number), blanks)
                        })
                        .collect();
                    Element::Condition(Cow::Owned(lowered?))
                }
                ElementKind::Sid(sid) => Element::Sid(owned(known(sid)?)),
                ElementKind::Hole(..) => return None,
            })
        })
        .collect();
    Some(Statement { effect, elements: Cow::Owned(elements?) })
}

fn lower_principals<L>(principals: &syntax::Principals<L>) -> Option<Principals> {
    Some(match principals {
        syntax::Principals::ByType(principals) => {
            let lowered: Option<Vec<Principal>> = principals
                .iter()
                .map(|principal| {
                    let values = lower_values(&principal.values, |text| text)?;
                    Some(Principal { kind: principal.kind, values })
                })
                .collect();
            Principals::ByType(Cow::Owned(lowered?))
        }
        syntax::Principals::Listed(values) => {
            Principals::Listed(lower_values(values, |text| text)?)
        }
    })
}

fn lower_values<L, T: Clone>(
    values: &syntax::Values<L>,
    classify: impl Fn(Cow<'static, str>) -> T,
) -> Option<Values<T>> {
    let items: Option<Vec<T>> =
        values.items.iter().map(|text| Some(classify(owned(known(text)?)))).collect();
    Some(Values { shape: values.shape, items: Cow::Owned(items?) })
}

/// A text without holes.
fn known<L>(text: &place::Text<L>) -> Option<&str> {
    text.holes.is_empty().then_some(text.value.as_str())
}

fn owned(text: &str) -> Cow<'static, str> {
    Cow::Owned(String::from(text))
}

fn lower_condition<L>(
    policy: &syntax::Policy<L>,
    condition: &syntax::Condition<L>,
    (statement, place): (usize, usize),
    blanks: &mut Vec<Blank>,
) -> Option<Condition> {
    let operator = ConditionOperator::from_name(known(&condition.operator)?)?;
    let mut keys = Vec::new();
    for (key_place, key) in condition.keys.iter().enumerate() {
        let mut items = Vec::new();
        for (item, text) in key.values.items.iter().enumerate() {
            let slot = || {
                let [condition, key, item] = [place, key_place, item].map(number);
                Some(Slot::Value { condition: condition?, key: key?, item: item? })
            };
            let text_of = owned(known(text)?);
            items.push(if find_blanks(policy, &text.value, statement, slot, blanks)? {
                // Read once the hole is filled.
                Operand { text: text_of, meaning: Meaning::Text }
            } else {
                operand(operator, text_of)
            });
        }
        keys.push(KeyCondition {
            key: owned(known(&key.key)?),
            values: Values { shape: key.values.shape, items: Cow::Owned(items) },
        });
    }
    Some(Condition { operator, keys: Cow::Owned(keys) })
}

/// A value as its operator reads it.
pub(crate) fn operand(operator: ConditionOperator, text: Cow<'static, str>) -> Operand {
    match operator {
        // What does not parse is a finding; it never holds.
        ConditionOperator::Known(operator) => Operand::read(operator, text.clone())
            .unwrap_or(Operand { text, meaning: Meaning::Invalid }),
        ConditionOperator::OfSet(..) => Operand { text, meaning: Meaning::Text },
    }
}

/// Notes the blanks of a text; whether there are any. `None` where a place is beyond what a template
/// has; a document without blanks has as many as there are.
fn find_blanks<L>(
    policy: &syntax::Policy<L>,
    text: &str,
    statement: usize,
    slot: impl Fn() -> Option<Slot>,
    blanks: &mut Vec<Blank>,
) -> Option<bool> {
    let before = blanks.len();
    for mention in mentions(policy, text) {
        let slot = slot()?;
        let position = match slot {
            Slot::Resource { .. } => mention.position(text).unwrap_or(Position::RelativeId),
            Slot::Value { .. } => Position::Value,
        };
        blanks.push(Blank {
            statement: number(statement)?,
            slot,
            position,
            start: u32::try_from(mention.range.start).ok()?,
            end: u32::try_from(mention.range.end).ok()?,
            parameter: number(mention.parameter)?,
        });
    }
    Some(blanks.len() > before)
}

fn number(place: usize) -> Option<u16> {
    u16::try_from(place).ok()
}
