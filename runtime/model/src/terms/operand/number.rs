//! Decimal numbers.

use core::str::FromStr;

use super::OperandError;

/// A decimal number, exact to 18 digits before and after the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(i128);

const DIGITS: usize = 18;
const SCALE: i128 = 1_000_000_000_000_000_000;

impl Number {
    /// A whole number.
    #[must_use]
    pub const fn from_integer(integer: i64) -> Self {
        Self(integer as i128 * SCALE)
    }

    /// The number times 10^18, for [`Number::from_scaled`].
    #[must_use]
    pub const fn scaled(self) -> i128 {
        self.0
    }

    /// A number from its value times 10^18.
    #[must_use]
    pub const fn from_scaled(scaled: i128) -> Self {
        Self(scaled)
    }

    /// Reads a text, also in a constant; `None` where it is no number.
    #[must_use]
    pub const fn read(text: &[u8]) -> Option<Self> {
        let (is_negative, mut rest) = match text {
            [b'-', rest @ ..] => (true, rest),
            _ => (false, text),
        };
        // 36 digits at most: far inside i128.
        let (mut value, mut before, mut behind) = (0i128, 0, None);
        while let [byte, after @ ..] = rest {
            match (*byte, behind) {
                (b'0'..=b'9', None) if before < DIGITS => before += 1,
                (b'0'..=b'9', Some(digits)) if digits < DIGITS => behind = Some(digits + 1),
                (b'.', None) => behind = Some(0),
                _ => return None,
            }
            if *byte != b'.' {
                value = value * 10 + (*byte - b'0') as i128;
            }
            rest = after;
        }
        let mut behind = match behind {
            _ if before == 0 => return None,
            Some(0) => return None,
            Some(digits) => digits,
            None => 0,
        };
        while behind < DIGITS {
            value *= 10;
            behind += 1;
        }
        Some(Self(if is_negative { -value } else { value }))
    }
}

/// Without zeros at the end of the fraction.
impl core::fmt::Display for Number {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, mut fraction) = (
            self.0.unsigned_abs() / SCALE.unsigned_abs(),
            self.0.unsigned_abs() % SCALE.unsigned_abs(),
        );
        write!(f, "{sign}{whole}")?;
        if fraction == 0 {
            return Ok(());
        }
        let mut digits = DIGITS;
        while fraction % 10 == 0 {
            fraction /= 10;
            digits -= 1;
        }
        write!(f, ".{fraction:0digits$}")
    }
}

impl From<i64> for Number {
    fn from(integer: i64) -> Self {
        Self::from_integer(integer)
    }
}

impl FromStr for Number {
    type Err = OperandError;

    fn from_str(text: &str) -> Result<Self, OperandError> {
        Self::read(text.as_bytes()).ok_or(OperandError::Number)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::{Number, SCALE};

    #[test]
    fn reads_numbers() {
        for (text, expected) in [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("42", Some(42 * SCALE)),
            ("007", Some(7 * SCALE)),
            ("-0.5", Some(-SCALE / 2)),
            ("0.000000000000000001", Some(1)),
            ("999999999999999999.999999999999999999", Some(10i128.pow(36) - 1)),
            ("-999999999999999999.999999999999999999", Some(1 - 10i128.pow(36))),
            ("1000000000000000000", None),
            ("0.0000000000000000001", None),
            ("", None),
            ("-", None),
            ("--1", None),
            (".5", None),
            ("-.5", None),
            ("5.", None),
            ("1.2.3", None),
            ("+5", None),
            ("1e3", None),
            ("NaN", None),
            ("inf", None),
            (" 5", None),
            ("1_000", None),
            ("\u{0665}", None),
        ] {
            assert_eq!(text.parse::<Number>().ok().map(Number::scaled), expected, "{text:?}");
        }
    }

    #[test]
    fn prints_what_it_reads() {
        for text in ["0", "-0.5", "42", "1.000000000000000001"] {
            let printed = text.parse::<Number>().map(|number| std::format!("{number}"));
            assert_eq!(printed.as_deref(), Ok(text));
        }
    }
}
