//! The syntax tree: what the author wrote, in order, with the place of every part.
//!
//! `L` is a place: a span of Rust tokens, or a range of a text. Everything an author can write
//! has a form here, mistakes included; the checker tells them apart.

use alloc::vec::Vec;

use super::selection::Selection;
use crate::terms::effect::Effect;
use crate::terms::layout::{Layout, Shape};
use crate::terms::principal::PrincipalKind;
use crate::text::hole::Hole;
use crate::text::place::Text;

/// A document.
#[derive(Debug, Clone)]
pub struct Policy<L> {
    /// Place for what is missing from the document as a whole.
    pub at: L,
    /// What stands around the statements.
    pub layout: Layout,
    /// Declared placeholders; empty unless the policy is a template.
    pub parameters: Vec<ParameterName<L>>,
    /// Actions the author vouches for.
    pub unlisted: Vec<Text<L>>,
    /// The statements.
    pub statements: Vec<Statement<L>>,
    /// What is included, and is not known here.
    pub includes: Vec<Include<L>>,
    /// Set when something could not be read, so that nothing is called missing.
    pub broken: bool,
}

/// Statements that are elsewhere, and that are not known here.
#[derive(Debug, Clone)]
pub struct Include<L> {
    /// What the source calls them: the path of a constant or of a file.
    pub name: Text<L>,
    /// How many statements of the policy come before them.
    pub before: usize,
}

/// A declared placeholder: its name, and what is printed for it.
#[derive(Debug, Clone)]
pub struct ParameterName<L> {
    /// Its name.
    pub name: Text<L>,
    /// What the page prints in its place, if that is not `$name`.
    pub printed: Option<Text<L>>,
}

/// A statement: its elements as written, duplicates included.
#[derive(Debug, Clone)]
pub struct Statement<L> {
    /// Place for what is missing.
    pub at: L,
    /// The elements.
    pub elements: Vec<Element<L>>,
    /// Set when an element could not be read, so that nothing is called missing.
    pub broken: bool,
    /// What chooses actions of its first action element.
    pub selections: Vec<Selection<L>>,
}

/// An element of a statement.
#[derive(Debug, Clone)]
pub struct Element<L> {
    /// Place of its name or of the keyword that stands for it.
    pub at: L,
    /// What it is.
    pub kind: ElementKind<L>,
}

/// The elements of a statement.
#[derive(Debug, Clone)]
pub enum ElementKind<L> {
    /// `Effect`.
    Effect(Effect),
    /// `Action`.
    Action(Values<L>),
    /// `NotAction`.
    NotAction(Values<L>),
    /// `Resource`.
    Resource(Values<L>),
    /// `Principal`.
    Principal(Principals<L>),
    /// `Condition`.
    Condition(Vec<Condition<L>>),
    /// `Sid`.
    Sid(Text<L>),
    /// Something that is not known.
    Hole(Unknown, Hole<L>),
}

/// What of a statement is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unknown {
    /// The value of `Effect`.
    Effect,
    /// The value of `Principal`.
    Principal,
    /// The value of `Condition`.
    Condition,
    /// More elements, which may take the place of those that the statement shows. Where it shows
    /// none, any number of statements stands in its place.
    Others,
}

impl<L> ElementKind<L> {
    /// RAM's name of the element.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Effect(_) => "Effect",
            Self::Action(_) => "Action",
            Self::NotAction(_) => "NotAction",
            Self::Resource(_) => "Resource",
            Self::Principal(_) => "Principal",
            Self::Condition(_) => "Condition",
            Self::Sid(_) => "Sid",
            Self::Hole(Unknown::Effect, _) => "Effect",
            Self::Hole(Unknown::Principal, _) => "Principal",
            Self::Hole(Unknown::Condition, _) => "Condition",
            Self::Hole(Unknown::Others, _) => "",
        }
    }
}

/// One value or a list of them.
#[derive(Debug, Clone)]
pub struct Values<L> {
    /// Place of the whole.
    pub at: L,
    /// How it was written.
    pub shape: Shape,
    /// The values.
    pub items: Vec<Text<L>>,
}

/// Who is named.
#[derive(Debug, Clone)]
pub enum Principals<L> {
    /// An object, with a member for each type.
    ByType(Vec<Principal<L>>),
    /// A list, or a text alone; an empty list is one.
    Listed(Values<L>),
}

