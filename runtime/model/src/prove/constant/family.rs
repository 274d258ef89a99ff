//! What a constant knows of the values of each family: which cover which, which match, and one that
//! does.

use core::cmp::Ordering;

use super::buffer::Buffer;
use super::bytes::{Text, equal, find, is, is_plain, part};
use super::known::Known;
use super::order::{add_next, order_of_dates, order_of_numbers};
use super::pattern::{covers, fill, matches as matches_pattern};
use crate::terms::operand::Block;
use crate::terms::operator::{Comparison, Operator, Order, TextComparison};

/// Whether values under the one operator can be covered by values under the other.
pub(super) const fn comparable(narrow: Operator, wide: Operator) -> bool {
    match (narrow.comparison(), wide.comparison()) {
        (Comparison::Text(narrow), Comparison::Text(wide)) => {
            let equal_to_like =
                matches!(narrow, TextComparison::Equal) && matches!(wide, TextComparison::Like);
            narrow as u8 == wide as u8 || equal_to_like
        }
        (Comparison::Number(narrow), Comparison::Number(wide))
        | (Comparison::Date(narrow), Comparison::Date(wide)) => narrow as u8 == wide as u8,
        (Comparison::Boolean, Comparison::Boolean) | (Comparison::Address, Comparison::Address) => {
            true
        }
        (
            Comparison::Text(_)
            | Comparison::Number(_)
            | Comparison::Date(_)
            | Comparison::Boolean
            | Comparison::Address,
            _,
        ) => false,
    }
}

pub(super) const fn value_covers(operator: Operator, wide: Text<'_>, narrow: Text<'_>) -> bool {
    if equal(wide, narrow, false) {
        return true;
    }
    match operator.comparison() {
        Comparison::Text(TextComparison::Like) => covers(wide, narrow, false),
        Comparison::Text(TextComparison::EqualIgnoreCase) => {
            is_plain(wide) && is_plain(narrow) && equal(wide, narrow, true)
        }
        // The same text is covered above.
        Comparison::Text(TextComparison::Equal) => false,
        Comparison::Boolean => equal(wide, narrow, true),
        Comparison::Address => {
            match (Block::read(wide.as_bytes()), Block::read(narrow.as_bytes())) {
                (Some(wide), Some(narrow)) => wide.covers(narrow),
                _ => false,
            }
        }
        Comparison::Number(asked) => reaches(order_of_numbers(narrow, wide), asked),
        Comparison::Date(asked) => reaches(order_of_dates(narrow, wide), asked),
    }
}

/// Whether a bound that stands so to a wider one lets through no more than it.
const fn reaches(order: Option<Ordering>, asked: Order) -> bool {
    matches!(
        (order, asked),
        (Some(Ordering::Equal), _)
            | (Some(Ordering::Less), Order::Less | Order::LessOrEqual)
            | (Some(Ordering::Greater), Order::Greater | Order::GreaterOrEqual)
    )
}

/// Adds a value that matches one of a test; nothing where it would have to be worked out.
pub(super) const fn add_match<const N: usize>(
    into: &mut Buffer<N>,
    operator: Operator,
    wanted: Text<'_>,
) {
    match operator.comparison() {
        Comparison::Text(TextComparison::Like) => fill(into, wanted, Text::of(b"x")),
        Comparison::Address => into.add_text(part(wanted, 0, find(wanted, b'/'))),
        Comparison::Boolean if is(wanted, b"true", true) => into.add(b"true"),
        Comparison::Boolean => into.add(b"false"),
        Comparison::Number(Order::Less) => into.add(b"-999999999999999999"),
        Comparison::Number(Order::Greater) => into.add(b"999999999999999999"),
        Comparison::Date(Order::Less) => add_next(into, wanted, false),
        Comparison::Date(Order::Greater) => add_next(into, wanted, true),
        Comparison::Text(TextComparison::Equal | TextComparison::EqualIgnoreCase)
        | Comparison::Number(Order::Equal | Order::LessOrEqual | Order::GreaterOrEqual)
        | Comparison::Date(Order::Equal | Order::LessOrEqual | Order::GreaterOrEqual) => {
            into.add_text(wanted);
        }
    }
}

/// Whether a value that can be compared matches one of a test.
pub(super) const fn matches(operator: Operator, wanted: Text<'_>, given: Text<'_>) -> Known {
    let plain = is_plain(wanted) && is_plain(given);
    match operator.comparison() {
        Comparison::Text(TextComparison::Like) if is_plain(given) => {
            Known::of(matches_pattern(wanted, given, false))
        }
        Comparison::Text(TextComparison::EqualIgnoreCase) if plain => {
            Known::of(equal(wanted, given, true))
        }
        Comparison::Text(TextComparison::Like | TextComparison::EqualIgnoreCase) => Known::Open,
        Comparison::Text(TextComparison::Equal) => Known::of(equal(wanted, given, false)),
        Comparison::Boolean => Known::of(equal(wanted, given, true)),
        Comparison::Address => {
            match (Block::read(wanted.as_bytes()), Block::read(given.as_bytes())) {
                (Some(block), Some(address)) => Known::of(block.covers(address)),
                _ => Known::Open,
            }
        }
        Comparison::Number(asked) => ordered(order_of_numbers(given, wanted), asked),
        Comparison::Date(asked) => ordered(order_of_dates(given, wanted), asked),
    }
}

/// What the order of the given value to the wanted one says to the one asked for.
const fn ordered(order: Option<Ordering>, asked: Order) -> Known {
    match order {
        Some(order) => Known::of(asked.holds(order)),
        None => Known::Open,
    }
}
