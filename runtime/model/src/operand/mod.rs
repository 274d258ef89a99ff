//! Condition values that are not plain text: numbers, dates, Booleans and IP addresses.
//!
//! Both sides of a comparison are read here, so that a policy and a request cannot disagree on
//! what a text means. What does not parse is an error, never a value.

mod block;
#[cfg(feature = "alloc")]
mod block_text;

pub use block::Block;

use core::net::IpAddr;
use core::str::FromStr;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Why a text is not a value of its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OperandError {
    /// Not a decimal number.
    Number,
    /// Not an RFC 3339 date and time with a zone.
    Date,
    /// Neither `true` nor `false`.
    Boolean,
    /// Neither an IP address nor a CIDR block.
    Ip,
    /// An IPv4 address written as IPv6 (`::ffff:10.0.0.1`).
    MappedIp,
}

impl core::fmt::Display for OperandError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Number => {
                "not a decimal number of at most 18 digits before and after the point, as `42` or `-0.5`"
            }
            Self::Date => {
                "not an existing date and time with a zone, as `2026-11-22T17:00:00+08:00` or `2026-11-22T09:00:00Z`"
            }
            Self::Boolean => "neither `true` nor `false`",
            Self::Ip => "neither an IP address nor a CIDR block, as `10.0.0.1` or `10.0.0.0/8`",
            Self::MappedIp => "an IPv4 address written as IPv6, write it as IPv4",
        })
    }
}

impl core::error::Error for OperandError {}

/// A decimal number, exact to 18 digits before and after the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(i128);

const NUMBER_DIGITS: usize = 18;
const NUMBER_SCALE: i128 = 1_000_000_000_000_000_000;

impl Number {
    /// A whole number.
    #[must_use]
    pub const fn from_integer(integer: i64) -> Self {
        Self(integer as i128 * NUMBER_SCALE)
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
}

/// Without zeros at the end of the fraction.
impl core::fmt::Display for Number {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, mut fraction) = (
            self.0.unsigned_abs() / NUMBER_SCALE.unsigned_abs(),
            self.0.unsigned_abs() % NUMBER_SCALE.unsigned_abs(),
        );
        write!(f, "{sign}{whole}")?;
        if fraction == 0 {
            return Ok(());
        }
        let mut digits = NUMBER_DIGITS;
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
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return Err(OperandError::Number),
            Some(parts) => parts,
            None => (digits, ""),
        };
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || whole.len() > NUMBER_DIGITS
            || fraction.len() > NUMBER_DIGITS
            || !all_digits(whole)
            || !all_digits(fraction)
        {
            return Err(OperandError::Number);
        }
        // 36 digits at most: far inside i128.
        let padding = core::iter::repeat_n(b'0', NUMBER_DIGITS - fraction.len());
        let value = whole
            .bytes()
            .chain(fraction.bytes())
            .chain(padding)
            .fold(0i128, |value, digit| value * 10 + i128::from(digit - b'0'));
        Ok(Self(if negative { -value } else { value }))
    }
}

const NANOSECOND_DIGITS: usize = 9;

/// An instant, to the nanosecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i128);

impl Date {
    /// The instant that many seconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_unix_seconds(seconds: i64) -> Self {
        Self(seconds as i128 * 1_000_000_000)
    }

    /// Nanoseconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn unix_nanoseconds(self) -> i128 {
        self.0
    }

    /// The instant that many nanoseconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_unix_nanoseconds(nanoseconds: i128) -> Self {
        Self(nanoseconds)
    }
}

/// As `2026-11-22T09:00:00Z`, with a fraction if there is one; an instant outside the years 0 to
/// 9999, which no text gives, as its nanoseconds behind `@`.
impl core::fmt::Display for Date {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let instant = OffsetDateTime::from_unix_timestamp_nanos(self.0)
            .ok()
            .filter(|instant| (0..=9999).contains(&instant.year()));
        let Some(instant) = instant else {
            return write!(f, "@{}", self.0);
        };
        let (year, month, day) = (instant.year(), u8::from(instant.month()), instant.day());
        let (hour, minute, second) = (instant.hour(), instant.minute(), instant.second());
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        if instant.nanosecond() > 0 {
            let (mut fraction, mut digits) = (instant.nanosecond(), NANOSECOND_DIGITS);
            while fraction % 10 == 0 {
                fraction /= 10;
                digits -= 1;
            }
            write!(f, ".{fraction:0digits$}")?;
        }
        f.write_str("Z")
    }
}

