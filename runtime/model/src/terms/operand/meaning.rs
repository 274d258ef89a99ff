//! A condition value of a policy, and what it means under its operator.

use alloc::borrow::Cow;

use super::{Block, Date, Number, OperandError, parse_boolean};
use crate::terms::glob::Glob;
use crate::terms::operator::{Comparison, Family, Operator};

/// A text that is either a constant of the program or owned.
type Text = Cow<'static, str>;

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

impl Operand {
    /// Reads a condition value as its operator does.
    ///
    /// # Errors
    ///
    /// The value does not parse.
    pub fn read(operator: Operator, text: Text) -> Result<Self, OperandError> {
        let meaning = match operator.family() {
            Family::String => match operator.comparison() {
                Comparison::Like => Meaning::Pattern(Glob::classify(&text, 0, text.len())),
                _ => Meaning::Text,
            },
            Family::Number => Meaning::Number(text.parse()?),
            Family::Date => Meaning::Date(text.parse()?),
            Family::Boolean => Meaning::Boolean(parse_boolean(&text)?),
            Family::Ip => Meaning::Block(text.parse()?),
        };
        Ok(Self { text, meaning })
    }
}
