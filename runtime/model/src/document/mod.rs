//! The lowered policy: what was written, in order and shape, with every pattern classified. Imports
//! the folders up to `check`.
//!
//! The macro writes these values as constants; a document that is read at run time is lowered to
//! the same values.

pub mod blank;
pub mod bounds;
pub mod lower;
mod normalise;
mod write;

pub use write::{Indent, value, write};

use alloc::borrow::Cow;
use alloc::vec::Vec;

pub use crate::terms::effect::Effect;
use crate::terms::layout::{Layout, Shape};
use crate::terms::operand::{Meaning, Operand};
use crate::terms::operator::ConditionOperator;
use crate::terms::pattern::{ActionPattern, ResourcePattern};
pub use crate::terms::principal::PrincipalKind;

/// A list that is either a constant of the program or owned.
pub type List<T> = Cow<'static, [T]>;

/// A text that is either a constant of the program or owned.
pub type Text = Cow<'static, str>;

/// A whole document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Where `Version` stands.
    pub layout: Layout,
    /// The statements.
    pub statements: List<Statement>,
}

/// A statement: its elements in the order they were written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Statement {
    /// The effect, also among the elements.
    pub effect: Effect,
    /// The elements in order.
    pub elements: List<Element>,
}

/// An element of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Element {
    /// `Effect`; its value is the statement's.
    Effect,
    /// `Action`.
    Action(Values<ActionPattern>),
    /// `NotAction`.
    NotAction(Values<ActionPattern>),
    /// `Resource`.
    Resource(Values<ResourcePattern>),
    /// `Principal`, in policies that say who.
    Principal(Principals),
    /// `Condition`; empty only in documents that were read leniently.
    Condition(List<Condition>),
    /// `Sid`, only in documents that were read leniently.
    Sid(Text),
}

/// One value or a list of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Values<T: Clone + 'static> {
    /// How it was written.
    pub shape: Shape,
    /// The values in order.
    pub items: List<T>,
}

impl<T: Clone> Values<T> {
    /// Values in their plainest shape, where nobody has written one.
    #[must_use]
    pub fn plain(items: Vec<T>) -> Self {
        Self { shape: Shape::of(items.len()), items: Cow::Owned(items) }
    }
}

/// Who is named.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Principals {
    /// An object, with a member for each type.
    ByType(List<Principal>),
    /// A list, or a text alone; an empty list is one.
    Listed(Values<Text>),
}

/// Principals of one type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Principal {
    /// Their type.
    pub kind: PrincipalKind,
    /// The principals.
    pub values: Values<Text>,
}

/// The keys under one operator.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Condition {
    /// The operator.
    pub operator: ConditionOperator,
    /// Its keys in order.
    pub keys: List<KeyCondition>,
}

/// A condition key with the values it is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KeyCondition {
    /// The key.
    pub key: Text,
    /// The values.
    pub values: Values<Operand>,
}

impl Element {
    /// The resources of `Resource`, none of another element.
    #[must_use]
    pub fn resources(&self) -> &[ResourcePattern] {
        if let Self::Resource(resources) = self { &resources.items } else { &[] }
    }

    /// The groups of `Principal` by type, none of another element.
    #[must_use]
    pub fn principals(&self) -> &[Principal] {
        if let Self::Principal(Principals::ByType(principals)) = self { principals } else { &[] }
    }

    /// The conditions of `Condition`, none of another element.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        if let Self::Condition(conditions) = self { conditions } else { &[] }
    }
}

impl Statement {
    /// The actions, and whether they are those of `NotAction`.
    #[must_use]
    pub fn actions(&self) -> Option<(&Values<ActionPattern>, bool)> {
        self.elements.iter().find_map(|element| match element {
            Element::Action(actions) => Some((actions, false)),
            Element::NotAction(actions) => Some((actions, true)),
            Element::Effect
            | Element::Resource(_)
            | Element::Principal(_)
            | Element::Condition(_)
            | Element::Sid(_) => None,
        })
    }

    /// All resources.
    pub fn resources(&self) -> impl Iterator<Item = &ResourcePattern> {
        self.elements.iter().flat_map(Element::resources)
    }

    /// All principals that have a type.
    pub fn principals(&self) -> impl Iterator<Item = &Principal> {
        self.elements.iter().flat_map(Element::principals)
    }

    /// All conditions.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.elements.iter().flat_map(Element::conditions)
    }

    /// Whether it denies its actions on every resource and under all conditions.
    #[must_use]
    pub fn denies_everywhere(&self) -> bool {
        self.effect == Effect::Deny && self.is_unconditional()
    }

    /// Whether the statement covers every resource and asks for nothing: it has no conditions, or denies
    /// by what is not known, as negated ones with a value that cannot be read.
    #[must_use]
    pub fn is_unconditional(&self) -> bool {
        self.elements.iter().all(|element| match element {
            Element::Effect | Element::Action(_) | Element::NotAction(_) | Element::Sid(_) => true,
            Element::Resource(resources) => {
                resources.items.iter().any(|resource| resource.fields.is_none())
            }
            Element::Principal(_) => false,
            // What cannot be known denies as if it held.
            Element::Condition(conditions) => conditions.iter().all(|condition| {
                let denies = self.effect == Effect::Deny;
                condition.keys.iter().all(|key| match condition.operator {
                    ConditionOperator::Known(operator) => {
                        denies && operator.negated() && !key.is_readable()
                    }
                    ConditionOperator::OfSet(..) => denies,
                })
            }),
        })
    }

    /// Whether no request matches, because the statement allows where something is asked for that cannot
    /// be read.
    #[must_use]
    pub fn never_allows(&self) -> bool {
        let asks_for_unreadable = |condition: &Condition| match condition.operator {
            ConditionOperator::Known(operator) => {
                !operator.negated() && !condition.keys.iter().all(KeyCondition::is_readable)
            }
            ConditionOperator::OfSet(..) => !condition.keys.is_empty(),
        };
        self.effect == Effect::Allow && self.conditions().any(asks_for_unreadable)
    }
}

impl KeyCondition {
    /// Whether every value is of the form that its operator compares; with one that is not, nothing can
    /// be compared.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        self.values.items.iter().all(|operand| operand.meaning != Meaning::Invalid)
    }
}
