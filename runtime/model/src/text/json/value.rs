//! A JSON value with the place of every part; members keep their order and duplicates.

use alloc::{string::String, vec::Vec};

use crate::text::hole::TextHole;
use crate::text::place::Text;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub struct Value<L> {
    /// Its place.
    pub at: L,
    /// What it is.
    pub kind: Kind<L>,
}

/// What a JSON value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind<L> {
    /// A string, escapes resolved.
    String(String),
    /// A number as written.
    Number(String),
    /// `true` or `false`.
    Boolean(bool),
    /// `null`.
    Null,
    /// An array.
    Array(Vec<Value<L>>),
    /// An object.
    Object(Vec<Member<L>>),
    /// A string with holes, from left to right.
    Open(String, Vec<TextHole<L>>),
    /// A hole, by its name. In a list it stands for any number of items; as the value of a member
    /// whose name is a hole, for any number of members, which may take the place of those shown.
    Hole(String),
    /// Something that could not be read and has been reported.
    Unreadable,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Member<L> {
    /// Its name.
    pub name: Text<L>,
    /// Its value.
    pub value: Value<L>,
}

impl<L> Kind<L> {
    /// The type in words, for messages.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::String(_) | Self::Open(..) => "a string",
            Self::Number(_) => "a number",
            Self::Boolean(_) => "a Boolean",
            Self::Null => "null",
            Self::Array(_) => "a list",
            Self::Object(_) => "an object",
            Self::Hole(_) => "something that is not known",
            Self::Unreadable => "something else",
        }
    }
}
