//! A condition value of a policy, what it means under its operator, and which values of requests it
//! matches.

use alloc::borrow::Cow;

use super::{Block, Date, Number, OperandError, Value, parse_boolean};
use crate::terms::glob::Glob;
use crate::terms::operator::{Comparison, Operator, Order, TextComparison};

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

impl Meaning {
    /// Where a number or an instant is among those of its kind.
    #[must_use]
    pub const fn rank(self) -> Option<i128> {
        match self {
            Self::Number(number) => Some(number.scaled()),
            Self::Date(date) => Some(date.unix_nanoseconds()),
            Self::Text | Self::Pattern(_) | Self::Boolean(_) | Self::Block(_) | Self::Invalid => {
                None
            }
        }
    }
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

/// Whether a value matches any of those wanted; `None` where one of them has not the form the
/// operator asks for: a value of the policy that has not compares with nothing.
#[inline]
pub fn any_matches(operator: Operator, wanted: &[Operand], given: &Value<'_>) -> Option<bool> {
    Some(match operator.comparison() {
        // Every text can be read as one.
        Comparison::Text(asked) => {
            let given = given.text()?;
            wanted.iter().any(|operand| text_matches(asked, operand, given))
        }
        Comparison::Number(asked) => {
            let given = given.number()?;
            readable(wanted)?.any(|operand| {
                matches!(operand.meaning, Meaning::Number(wanted) if compare(asked, given, wanted))
            })
        }
        Comparison::Date(asked) => {
            let given = given.date()?;
            readable(wanted)?.any(|operand| {
                matches!(operand.meaning, Meaning::Date(wanted) if compare(asked, given, wanted))
            })
        }
        Comparison::Boolean => {
            let given = given.boolean()?;
            readable(wanted)?.any(
                |operand| matches!(operand.meaning, Meaning::Boolean(wanted) if wanted == given),
            )
        }
        Comparison::Address => {
            let given = given.address()?;
            readable(wanted)?.any(
                |operand| matches!(&operand.meaning, Meaning::Block(block) if block.contains(given)),
            )
        }
    })
}

/// The values of a policy; `None` where one of them cannot be read.
#[inline]
fn readable(wanted: &[Operand]) -> Option<core::slice::Iter<'_, Operand>> {
    let is_invalid = |operand: &Operand| matches!(operand.meaning, Meaning::Invalid);
    (!wanted.iter().any(is_invalid)).then(|| wanted.iter())
}

#[inline]
pub(crate) fn text_matches(asked: TextComparison, wanted: &Operand, given: &str) -> bool {
    match asked {
        TextComparison::Like => {
            matches!(&wanted.meaning, Meaning::Pattern(pattern) if pattern.matches(&wanted.text, given))
        }
        TextComparison::EqualIgnoreCase => given.eq_ignore_ascii_case(&wanted.text),
        TextComparison::Equal => given == wanted.text,
    }
}

// Written out, since going by an `Ordering` costs a decision more instructions.
#[inline]
fn compare<T: Ord>(asked: Order, given: T, wanted: T) -> bool {
    match asked {
        Order::Equal => given == wanted,
        Order::Less => given < wanted,
        Order::LessOrEqual => given <= wanted,
        Order::Greater => given > wanted,
        Order::GreaterOrEqual => given >= wanted,
    }
}
