//! The order of numbers and instants in a constant, as far as it shows without working them out.

use core::cmp::Ordering;

use super::buffer::Buffer;
use super::bytes::{Text, at, equal, find, part};

/// How many digits stand before and behind the point of a number at most.
const DIGITS: usize = 18;

/// How one number stands to another; `None` when one of them is none.
pub(super) const fn order_of_numbers(one: Text<'_>, other: Text<'_>) -> Option<Ordering> {
    match (scaled(one), scaled(other)) {
        (Some(one), Some(other)) => Some(if one < other {
            Ordering::Less
        } else if one > other {
            Ordering::Greater
        } else {
            Ordering::Equal
        }),
        _ => None,
    }
}

/// A decimal number times 10^18.
const fn scaled(text: Text<'_>) -> Option<i128> {
    let minus = at(text, 0) == b'-';
    let digits = if minus { part(text, 1, text.len()) } else { text };
    let point = find(digits, b'.');
    let (whole, fraction) = (part(digits, 0, point), part(digits, point + 1, digits.len()));
    let ends_in_point = point + 1 == digits.len();
    if whole.is_empty() || ends_in_point || whole.len() > DIGITS || fraction.len() > DIGITS {
        return None;
    }
    let mut number = 0i128;
    let mut index = 0;
    while index < DIGITS + whole.len() {
        let digit = if index < whole.len() {
            at(whole, index)
        } else if index - whole.len() < fraction.len() {
            at(fraction, index - whole.len())
        } else {
            b'0'
        };
        if !digit.is_ascii_digit() {
            return None;
        }
        number = number * 10 + (digit - b'0') as i128;
        index += 1;
    }
    Some(if minus { -number } else { number })
}

/// How one instant stands to another; `None` when their years are too near for that.
pub(super) const fn order_of_dates(one: Text<'_>, other: Text<'_>) -> Option<Ordering> {
    if equal(one, other, false) {
        return Some(Ordering::Equal);
    }
    match (year(one), year(other)) {
        // Zones are hours apart, so a year between is enough.
        (Some(one), Some(other)) if one + 1 < other => Some(Ordering::Less),
        (Some(one), Some(other)) if other + 1 < one => Some(Ordering::Greater),
        _ => None,
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