impl<L> Principals<L> {
    /// Those that have a type.
    #[must_use]
    pub fn by_type(&self) -> &[Principal<L>] {
        match self {
            Self::ByType(principals) => principals,
            Self::Listed(_) => &[],
        }
    }

    /// All texts, whatever their type.
    pub fn texts(&self) -> impl Iterator<Item = &Text<L>> {
        let listed: &[Text<L>] = match self {
            Self::ByType(_) => &[],
            Self::Listed(values) => &values.items,
        };
        self.by_type().iter().flat_map(|principal| &principal.values.items).chain(listed)
    }
}

/// Principals of one type.
#[derive(Debug, Clone)]
pub struct Principal<L> {
    /// Place of the type.
    pub at: L,
    /// The type.
    pub kind: PrincipalKind,
    /// The principals.
    pub values: Values<L>,
}

/// The keys under one operator.
#[derive(Debug, Clone)]
pub struct Condition<L> {
    /// The operator by RAM's name.
    pub operator: Text<L>,
    /// The sign of the typed form that it was written as, if it was.
    pub sign: Option<&'static str>,
    /// Its keys.
    pub keys: Vec<KeyCondition<L>>,
}

/// A condition key with its values.
#[derive(Debug, Clone)]
pub struct KeyCondition<L> {
    /// The key.
    pub key: Text<L>,
    /// The values.
    pub values: Values<L>,
}

impl<L> Statement<L> {
    /// What may add to the elements that it shows, and replace them.
    #[must_use]
    pub fn others(&self) -> Option<&Hole<L>> {
        self.elements.iter().find_map(|element| {
            let ElementKind::Hole(Unknown::Others, hole) = &element.kind else { return None };
            Some(hole)
        })
    }

    /// The actions that the author has written out, not those of selections.
    pub fn written<'s>(&'s self, actions: &'s Values<L>) -> impl Iterator<Item = &'s Text<L>> {
        // Most statements have no selection, and macros run unoptimised.
        let (all, some) = match self.selections.as_slice() {
            [] => (actions.items.as_slice(), [].as_slice()),
            _ => ([].as_slice(), actions.items.as_slice()),
        };
        let is_chosen = |index: &usize| {
            self.selections.iter().any(|selection| selection.actions.contains(index))
        };
        let some = some.iter().enumerate().filter(move |(index, _)| !is_chosen(index));
        all.iter().chain(some.map(|(_, action)| action))
    }

    /// The first effect.
    #[must_use]
    pub fn effect(&self) -> Option<Effect> {
        self.elements.iter().find_map(|element| {
            if let ElementKind::Effect(effect) = element.kind { Some(effect) } else { None }
        })
    }

    /// The first action element, and whether it is `NotAction`.
    #[must_use]
    pub fn actions(&self) -> Option<(&Values<L>, bool)> {
        self.elements.iter().find_map(|element| match &element.kind {
            ElementKind::Action(values) => Some((values, false)),
            ElementKind::NotAction(values) => Some((values, true)),
            ElementKind::Effect(_)
            | ElementKind::Resource(_)
            | ElementKind::Principal(_)
            | ElementKind::Condition(_)
            | ElementKind::Sid(_)
            | ElementKind::Hole(..) => None,
        })
    }

    /// The first resource element.
    #[must_use]
    pub fn resources(&self) -> Option<&Values<L>> {
        self.elements.iter().find_map(|element| {
            if let ElementKind::Resource(values) = &element.kind { Some(values) } else { None }
        })
    }

    /// All principals that have a type.
    pub fn principals(&self) -> impl Iterator<Item = &Principal<L>> {
        self.named().flat_map(Principals::by_type)
    }

    /// What the principal elements name.
    pub fn named(&self) -> impl Iterator<Item = &Principals<L>> {
        self.elements.iter().filter_map(|element| {
            if let ElementKind::Principal(principals) = &element.kind {
                Some(principals)
            } else {
                None
            }
        })
    }

    /// All conditions.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition<L>> {
        self.elements.iter().flat_map(|element| -> &[Condition<L>] {
            if let ElementKind::Condition(conditions) = &element.kind { conditions } else { &[] }
        })
    }
}
