//! The values of a family as points, in the order in which they are compared: all of them, those that
//! a test asks for, and a text for one of a set.

use alloc::format;
use alloc::string::{String, ToString};

use super::ranges::{Range, Ranges};
use super::spelling;
use crate::terms::family::Family;
use crate::terms::operand::{Block, Date, Meaning, Number, Operand};
use crate::terms::operator::Operator;

/// A number or an instant as a point, in the same order.
const fn point_of(number: i128) -> u128 {
    number.cast_unsigned() ^ (1 << 127)
}

/// The number of a point.
const fn number_of(point: u128) -> i128 {
    (point ^ (1 << 127)).cast_signed()
}

/// Kind of the points of IPv4 addresses.
const IPV4: u8 = 4;
/// Kind of the points of IPv6 addresses.
const IPV6: u8 = 6;

/// A day less a minute: the widest offset of a date and time (RFC 3339).
const WIDEST_OFFSET: i128 = (23 * 60 + 59) * 60 * 1_000_000_000;

/// All values a key of this family can have.
pub(super) fn all_points(family: Family) -> Ranges {
    match family {
        // Texts are no points.
        Family::String => Ranges::default(),
        Family::Boolean => spelling::all(),
        Family::Number => {
            let most = MOST_NUMBER;
            Ranges::of([run(0, point_of(-most), point_of(most))])
        }
        Family::Date => {
            let (first, last) = (FIRST_INSTANT - WIDEST_OFFSET, LAST_INSTANT + WIDEST_OFFSET);
            Ranges::of([run(0, point_of(first), point_of(last))])
        }
        Family::Ip => {
            // An IPv4 address written as IPv6 is taken for what it is.
            let mapped = 0xffff << 32;
            Ranges::of([
                run(IPV4, 0, u128::from(u32::MAX)),
                run(IPV6, 0, mapped - 1),
                run(IPV6, mapped + (1 << 32), u128::MAX),
            ])
        }
    }
}

/// The largest number a text gives, times 10^18.
const MOST_NUMBER: i128 = 10i128.pow(36) - 1;
/// 0000-01-01T00:00:00Z in nanoseconds.
const FIRST_INSTANT: i128 = -62_167_219_200_000_000_000;
/// 9999-12-31T23:59:59.999999999Z in nanoseconds.
const LAST_INSTANT: i128 = 253_402_300_799_999_999_999;

/// The points that a value of a condition matches, and more that no request has.
pub(super) fn points_of(operator: Operator, operand: &Operand) -> Option<Range> {
    match operand.meaning {
        Meaning::Number(_) | Meaning::Date(_) => {
            let (first, last) = operator.order()?.span(operand.meaning.rank()?)?;
            Some(run(0, point_of(first), point_of(last)))
        }
        Meaning::Boolean(wanted) => Some(spelling::of_truth(wanted)),
        Meaning::Block(Block::V4 { first, last }) => Some(run(IPV4, first.into(), last.into())),
        Meaning::Block(Block::V6 { first, last }) => Some(run(IPV6, first, last)),
        // Texts are no points, and a value that cannot be read matches none.
        Meaning::Text | Meaning::Pattern(_) | Meaning::Invalid => None,
    }
}

const fn run(kind: u8, first: u128, last: u128) -> Range {
    Range { kind, first, last }
}

/// The value of a key that is one of these points, the most ordinary of those at hand.
pub(super) fn value(family: Family, left: &Ranges) -> Option<String> {
    let first = left.iter().next()?;
    Some(match family {
        Family::Boolean => spelling::ordinary(left)?,
        Family::Number => {
            let number = nearest(left, 0, 1_000_000_000_000_000_000)?;
            Number::from_scaled(number).to_string()
        }
        // 2026-01-01T00:00:00Z, and whole seconds.
        Family::Date => instant(nearest(left, 1_767_225_600_000_000_000, 1_000_000_000)?),
        // 203.0.113.1, an address for documentation (RFC 5737).
        Family::Ip if left.has(IPV4, 0xcb00_7101) => "203.0.113.1".to_string(),
        Family::Ip if first.kind == IPV4 => {
            // The address behind that of a network, where there is one.
            let host = first.first.saturating_add(1).min(first.last);
            core::net::Ipv4Addr::from(u32::try_from(host).ok()?).to_string()
        }
        Family::Ip => core::net::Ipv6Addr::from(first.first).to_string(),
        Family::String => return None,
    })
}

/// A number of the set: this one, else a multiple of the unit near the end of a run, else an end.
fn nearest(left: &Ranges, usual: i128, unit: i128) -> Option<i128> {
    if left.has(0, point_of(usual)) {
        return Some(usual);
    }
    let ends = || left.iter().flat_map(|run| [number_of(run.first), number_of(run.last)]);
    let distance = |number: &i128| number.abs_diff(usual);
    let whole = ends()
        .flat_map(|end| {
            let below = end.div_euclid(unit) * unit;
            [below, below.saturating_add(unit)]
        })
        .filter(|number| left.has(0, point_of(*number)));
    whole.min_by_key(distance).or_else(|| ends().min_by_key(distance))
}

/// An instant as text, with the widest offset where its year is not one of four digits.
fn instant(nanoseconds: i128) -> String {
    let shifted = |shift: i128, offset: &str| {
        let text = Date::from_unix_nanoseconds(nanoseconds + shift).to_string();
        format!("{}{offset}", text.trim_end_matches('Z'))
    };
    if nanoseconds < FIRST_INSTANT {
        shifted(WIDEST_OFFSET, "+23:59")
    } else if nanoseconds > LAST_INSTANT {
        shifted(-WIDEST_OFFSET, "-23:59")
    } else {
        Date::from_unix_nanoseconds(nanoseconds).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_numbers_and_instants_are_texts() {
        for (text, expected) in [
            ("999999999999999999.999999999999999999", MOST_NUMBER),
            ("-999999999999999999.999999999999999999", -MOST_NUMBER),
        ] {
            assert_eq!(text.parse::<Number>().map(Number::scaled), Ok(expected), "{text}");
        }
        for (text, expected) in [
            ("0000-01-01T00:00:00Z", FIRST_INSTANT),
            ("9999-12-31T23:59:59.999999999Z", LAST_INSTANT),
            ("0000-01-01T00:00:00+23:59", FIRST_INSTANT - WIDEST_OFFSET),
            ("9999-12-31T23:59:59.999999999-23:59", LAST_INSTANT + WIDEST_OFFSET),
        ] {
            let found = text.parse::<Date>().map(Date::unix_nanoseconds);
            assert_eq!(found, Ok(expected), "{text}");
        }
        assert!("9999-12-31T23:59:59-24:00".parse::<Date>().is_err());
    }

    #[test]
    fn points_keep_the_order_of_numbers() {
        let numbers = [i128::MIN, -1, 0, 1, i128::MAX];
        assert!(numbers.map(point_of).is_sorted());
        assert_eq!(numbers.map(|number| number_of(point_of(number))), numbers);
    }
}
