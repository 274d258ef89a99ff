//! Instants.
//!
//! They are read here and not by a library, because policies are compared in constants too and no
//! library reads a date there; two readers would have to agree. The tests hold it against the `time`
//! crate.

use core::str::FromStr;

use super::OperandError;

/// An instant, to the nanosecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i128);

const SECOND: i128 = 1_000_000_000;
const DAY_SECONDS: i64 = 24 * 60 * 60;
const NANOSECOND_DIGITS: usize = 9;
/// The days of 400 years, after which leap years repeat.
const DAYS_OF_400_YEARS: i64 = 146_097;

impl Date {
    /// The instant that many seconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_unix_seconds(seconds: i64) -> Self {
        Self(seconds as i128 * SECOND)
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

    /// Reads a date and time of RFC 3339, also in a constant; `None` where it is none.
    ///
    /// `T` and `Z` are upper case and stand where they are, because RAM's pages only show that; a
    /// leap second is none, because no page shows one. Digits behind the ninth of a fraction do not
    /// count.
    #[must_use]
    pub const fn read(text: &[u8]) -> Option<Self> {
        let Some((whole, rest)) = text.split_first_chunk::<19>() else { return None };
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', clock @ ..] = *whole else {
            return None;
        };
        let [h1, h2, b':', i1, i2, b':', s1, s2] = clock else { return None };
        let (Some(century), Some(year)) = (pair(y1, y2, 0, 99), pair(y3, y4, 0, 99)) else {
            return None;
        };
        let year = century * 100 + year;
        let Some(month) = pair(m1, m2, 1, 12) else { return None };
        let Some(day) = pair(d1, d2, 1, days_of_month(year, month)) else { return None };
        let (Some(hour), Some(minute), Some(second)) =
            (pair(h1, h2, 0, 23), pair(i1, i2, 0, 59), pair(s1, s2, 0, 59))
        else {
            return None;
        };
        let Some((nanoseconds, zone)) = fraction(rest) else { return None };
        let Some(offset) = offset_seconds(zone) else { return None };
        let days = days_before_month(year, month) + day - 1 - days_before_year(1970);
        let seconds = days * DAY_SECONDS + (hour * 60 + minute) * 60 + second - offset;
        Some(Self(seconds as i128 * SECOND + nanoseconds))
    }
}

/// Two digits as a number of a range.
const fn pair(tens: u8, ones: u8, least: i64, most: i64) -> Option<i64> {
    if !tens.is_ascii_digit() || !ones.is_ascii_digit() {
        return None;
    }
    let number = (tens - b'0') as i64 * 10 + (ones - b'0') as i64;
    if least <= number && number <= most { Some(number) } else { None }
}

/// The nanoseconds of a fraction, if there is one, and what is behind it.
const fn fraction(text: &[u8]) -> Option<(i128, &[u8])> {
    let [b'.', digits @ ..] = text else { return Some((0, text)) };
    let [b'0'..=b'9', ..] = digits else { return None };
    let (mut rest, mut unit, mut nanoseconds) = (digits, SECOND / 10, 0);
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        nanoseconds += (*digit - b'0') as i128 * unit;
        unit /= 10;
        rest = after;
    }
    Some((nanoseconds, rest))
}

