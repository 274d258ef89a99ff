//! The holes of a policy, where they stand.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::syntax::{ElementKind, Policy, Statement};
use crate::text::hole::Hole;
use crate::text::place::Text;

/// The message about a hole.
#[must_use]
pub fn not_checked(name: &str) -> String {
    format!("`{name}` is not known here, so nothing that depends on it is checked")
}

/// Every text of a statement that may have holes, in the order in which they are written.
pub fn texts<L>(statement: &Statement<L>) -> Vec<&Text<L>> {
    let mut texts = Vec::new();
    for element in &statement.elements {
        match &element.kind {
            ElementKind::Action(values)
            | ElementKind::NotAction(values)
            | ElementKind::Resource(values) => texts.extend(&values.items),
            ElementKind::Principal(principals) => {
                texts.extend(principals.texts());
            }
            ElementKind::Condition(conditions) => {
                for condition in conditions {
                    texts.push(&condition.operator);
                    for key in &condition.keys {
                        texts.push(&key.key);
                        texts.extend(&key.values.items);
                    }
                }
            }
            ElementKind::Sid(text) => texts.push(text),
            ElementKind::Effect(_) | ElementKind::Hole(..) => {}
        }
    }
    texts
}

/// The holes that are no texts: elements, conditions and statements that are not known.
pub fn whole<L>(statement: &Statement<L>) -> impl Iterator<Item = &Hole<L>> {
    statement.elements.iter().filter_map(|element| match &element.kind {
        ElementKind::Hole(_, hole) => Some(hole),
        ElementKind::Effect(_)
        | ElementKind::Action(_)
        | ElementKind::NotAction(_)
        | ElementKind::Resource(_)
        | ElementKind::Principal(_)
        | ElementKind::Condition(_)
        | ElementKind::Sid(_) => None,
    })
}

/// The holes of a statement, the parameters of a template left out.
pub fn of_statement<L>(statement: &Statement<L>) -> Vec<&Hole<L>> {
    let of_texts = texts(statement).into_iter().flat_map(|text| &text.holes);
    of_texts.map(|hole| &hole.hole).chain(whole(statement)).collect()
}

/// Whether everything of a statement is known.
#[must_use]
pub fn is_known<L>(statement: &Statement<L>) -> bool {
    whole(statement).next().is_none() && texts(statement).iter().all(|text| text.holes.is_empty())
}

/// Whether everything of a policy is known.
#[must_use]
pub fn all_known<L>(policy: &Policy<L>) -> bool {
    policy.statements.iter().all(is_known)
}
