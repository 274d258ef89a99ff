//! The order of numbers and instants in a constant.

use core::cmp::Ordering;

use super::buffer::Buffer;
use super::bytes::Text;
use crate::terms::operand::{Date, Number};

/// How one number stands to another; `None` when one of them is none.
pub(super) const fn order_of_numbers(one: Text<'_>, other: Text<'_>) -> Option<Ordering> {
    match (Number::read(one.as_bytes()), Number::read(other.as_bytes())) {
        (Some(one), Some(other)) => Some(order(one.scaled(), other.scaled())),
        _ => None,
    }
}

/// How one instant stands to another; `None` when one of them is none.
pub(super) const fn order_of_dates(one: Text<'_>, other: Text<'_>) -> Option<Ordering> {
    match (Date::read(one.as_bytes()), Date::read(other.as_bytes())) {
        (Some(one), Some(other)) => Some(order(one.unix_nanoseconds(), other.unix_nanoseconds())),
        _ => None,
    }
}

const fn order(one: i128, other: i128) -> Ordering {
    if one < other {
        Ordering::Less
    } else if one > other {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}

/// Adds the whole second before an instant or, if `later`, the one behind it; nothing where the text
/// is no instant or that second is in no year of four digits.
pub(super) const fn add_next<const N: usize>(into: &mut Buffer<N>, text: Text<'_>, later: bool) {
    let Some(date) = Date::read(text.as_bytes()) else { return };
    let second = date.unix_nanoseconds().div_euclid(SECOND) + if later { 1 } else { -1 };
    let Some(parts) = Date::from_unix_nanoseconds(second * SECOND).parts() else { return };
    let [year, month, day, hour, minute, second] = parts;
    add_digits(into, year / 100);
    add_digits(into, year % 100);
    into.push(b'-');
    add_digits(into, month);
    into.push(b'-');
    add_digits(into, day);
    into.push(b'T');
    add_digits(into, hour);
    into.push(b':');
    add_digits(into, minute);
    into.push(b':');
    add_digits(into, second);
    into.push(b'Z');
}

const SECOND: i128 = 1_000_000_000;

/// Adds a number below 100 with two digits.
const fn add_digits<const N: usize>(into: &mut Buffer<N>, number: i64) {
    into.push(b'0' + (number / 10 % 10) as u8);
    into.push(b'0' + (number % 10) as u8);
}
