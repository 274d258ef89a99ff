//! The condition values of a request.

use core::fmt;
use core::net::IpAddr;
use core::str::FromStr;

use crate::terms::family::KeyType;
use crate::terms::operand::{self, Date, Number, OperandError};

/// A condition value of a request.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// Text; other types are read from it when an operator asks for them.
    Text(&'a str),
    /// A number, with its text when it came as one.
    Number(Number, Option<&'a str>),
    /// An instant, with its text when it came as one.
    Date(Date, Option<&'a str>),
    /// A Boolean, with its text when it came as one: a comparison of text sees the spelling.
    Boolean(bool, Option<&'a str>),
    /// An address, with its text when it came as one.
    Ip(IpAddr, Option<&'a str>),
}

/// The value as text.
impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text)
            | Self::Number(_, Some(text))
            | Self::Date(_, Some(text))
            | Self::Boolean(_, Some(text))
            | Self::Ip(_, Some(text)) => f.write_str(text),
            Self::Boolean(boolean, None) => boolean.fmt(f),
            Self::Ip(address, None) => address.fmt(f),
            Self::Number(number, None) => number.fmt(f),
            Self::Date(date, None) => date.fmt(f),
        }
    }
}

impl<'a> Value<'a> {
    /// A text as the type of its key asks.
    pub(crate) fn read(value_type: KeyType, text: &'a str) -> Result<Self, OperandError> {
        Ok(match value_type {
            KeyType::String | KeyType::Unknown => Self::Text(text),
            KeyType::Number => Self::Number(text.parse()?, Some(text)),
            KeyType::Date => Self::Date(text.parse()?, Some(text)),
            KeyType::Boolean => Self::Boolean(operand::parse_boolean(text)?, Some(text)),
            KeyType::Ip => Self::Ip(operand::parse_address(text)?, Some(text)),
        })
    }

    // Typed values are looked at first and in line; reading one from text is rare and out of line.

    /// A value as text.
    #[inline(always)]
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Boolean(_, Some(text)) => Some(text),
            Self::Boolean(true, None) => Some("true"),
            Self::Boolean(false, None) => Some("false"),
            Self::Number(_, text) | Self::Date(_, text) | Self::Ip(_, text) => *text,
        }
    }

    /// A value as a number.
    #[inline(always)]
    #[must_use]
    pub fn number(&self) -> Option<Number> {
        match self {
            Self::Number(number, _) => Some(*number),
            Self::Text(text) => parsed(text),
            Self::Date(..) | Self::Boolean(..) | Self::Ip(..) => None,
        }
    }

    /// A value as an instant.
    #[inline(always)]
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        match self {
            Self::Date(date, _) => Some(*date),
            Self::Text(text) => parsed(text),
            Self::Number(..) | Self::Boolean(..) | Self::Ip(..) => None,
        }
    }

    /// A value as a Boolean.
    #[inline(always)]
    #[must_use]
    pub fn boolean(&self) -> Option<bool> {
        match self {
            Self::Boolean(boolean, _) => Some(*boolean),
            Self::Text(text) => operand::parse_boolean(text).ok(),
            Self::Number(..) | Self::Date(..) | Self::Ip(..) => None,
        }
    }

    /// A value as an address.
    #[inline(always)]
    #[must_use]
    pub fn address(&self) -> Option<IpAddr> {
        match self {
            Self::Ip(address, _) => Some(*address),
            Self::Text(text) => operand::parse_address(text).ok(),
            Self::Number(..) | Self::Date(..) | Self::Boolean(..) => None,
        }
    }
}

#[inline(never)]
fn parsed<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}
