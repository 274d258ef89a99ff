//! A request that is put together in a constant, and what a policy's text says to it.

use core::cmp::Ordering;

use super::address::block;
use super::buffer::Buffer;
use super::bytes::{Text, at, equal, find, is, is_plain, part};
use super::condition::{Test, Tests};
use super::fields::Fields;
use super::json::Members;
use super::order::{add_next, order_of_dates, order_of_numbers};
use super::pattern::{covers, is_exact};
use super::statement::{Actions, Statement, Statements};
use crate::terms::operator::{Comparison, Family};

/// Most condition keys of a request.
const KEYS: usize = 6;

/// A condition key with its one value.
#[derive(Clone, Copy)]
struct Given<'a> {
    key: Text<'a>,
    value: Buffer<128>,
}

/// The condition values of a request.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    given: [Given<'a>; KEYS],
    len: usize,
}

/// A request; its action and its resource have no character that JSON escapes.
#[derive(Clone, Copy)]
pub(super) struct Request<'a> {
    pub(super) action: Buffer<160>,
    pub(super) resource: Buffer<320>,
    pub(super) context: Context<'a>,
}

/// Whether something holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Yes,
    No,
    /// It is not known here.
    Open,
}

impl Known {
    pub(super) const fn is_yes(self) -> bool {
        matches!(self, Self::Yes)
    }

    pub(super) const fn is_no(self) -> bool {
        matches!(self, Self::No)
    }

    const fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Open => Self::Open,
        }
    }
}

impl<'a> Context<'a> {
    pub(super) const EMPTY: Self =
        Self { given: [Given { key: Text::EMPTY, value: Buffer::EMPTY }; KEYS], len: 0 };

    /// The same values and, for keys that have none yet, such as let the conditions hold.
    pub(super) const fn and(self, conditions: Members<'a>) -> Self {
        // A key that is not there lets a negated test hold.
        self.with_values_of(conditions, false)
    }

    /// The same values and, for keys that have none yet, such as let negated tests fail.
    pub(super) const fn against(self, conditions: Members<'a>) -> Self {
        self.with_values_of(conditions, true)
    }

    /// Adds values that match the tests that are negated, or those that are not.
    #[allow(clippy::indexing_slicing, reason = "the index is asked for first")]
    const fn with_values_of(mut self, conditions: Members<'a>, negated: bool) -> Self {
        let mut tests = Tests::of(conditions);
        while let Ok(Some(test)) = tests.next() {
            if test.operator.negated() != negated
                || self.value(test.key).is_some()
                || self.len == KEYS
            {
                continue;
            }
            if let Some(value) = value_of(&test) {
                self.given[self.len] = Given { key: test.key, value };
                self.len += 1;
            }
        }
        self
    }

    #[allow(clippy::indexing_slicing, reason = "the index is asked for first")]
    pub(super) const fn get(&self, index: usize) -> Option<(Text<'a>, Text<'_>)> {
        if index < self.len {
            Some((self.given[index].key, self.given[index].value.as_text()))
        } else {
            None
        }
    }

