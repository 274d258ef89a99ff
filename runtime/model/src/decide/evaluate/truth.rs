//! Whether a condition holds: what is known, what is not, and how values are read.

use core::net::IpAddr;
use core::str::FromStr;

use crate::terms::operand::{Date, Number, Value, parse_address, parse_boolean};

/// Whether something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// A value does not have the form its operator asks for.
    Unknown,
}

impl Truth {
    /// Both must hold; what cannot be known stays so unless the other does not hold.
    #[inline]
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }
}

#[inline]
pub(super) const fn truth(holds: bool) -> Truth {
    if holds { Truth::Yes } else { Truth::No }
}

/// Whether a condition on one key holds: the one place that knows what a missing key, several
/// values and a malformed value mean.
///
/// `read` gives a value in the form the operator asks for, `test` compares it with what is wanted.
/// A positive operator needs one value of the request to match; a negated one needs none to, so it
/// also holds when the key is missing.
#[inline(always)]
pub fn holds<'r, T>(
    values: impl Iterator<Item = &'r Value<'r>>,
    negated: bool,
    read: impl Fn(&'r Value<'r>) -> Option<T>,
    test: impl Fn(T) -> bool,
) -> Truth {
    let mut any = truth(negated);
    for value in values {
        match read(value).map(&test) {
            Some(true) => return truth(!negated),
            Some(false) => {}
            None => any = Truth::Unknown,
        }
    }
    any
}

// Typed values are looked at first and in line; reading one from text is rare and out of line.

/// A value as text.
#[inline(always)]
#[must_use]
pub fn text<'a>(value: &Value<'a>) -> Option<&'a str> {
    match value {
        Value::Text(text) => Some(text),
        Value::Boolean(_, Some(text)) => Some(text),
        Value::Boolean(true, None) => Some("true"),
        Value::Boolean(false, None) => Some("false"),
        Value::Number(_, text) | Value::Date(_, text) | Value::Ip(_, text) => *text,
    }
}

/// A value as a number.
#[inline(always)]
#[must_use]
pub fn number(value: &Value<'_>) -> Option<Number> {
    match value {
        Value::Number(number, _) => Some(*number),
        Value::Text(text) => read(text),
        Value::Date(..) | Value::Boolean(..) | Value::Ip(..) => None,
    }
}

/// A value as an instant.
#[inline(always)]
#[must_use]
pub fn date(value: &Value<'_>) -> Option<Date> {
    match value {
        Value::Date(date, _) => Some(*date),
        Value::Text(text) => read(text),
        Value::Number(..) | Value::Boolean(..) | Value::Ip(..) => None,
    }
}

/// A value as a Boolean.
#[inline(always)]
#[must_use]
pub fn boolean(value: &Value<'_>) -> Option<bool> {
    match value {
        Value::Boolean(boolean, _) => Some(*boolean),
        Value::Text(text) => parse_boolean(text).ok(),
        Value::Number(..) | Value::Date(..) | Value::Ip(..) => None,
    }
}

/// A value as an address.
#[inline(always)]
#[must_use]
pub fn address(value: &Value<'_>) -> Option<IpAddr> {
    match value {
        Value::Ip(address, _) => Some(*address),
        Value::Text(text) => parse_address(text).ok(),
        Value::Number(..) | Value::Date(..) | Value::Boolean(..) => None,
    }
}

#[inline(never)]
fn read<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}
