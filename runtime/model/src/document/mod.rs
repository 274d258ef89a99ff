//! The lowered policy: what was written, in order and shape, with every pattern classified.
//!
//! The macro writes these values as constants; a document that is read at run time is lowered to
//! the same values.

pub mod classify;
pub mod lower;
mod write;

pub use write::{Indent, write};

use alloc::borrow::Cow;

pub use crate::terms::effect::Effect;
use crate::terms::glob::Glob;
use crate::terms::operand::{Block, Date, Number};
use crate::terms::operator::Operator;
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

/// What stands around the statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// `Version`, then `Statement`.
    VersionFirst,
    /// `Statement`, then `Version`.
    VersionLast,
    /// The statements alone, with no document around them, as some pages print them.
    StatementsOnly,
}

/// Whether a value was written alone or as a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A string.
    One,
    /// A list of strings.
    Many,
}

/// What a policy is attached to, which decides what it may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PolicyKind {
    /// Attached to a user, a group or a role.
    Identity,
    /// Passed to `sts:AssumeRole`; narrows a role session.
    Session,
    /// Attached to a node of a resource directory; narrows its members.
    Control,
    /// Kept with a role; says who may assume it.
    Trust,
}

impl PolicyKind {
    /// The kind in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identity => "an identity policy",
            Self::Session => "a session policy",
            Self::Control => "a control policy",
            Self::Trust => "a trust policy",
        }
    }

    /// Most characters of a document (RAM: Limits); no document gives a limit for trust policies.
    #[must_use]
    pub const fn max_characters(self) -> Option<usize> {
        match self {
            Self::Identity => Some(6144),
            Self::Session => Some(2048),
            Self::Control => Some(4096),
            Self::Trust => None,
        }
    }
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
    /// `Principal`, in trust policies.
    Principal(List<Principal>),
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

/// An action or a pattern of actions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ActionPattern {
    /// As written.
    pub text: Text,
    /// The part before the colon.
    pub code: Glob,
    /// The part after the colon.
    pub name: Glob,
}

/// A resource or a pattern of resources.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ResourcePattern {
    /// As written.
    pub text: Text,
    /// `None` for `*` alone; else the four fields after `acs:`.
    pub fields: Option<[Glob; 4]>,
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
    pub operator: Operator,
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

/// A condition value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Operand {
    /// As written.
    pub text: Text,
    /// What it means under its operator.
    pub meaning: Meaning,
}

/// What a condition value means under its operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// The text itself.
    Text,
    /// A pattern.
    Pattern(Glob),
    /// A number.
    Number(Number),
    /// An instant.
    Date(Date),
    /// `true` or `false`.
    Boolean(bool),
    /// An address or a block.
    Block(Block),
    /// Not of the form its operator asks for; only in documents that were read leniently.
    Invalid,
}

impl Statement {
    /// The actions, and whether they are those of `NotAction`.
    #[must_use]
    pub fn actions(&self) -> Option<(&Values<ActionPattern>, bool)> {
        self.elements.iter().find_map(|element| match element {
            Element::Action(actions) => Some((actions, false)),
            Element::NotAction(actions) => Some((actions, true)),
            _ => None,
        })
    }

    /// Whether the statement has no condition and covers every resource.
    #[must_use]
    pub fn is_unconditional(&self) -> bool {
        self.elements.iter().all(|element| match element {
            Element::Effect | Element::Action(_) | Element::NotAction(_) | Element::Sid(_) => true,
            Element::Resource(resources) => {
                resources.items.iter().any(|resource| resource.fields.is_none())
            }
            Element::Principal(_) => false,
            Element::Condition(conditions) => {
                conditions.iter().all(|condition| condition.keys.is_empty())
            }
        })
    }
}

impl ActionPattern {
    /// Whether the action `code:name` is covered, ASCII case ignored (RAM: Policy elements).
    #[must_use]
    pub fn matches(&self, code: &str, name: &str) -> bool {
        self.code.matches_ignore_case(&self.text, code)
            && self.name.matches_ignore_case(&self.text, name)
    }
}