    const fn value(&self, key: Text<'_>) -> Option<Text<'_>> {
        let mut index = 0;
        while let Some((given, value)) = self.get(index) {
            if equal(given, key, false) {
                return Some(value);
            }
            index += 1;
        }
        None
    }

    /// Whether all conditions hold.
    const fn holds(&self, conditions: Members<'_>) -> Known {
        let mut result = Known::Yes;
        let mut tests = Tests::of(conditions);
        loop {
            match tests.next() {
                Ok(None) => return result,
                Ok(Some(test)) => match self.one_holds(&test) {
                    Known::Yes => {}
                    Known::No => return Known::No,
                    Known::Open => result = Known::Open,
                },
                Err(()) => result = Known::Open,
            }
        }
    }

    const fn one_holds(&self, test: &Test<'_>) -> Known {
        let Some(given) = self.value(test.key) else {
            return if test.operator.negated() { Known::Yes } else { Known::No };
        };
        let mut any = Known::No;
        let mut values = test.values();
        while let Some(wanted) = values.next() {
            match matches(test, wanted, given) {
                Known::Yes => any = Known::Yes,
                Known::Open if any.is_no() => any = Known::Open,
                Known::Open | Known::No => {}
            }
        }
        if test.operator.negated() { any.not() } else { any }
    }
}

/// A value that lets a test hold; none where it would have to be worked out.
const fn value_of(test: &Test<'_>) -> Option<Buffer<128>> {
    let mut values = test.values();
    let Some(first) = values.next() else { return None };
    let mut value = Buffer::EMPTY;
    match (test.operator.family(), test.operator.comparison()) {
        (Family::String, Comparison::Like) => fill(&mut value, first, Text::of(b"x")),
        (Family::Ip, _) => value.add_text(part(first, 0, find(first, b'/'))),
        (Family::Number, Comparison::Less) => value.add(b"-999999999999999999"),
        (Family::Number, Comparison::Greater) => value.add(b"999999999999999999"),
        (Family::Date, Comparison::Less) => add_next(&mut value, first, false),
        (Family::Date, Comparison::Greater) => add_next(&mut value, first, true),
        _ => value.add_text(first),
    }
    if value.is_cut || value.as_text().is_empty() { None } else { Some(value) }
}

/// Whether a value matches one of a test.
const fn matches(test: &Test<'_>, wanted: Text<'_>, given: Text<'_>) -> Known {
    let same = equal(wanted, given, false);
    let plain = is_plain(wanted) && is_plain(given);
    match (test.operator.family(), test.operator.comparison()) {
        (Family::String, Comparison::Like) if plain && is_exact(given) => {
            known(covers(wanted, given, false))
        }
        (Family::String, Comparison::Equal) => known(same),
        (Family::String, Comparison::EqualIgnoreCase) if plain => known(equal(wanted, given, true)),
        (Family::Boolean, _) if is_boolean(wanted) && is_boolean(given) => {
            known(equal(wanted, given, true))
        }
        (Family::Ip, _) => match (block(wanted), block(given)) {
            (Some((first, last)), Some((from, to))) if from == to => {
                known(first <= from && to <= last)
            }
            _ => Known::Open,
        },
        (Family::Number, comparison) => ordered(order_of_numbers(given, wanted), comparison),
        (Family::Date, comparison) => ordered(order_of_dates(given, wanted), comparison),
        _ => Known::Open,
    }
}

/// What an order of the given value to the wanted one says to a comparison.
const fn ordered(order: Option<Ordering>, comparison: Comparison) -> Known {
    let Some(order) = order else { return Known::Open };
    known(match comparison {
        Comparison::Less => matches!(order, Ordering::Less),
        Comparison::LessOrEqual => !matches!(order, Ordering::Greater),
        Comparison::Greater => matches!(order, Ordering::Greater),
        Comparison::GreaterOrEqual => !matches!(order, Ordering::Less),
        Comparison::Equal | Comparison::EqualIgnoreCase | Comparison::Like => {
            matches!(order, Ordering::Equal)
        }
    })
}

const fn known(holds: bool) -> Known {
    if holds { Known::Yes } else { Known::No }
}

const fn is_boolean(text: Text<'_>) -> bool {
    is(text, b"true", true) || is(text, b"false", true)
}

/// Adds a text that a pattern matches: nothing for a `*` unless it stands alone, `x` for a `?`.
pub(super) const fn fill<const N: usize>(into: &mut Buffer<N>, pattern: Text<'_>, alone: Text<'_>) {
    let before = into.as_text().len();
    let mut index = 0;
    while index < pattern.len() {
        match at(pattern, index) {
            b'*' => {}
            b'?' => into.push(b'x'),
            byte => into.push(byte),
        }
        index += 1;
    }
    if into.as_text().len() == before {
        into.add_text(alone);
    }
}

impl Request<'_> {
    /// Whether the library takes the request.
    pub(super) const fn is_well_formed(&self) -> bool {
        !self.action.is_cut
            && !self.resource.is_cut
            && is_action(self.action.as_text())
            && is_resource(self.resource.as_text())
    }

    const fn fields(&self) -> Fields<'_> {
        let resource = self.resource.as_text();
        if is(resource, b"*", false) {
            let action = self.action.as_text();
            Fields::of_star(part(action, 0, find(action, b':')))
        } else {
            Fields::of_resource(resource)
        }
    }

    /// Whether a policy allows it.
    pub(super) const fn is_allowed(&self, policy: &Statements<'_>) -> Known {
        let mut allowed = Known::No;
        let mut denied = Known::No;
        let mut number = 0;
        while number < policy.len {
            let statement = policy.get(number);
            number += 1;
            let matches = self.is_matched(&statement);
            if matches.is_no() {
                continue;
            }
            let found = if statement.allows { &mut allowed } else { &mut denied };
            if !found.is_yes() {
                *found = matches;
            }
        }
        match (allowed, denied) {
            (_, Known::Yes) | (Known::No, _) => Known::No,
            (Known::Yes, Known::No) => Known::Yes,
            _ => Known::Open,
        }
    }

    const fn is_matched(&self, statement: &Statement<'_>) -> Known {
        // The texts have no wildcards that count, so covering them is matching them.
        if !statement.covers_actions(Actions::Of(self.action.as_text()))
            || !statement.covers_fields(&self.fields())
        {
            return Known::No;
        }
        self.context.holds(statement.conditions)
    }
}

/// `code:Name` as a request has it.
const fn is_action(text: Text<'_>) -> bool {
    let colon = find(text, b':');
    let mut index = 0;
    while index < text.len() {
        let byte = at(text, index);
        let of_code = byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let of_name = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/');
        if (index < colon && !of_code) || (index > colon && !of_name) {
            return false;
        }
        index += 1;
    }
    0 < colon && colon + 1 < text.len()
}

/// `*`, or an ARN without wildcards.
const fn is_resource(text: Text<'_>) -> bool {
    if is(text, b"*", false) {
        return true;
    }
    if !is_plain(text) || !is_exact(text) {
        return false;
    }
    let arn = Fields::of_resource(text);
    !arn.is_odd()
        && is_code(arn.field(0))
        && !arn.field(0).is_empty()
        && is_code(arn.field(1))
        && is_account(arn.field(2))
        && !arn.field(3).is_empty()
}

const fn is_code(text: Text<'_>) -> bool {
    let mut index = 0;
    while index < text.len() {
        let byte = at(text, index);
        if !byte.is_ascii_lowercase() && !byte.is_ascii_digit() && byte != b'-' {
            return false;
        }
        index += 1;
    }
    true
}

const fn is_account(text: Text<'_>) -> bool {
    let mut index = 0;
    while index < text.len() {
        if !at(text, index).is_ascii_digit() {
            return is(text, b"system", false);
        }
        index += 1;
    }
    !text.is_empty()
}