impl FromStr for Date {
    type Err = OperandError;

    fn from_str(text: &str) -> Result<Self, OperandError> {
        // The library takes any character between date and time, and lower-case letters; RAM's pages
        // only show `T` and `Z`.
        if text.get(10..11) != Some("T") || text.bytes().any(|byte| byte.is_ascii_lowercase()) {
            return Err(OperandError::Date);
        }
        // The library takes a leap second for the instant before the next; no page of RAM shows one.
        if text.get(17..19) == Some("60") {
            return Err(OperandError::Date);
        }
        OffsetDateTime::parse(text, &Rfc3339)
            .map(|instant| Self(instant.unix_timestamp_nanos()))
            .map_err(|_| OperandError::Date)
    }
}

/// Reads `true` or `false`, ASCII case ignored.
///
/// # Errors
///
/// Any other text.
pub fn parse_boolean(text: &str) -> Result<bool, OperandError> {
    if text.eq_ignore_ascii_case("true") {
        Ok(true)
    } else if text.eq_ignore_ascii_case("false") {
        Ok(false)
    } else {
        Err(OperandError::Boolean)
    }
}

/// Reads an IP address.
///
/// # Errors
///
/// A text that is no address, and an IPv4 address written as IPv6.
pub fn parse_address(text: &str) -> Result<IpAddr, OperandError> {
    let address = IpAddr::from_str(text).map_err(|_| OperandError::Ip)?;
    if address == address.to_canonical() { Ok(address) } else { Err(OperandError::MappedIp) }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;

    #[test]
    fn reads_numbers() {
        for (text, expected) in [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("42", Some(42 * NUMBER_SCALE)),
            ("007", Some(7 * NUMBER_SCALE)),
            ("-0.5", Some(-NUMBER_SCALE / 2)),
            ("999999999999999999.999999999999999999", Some(10i128.pow(36) - 1)),
            ("1000000000000000000", None),
            ("", None),
            ("-", None),
            (".5", None),
            ("5.", None),
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
    fn reads_dates() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2019-08-12T17:00:00+08:00", Some(1_565_600_400_000_000_000)),
            ("2019-08-12T09:00:00Z", Some(1_565_600_400_000_000_000)),
            ("2019-08-12T09:00:00.5Z", Some(1_565_600_400_500_000_000)),
            ("2019-08-12T09:00:00", None),
            ("2019-08-12", None),
            ("2019-08-12 09:00:00Z", None),
            ("2019-08-12_09:00:00Z", None),
            ("2019-08-12\u{3}09:00:00Z", None),
            ("2019-08-12t09:00:00z", None),
            ("2019-02-29T09:00:00Z", None),
            ("2019-08-12T24:00:00Z", None),
            ("2016-12-31T23:59:60Z", None),
            ("10000-01-01T00:00:00Z", None),
            ("1565600400", None),
            ("", None),
        ] {
            assert_eq!(text.parse::<Date>().ok().map(Date::unix_nanoseconds), expected, "{text:?}");
        }
    }

    #[test]
    fn prints_what_it_reads() {
        for text in ["1970-01-01T00:00:00Z", "2026-11-22T09:00:00.5Z", "0001-01-01T00:00:00Z"] {
            assert_eq!(
                text.parse::<Date>().map(|date| std::format!("{date}")).as_deref(),
                Ok(text)
            );
        }
        for text in ["0", "-0.5", "42", "1.000000000000000001"] {
            assert_eq!(
                text.parse::<Number>().map(|number| std::format!("{number}")).as_deref(),
                Ok(text)
            );
        }
    }
}
