//! Conditions in a constant: whether some follow from others, or exclude each other.

use core::cmp::Ordering;

use super::address::block_covers;
use super::bytes::{Text, equal, has, is, is_plain, part};
use super::json::{Items, Members};
use super::order::{order_of_dates, order_of_numbers};
use super::pattern::covers;
use crate::terms::operator::{Comparison, Family, Operator};

/// A test of one key.
#[derive(Clone, Copy)]
pub(super) struct Test<'a> {
    pub(super) operator: Operator,
    pub(super) key: Text<'a>,
    values: Text<'a>,
}

/// The tests of a condition, all of which must hold.
#[derive(Clone, Copy)]
pub(super) struct Tests<'a> {
    operators: Members<'a>,
    operator: Option<Operator>,
    keys: Members<'a>,
}

impl<'a> Tests<'a> {
    pub(super) const fn of(conditions: Members<'a>) -> Self {
        Self { operators: conditions, operator: None, keys: Members::NONE }
    }

    /// The next test; `Err` for an operator that is none.
    pub(super) const fn next(&mut self) -> Result<Option<Test<'a>>, ()> {
        loop {
            if let (Some(key), Some(operator)) = (self.keys.next(), self.operator) {
                return Ok(Some(Test { operator, key: key.name, values: key.value }));
            }
            let Some(member) = self.operators.next() else { return Ok(None) };
            self.operator = operator_of(member.name);
            if self.operator.is_none() {
                return Err(());
            }
            self.keys = Members::of(member.value);
        }
    }
}

impl<'a> Test<'a> {
    /// The values it compares with.
    pub(super) const fn values(&self) -> Items<'a> {
        Items::of(self.values)
    }
}

#[allow(clippy::indexing_slicing, reason = "the index is asked for first")]
const fn operator_of(name: Text<'_>) -> Option<Operator> {
    let mut index = 0;
    while index < Operator::ALL.len() {
        if is(name, Operator::ALL[index].name().as_bytes(), false) {
            return Some(Operator::ALL[index]);
        }
        index += 1;
    }
    None
}

/// Whether the second conditions hold for every request for which the first do; where something is
/// not known, that it is not known for the second either or that they hold. Sound: it may say no
/// where they do.
pub(super) const fn follows(from: Members<'_>, conditions: Members<'_>) -> bool {
    let mut tests = Tests::of(conditions);
    loop {
        match tests.next() {
            Ok(Some(test)) if one_implies(from, &test) => {}
            Ok(None) => return true,
            Ok(Some(_)) | Err(()) => return false,
        }
    }
}

/// Whether the second conditions hold for no request for which the first do. Sound: it may say no
/// where that is so.
pub(super) const fn exclude(allowed: Members<'_>, denied: Members<'_>) -> bool {
    let mut tests = Tests::of(denied);
    while let Ok(Some(denied)) = tests.next() {
        let mut others = Tests::of(allowed);
        while let Ok(Some(allowed)) = others.next() {
            if equal(allowed.key, denied.key, false) && tests_exclude(&allowed, &denied) {
                return true;
            }
        }
    }
    false
}

const fn one_implies(from: Members<'_>, test: &Test<'_>) -> bool {
    let mut tests = Tests::of(from);
    while let Ok(Some(strong)) = tests.next() {
        let is_about_it = equal(strong.key, test.key, false)
            && strong.operator.negated() == test.operator.negated()
            && comparable(strong.operator, test.operator);
        if is_about_it {
            let (narrow, wide) =
                if test.operator.negated() { (test, &strong) } else { (&strong, test) };
            if values_covered(narrow, wide) {
                return true;
            }
        }
    }
    false
}

const fn tests_exclude(allowed: &Test<'_>, denied: &Test<'_>) -> bool {
    match (allowed.operator.negated(), denied.operator.negated()) {
        // A value that the denial leaves out.
        (false, true) => {
            comparable(allowed.operator, denied.operator) && values_covered(allowed, denied)
        }
        // All values the denial asks for are left out.
        (true, false) => {
            comparable(denied.operator, allowed.operator) && values_covered(denied, allowed)
        }
        // A common key has at most one value (RAM: Common condition keys).
        (false, false) => {
            let is_text = matches!(
                (allowed.operator, denied.operator),
                (Operator::StringEquals, Operator::StringEquals) | (Operator::Bool, Operator::Bool)
            );
            is_text && is_common(allowed.key) && none_shared(allowed, denied)
        }
        (true, true) => false,
    }
}

/// Whether values under the one operator can be covered by values under the other.
const fn comparable(narrow: Operator, wide: Operator) -> bool {
    let same_order = narrow.comparison() as u8 == wide.comparison() as u8;
    let text = matches!(narrow.family(), Family::String) && matches!(wide.family(), Family::String);
    let equal_to_like = text
        && matches!(narrow.comparison(), Comparison::Equal)
        && matches!(wide.comparison(), Comparison::Like);
    narrow.family() as u8 == wide.family() as u8 && (same_order || equal_to_like)
}

/// Whether each value of the first test is covered by one of the second.
const fn values_covered(narrow: &Test<'_>, wide: &Test<'_>) -> bool {
    let mut values = narrow.values();
    while let Some(value) = values.next() {
        let mut others = wide.values();
        let mut is_covered = false;
        while let Some(other) = others.next() {
            is_covered = is_covered || value_covers(wide.operator, other, value);
        }
        if !is_covered {
            return false;
        }
    }
    true
}

const fn value_covers(operator: Operator, wide: Text<'_>, narrow: Text<'_>) -> bool {
    if equal(wide, narrow, false) {
        return true;
    }
    match (operator.family(), operator.comparison()) {
        (Family::String, Comparison::Like) => covers(wide, narrow, false),
        (Family::String, Comparison::EqualIgnoreCase) => {
            is_plain(wide) && is_plain(narrow) && equal(wide, narrow, true)
        }
        (Family::Boolean, _) => equal(wide, narrow, true),
        (Family::Ip, _) => block_covers(wide, narrow),
        (Family::Number, comparison) => reaches(order_of_numbers(narrow, wide), comparison),
        (Family::Date, comparison) => reaches(order_of_dates(narrow, wide), comparison),
        _ => false,
    }
}

/// Whether a bound that stands so to a wider one lets through no more than it.
const fn reaches(order: Option<Ordering>, comparison: Comparison) -> bool {
    matches!(
        (order, comparison),
        (Some(Ordering::Equal), _)
            | (Some(Ordering::Less), Comparison::Less | Comparison::LessOrEqual)
            | (Some(Ordering::Greater), Comparison::Greater | Comparison::GreaterOrEqual)
    )
}

const fn none_shared(one: &Test<'_>, other: &Test<'_>) -> bool {
    let mut values = one.values();
    while let Some(value) = values.next() {
        let mut others = other.values();
        while let Some(other) = others.next() {
            if equal(value, other, true) {
                return false;
            }
        }
    }
    true
}

/// Whether a key is a common one and no tag.
pub(super) const fn is_common(key: Text<'_>) -> bool {
    is(part(key, 0, 4), b"acs:", false) && !has(key, b'/')
}
