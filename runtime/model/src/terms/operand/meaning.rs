//! A condition value of a policy, and what it means under its operator.

use alloc::borrow::Cow;

use super::{Block, Date, Number, OperandError, parse_boolean};
use crate::terms::glob::Glob;
use crate::terms::operator::{Comparison, Operator, TextComparison};

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
        let meaning = match operator.comparison() {
            Comparison::Text(TextComparison::Like) => {
                Meaning::Pattern(Glob::classify(&text, 0, text.len()))
            }
            Comparison::Text(TextComparison::Equal | TextComparison::EqualIgnoreCase) => {
                Meaning::Text
            }
            Comparison::Number(_) => Meaning::Number(text.parse()?),
            Comparison::Date(_) => Meaning::Date(text.parse()?),
            Comparison::Boolean => Meaning::Boolean(parse_boolean(&text)?),
            Comparison::Address => Meaning::Block(text.parse()?),
        };
        Ok(Self { text, meaning })
    }
}