/// How many seconds the clocks of a zone are ahead.
const fn offset_seconds(zone: &[u8]) -> Option<i64> {
    let (sign, h1, h2, m1, m2) = match *zone {
        [b'Z'] => return Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => (sign, h1, h2, m1, m2),
        _ => return None,
    };
    let (Some(hours), Some(minutes)) = (pair(h1, h2, 0, 23), pair(m1, m2, 0, 59)) else {
        return None;
    };
    let seconds = (hours * 60 + minutes) * 60;
    Some(if sign == b'-' { -seconds } else { seconds })
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days from the beginning of year 0 to the beginning of a year that is not before it.
const fn days_before_year(year: i64) -> i64 {
    // Year 0 is a leap year.
    year * 365 + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400
}

/// The days from the beginning of year 0 to the beginning of a month.
const fn days_before_month(year: i64, month: i64) -> i64 {
    let (mut days, mut before) = (days_before_year(year), 1);
    while before < month {
        days += days_of_month(year, before);
        before += 1;
    }
    days
}

/// The year, month and day that begins that many days after year 0, which are not less than none.
const fn civil(days: i64) -> (i64, i64, i64) {
    // At most one too large or too small.
    let mut year = days * 400 / DAYS_OF_400_YEARS;
    if days < days_before_year(year) {
        year -= 1;
    } else if days_before_year(year + 1) <= days {
        year += 1;
    }
    let (mut month, mut day) = (1, days - days_before_year(year));
    while day >= days_of_month(year, month) {
        day -= days_of_month(year, month);
        month += 1;
    }
    (year, month, day + 1)
}

impl Date {
    /// Year, month, day, hour, minute and second, of UTC; `None` outside the years 0 to 9999.
    pub(crate) const fn parts(self) -> Option<[i64; 6]> {
        let since_year_0 =
            self.0.div_euclid(SECOND) + (days_before_year(1970) * DAY_SECONDS) as i128;
        if since_year_0 < 0 || since_year_0 >= (days_before_year(10_000) * DAY_SECONDS) as i128 {
            return None;
        }
        // Far inside i64.
        let seconds = since_year_0 as i64;
        let (year, month, day) = civil(seconds / DAY_SECONDS);
        let minutes = seconds % DAY_SECONDS / 60;
        Some([year, month, day, minutes / 60, minutes % 60, seconds % 60])
    }
}

/// As `2026-11-22T09:00:00Z`, with a fraction if there is one; an instant outside the years 0 to
/// 9999, which no text gives, as its nanoseconds behind `@`.
impl core::fmt::Display for Date {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Some([year, month, day, hour, minute, second]) = self.parts() else {
            return write!(f, "@{}", self.0);
        };
        let mut fraction = self.0.rem_euclid(SECOND);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        if fraction > 0 {
            let mut digits = NANOSECOND_DIGITS;
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
        Self::read(text.as_bytes()).ok_or(OperandError::Date)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::format;
    use std::string::String;

    use proptest::prelude::*;
    use time::OffsetDateTime;
    use time::format_description::well_known::Rfc3339;

    use super::{Date, civil, days_before_month, days_before_year, days_of_month};

    #[test]
    fn reads_dates() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2019-08-12T17:00:00+08:00", Some(1_565_600_400_000_000_000)),
            ("2019-08-12T09:00:00Z", Some(1_565_600_400_000_000_000)),
            ("2019-08-12T09:00:00-00:00", Some(1_565_600_400_000_000_000)),
            ("2019-08-12T09:00:00.5Z", Some(1_565_600_400_500_000_000)),
            ("2019-08-12T09:00:00.1234567899Z", Some(1_565_600_400_123_456_789)),
            ("2020-02-29T00:00:00Z", Some(1_582_934_400_000_000_000)),
            ("2000-02-29T00:00:00Z", Some(951_782_400_000_000_000)),
            ("0000-01-01T00:00:00Z", Some(-62_167_219_200_000_000_000)),
            ("9999-12-31T23:59:59.999999999Z", Some(253_402_300_799_999_999_999)),
            ("2019-08-12T09:00:00", None),
            ("2019-08-12T09:00:00.Z", None),
            ("2019-08-12T09:00:00,5Z", None),
            ("2019-08-12T09:00Z", None),
            ("2019-08-12", None),
            ("2019-08-12 09:00:00Z", None),
            ("2019-08-12_09:00:00Z", None),
            ("2019-08-12\u{3}09:00:00Z", None),
            ("2019-08-12t09:00:00z", None),
            ("2019-08-12T09:00:00z", None),
            ("2019-02-29T09:00:00Z", None),
            ("1900-02-29T09:00:00Z", None),
            ("2019-00-12T09:00:00Z", None),
            ("2019-13-12T09:00:00Z", None),
            ("2019-04-31T09:00:00Z", None),
            ("2019-08-00T09:00:00Z", None),
            ("2019-08-12T24:00:00Z", None),
            ("2019-08-12T09:60:00Z", None),
            ("2016-12-31T23:59:60Z", None),
            ("2019-08-12T09:00:00+24:00", None),
            ("2019-08-12T09:00:00+08:60", None),
            ("2019-08-12T09:00:00+0800", None),
            ("2019-08-12T09:00:00Z ", None),
            (" 2019-08-12T09:00:00Z", None),
            ("+2019-8-12T09:00:00Z", None),
            ("10000-01-01T00:00:00Z", None),
            ("1565600400", None),
            ("", None),
        ] {
            assert_eq!(text.parse::<Date>().ok().map(Date::unix_nanoseconds), expected, "{text:?}");
        }
    }

    #[test]
    fn is_read_in_constants() {
        const NOON: Option<Date> = Date::read(b"2026-11-22T12:00:00+08:00");
        assert_eq!(NOON, "2026-11-22T04:00:00Z".parse().ok());
    }

    #[test]
    fn prints_what_it_reads() {
        for text in ["1970-01-01T00:00:00Z", "2026-11-22T09:00:00.5Z", "0001-01-01T00:00:00Z"] {
            let printed = text.parse::<Date>().map(|date| format!("{date}"));
            assert_eq!(printed.as_deref(), Ok(text));
        }
        for nanoseconds in [i128::MIN, i128::MAX, 253_402_300_800_000_000_000] {
            let date = Date::from_unix_nanoseconds(nanoseconds);
            assert_eq!(format!("{date}"), format!("@{nanoseconds}"));
        }
    }

    #[test]
    fn knows_every_day() {
        let mut days = 0;
        for year in 0..10_000 {
            assert_eq!(days_before_year(year), days);
            for month in 1..=12 {
                assert_eq!(days_before_month(year, month), days);
                for day in 1..=days_of_month(year, month) {
                    assert_eq!(civil(days), (year, month, day));
                    days += 1;
                }
            }
        }
    }

    /// What the `time` crate reads, without the forms that RAM's pages do not show.
    fn by_library(text: &str) -> Option<i128> {
        if text.get(10..11) != Some("T") || text.get(17..19) == Some("60") || text.contains('z') {
            return None;
        }
        Some(OffsetDateTime::parse(text, &Rfc3339).ok()?.unix_timestamp_nanos())
    }

    /// Texts that are dates or nearly.
    fn nearly_a_date() -> impl Strategy<Value = String> {
        let day = (0..=9999u16, 0..=13u8, 0..=32u8);
        let clock = (0..=24u8, 0..=60u8, 0..=61u8);
        let fraction = prop_oneof![Just(String::new()), "\\.[0-9]{0,12}"];
        let zone =
            prop_oneof![Just(String::from("Z")), "[+-][0-2][0-9]:[0-6][0-9]", "[zZ+-][0-9:]{0,5}"];
        (day, clock, fraction, zone).prop_map(|((y, m, d), (h, i, s), fraction, zone)| {
            format!("{y:04}-{m:02}-{d:02}T{h:02}:{i:02}:{s:02}{fraction}{zone}")
        })
    }

    proptest! {
        #[test]
        fn agrees_with_a_library(
            mut text in nearly_a_date(),
            slip in any::<Option<(prop::sample::Index, char)>>(),
        ) {
            let date = text.parse::<Date>().ok();
            prop_assert_eq!(date.map(Date::unix_nanoseconds), by_library(&text), "{:?}", text);
            if let Some(date) = date {
                prop_assert_eq!(format!("{date}").parse().ok(), Some(date).filter(|date| {
                    !format!("{date}").starts_with('@')
                }));
            }
            if let Some((at, character)) = slip {
                let at = at.index(text.len());
                text.replace_range(at..=at, character.encode_utf8(&mut [0; 4]));
                let date = text.parse::<Date>().ok();
                prop_assert_eq!(date.map(Date::unix_nanoseconds), by_library(&text), "{:?}", text);
            }
        }
    }
}
