//! The order of numbers and instants in a constant.

use core::cmp::Ordering;

use super::buffer::Buffer;
use super::bytes::{Text, at};
use crate::operand::{Date, Number};

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

const fn year(text: Text<'_>) -> Option<u32> {
    let mut year = 0u32;
    let mut index = 0;
    while index < 4 {
        let digit = at(text, index);
        if !digit.is_ascii_digit() {
            return None;
        }
        year = year * 10 + (digit - b'0') as u32;
        index += 1;
    }
    Some(year)
}

/// Adds an instant two years before another or, if `later`, behind it; nothing where there is none.
pub(super) const fn add_year<const N: usize>(into: &mut Buffer<N>, text: Text<'_>, later: bool) {
    let Some(year) = year(text) else { return };
    // Four digits, whatever is added.
    if year < 1002 || year > 9990 {
        return;
    }
    into.add_number((if later { year + 2 } else { year - 2 }) as usize);
    into.add(b"-01-01T00:00:00Z");
}
