//! A request that is put together in a constant, and what a policy's text says to it.

use core::cmp::Ordering;

use super::buffer::Buffer;
use super::bytes::{Text, at, equal, find, has_control, is, is_plain, part};
use super::condition::{Asks, Conditions, Test, is_readable};
use super::fields::Fields;
use super::key::{is_of_type, type_of};
use super::order::{add_next, order_of_dates, order_of_numbers};
use super::pattern::{is_exact, matches as matches_pattern};
use super::statement::{Statement, Statements};
use crate::catalogue::KeyType;
use crate::terms::characters::{is_of_action, is_of_code};
use crate::terms::operand::{Block, read_address};
use crate::terms::operator::{Comparison, Family, Order, TextComparison};

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
    pub(super) const fn and(self, conditions: Conditions<'a>) -> Self {
        // A key that is not there lets a negated test hold.
        self.with_values_of(conditions, false)
    }

    /// The same values and, for keys that have none yet, such as let negated tests fail.
    pub(super) const fn against(self, conditions: Conditions<'a>) -> Self {
        self.with_values_of(conditions, true)
    }

    /// The same values and some for keys that the conditions let no request have.
    pub(super) const fn with_missing(mut self, conditions: Conditions<'a>) -> Self {
        let mut tests = conditions.tests();
        while let Some(test) = tests.next() {
            if matches!(test.asks, Asks::Missing) {
                self.add(&test);
            }
        }
        self
    }

    /// Adds values that match the tests that are negated, or those that are not.
    const fn with_values_of(mut self, conditions: Conditions<'a>, negated: bool) -> Self {
        let mut tests = conditions.tests();
        while let Some(test) = tests.next() {
            if test.operator.negated() == negated {
                self.add(&test);
            }
        }
        self
    }

    /// Adds a value of a test whose key has none yet.
    #[allow(clippy::indexing_slicing, reason = "the index is asked for first")]
    const fn add(&mut self, test: &Test<'a>) {
        if self.len < KEYS
            && self.value(test.key).is_none()
            && let Some(value) = value_of(test)
        {
            self.given[self.len] = Given { key: test.key, value };
            self.len += 1;
        }
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

    /// Whether all conditions hold in a statement that allows or denies.
    const fn holds(&self, conditions: Conditions<'_>, allows: bool) -> Known {
        let mut result = Known::Yes;
        let mut tests = conditions.tests();
        while let Some(test) = tests.next() {
            match self.one_holds(&test, allows) {
                Known::Yes => {}
                Known::No => return Known::No,
                Known::Open => result = Known::Open,
            }
        }
        result
    }

    const fn one_holds(&self, test: &Test<'_>, allows: bool) -> Known {
        let (given, negated) = (self.value(test.key), test.operator.negated());
        match (test.asks, given) {
            (Asks::Always, _) => Known::Yes,
            (Asks::Never, _) => Known::No,
            (Asks::Given, given) => known(given.is_some()),
            (Asks::Missing, given) => known(given.is_none()),
            (Asks::Values, None) => known(negated),
            // What cannot be known does not allow, and denies.
            (Asks::Values, Some(given)) if !can_be_compared(test, given) => known(!allows),
            (Asks::Values, Some(given)) => {
                let any = any_matches(test, given);
                if negated { any.not() } else { any }
            }
        }
    }
}

/// Whether a request's value is one that the operator of a test compares.
const fn can_be_compared(test: &Test<'_>, given: Text<'_>) -> bool {
    match test.operator.family() {
        Family::Ip => read_address(given.as_bytes()).is_some(),
        family @ (Family::String | Family::Number | Family::Date | Family::Boolean) => {
            is_readable(given, family)
        }
    }
}

const fn any_matches(test: &Test<'_>, given: Text<'_>) -> Known {
    let mut any = Known::No;
    let mut values = test.values();
    while let Some(wanted) = values.next() {
        match matches(test, wanted, given) {
            Known::Yes => any = Known::Yes,
            Known::Open if any.is_no() => any = Known::Open,
            Known::Open | Known::No => {}
        }
    }
    any
}

/// A value that lets a test match; none where it would have to be worked out.
const fn value_of(test: &Test<'_>) -> Option<Buffer<128>> {
    let family = test.operator.family();
    let mut value = Buffer::EMPTY;
    if !matches!(test.asks, Asks::Values) {
        // Any is as good as one of those it names, and less likely to be denied.
        value.add(any_of(family));
        return Some(value);
    }
    let Some(first) = test.values().next() else { return None };
    match test.operator.comparison() {
        Comparison::Text(TextComparison::Like) => fill(&mut value, first, Text::of(b"x")),
        Comparison::Address => value.add_text(part(first, 0, find(first, b'/'))),
        Comparison::Boolean if is(first, b"true", true) => value.add(b"true"),
        Comparison::Boolean => value.add(b"false"),
        Comparison::Number(Order::Less) => value.add(b"-999999999999999999"),
        Comparison::Number(Order::Greater) => value.add(b"999999999999999999"),
        Comparison::Date(Order::Less) => add_next(&mut value, first, false),
        Comparison::Date(Order::Greater) => add_next(&mut value, first, true),
        Comparison::Text(TextComparison::Equal | TextComparison::EqualIgnoreCase)
        | Comparison::Number(Order::Equal | Order::LessOrEqual | Order::GreaterOrEqual)
        | Comparison::Date(Order::Equal | Order::LessOrEqual | Order::GreaterOrEqual) => {
            value.add_text(first);
        }
    }
    if value.is_cut || value.as_text().is_empty() { None } else { Some(value) }
}

/// A value that operators of a family can compare.
const fn any_of(family: Family) -> &'static [u8] {
    match family {
        Family::String => b"x",
        Family::Number => b"0",
        Family::Date => b"2026-01-01T00:00:00Z",
        Family::Boolean => b"true",
        Family::Ip => b"192.0.2.1",
    }
}

/// Whether a value that can be compared matches one of a test.
const fn matches(test: &Test<'_>, wanted: Text<'_>, given: Text<'_>) -> Known {
    let plain = is_plain(wanted) && is_plain(given);
    match test.operator.comparison() {
        Comparison::Text(TextComparison::Like) if is_plain(given) => {
            known(matches_pattern(wanted, given, false))
        }
        Comparison::Text(TextComparison::EqualIgnoreCase) if plain => {
            known(equal(wanted, given, true))
        }
        Comparison::Text(TextComparison::Like | TextComparison::EqualIgnoreCase) => Known::Open,
        Comparison::Text(TextComparison::Equal) => known(equal(wanted, given, false)),
        Comparison::Boolean => known(equal(wanted, given, true)),
        Comparison::Address => {
            match (Block::read(wanted.as_bytes()), Block::read(given.as_bytes())) {
                (Some(block), Some(address)) => known(block.covers(address)),
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
        Some(order) => known(asked.holds(order)),
        None => Known::Open,
    }
}

const fn known(holds: bool) -> Known {
    if holds { Known::Yes } else { Known::No }
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
    /// Whether the library takes the action and the resource.
    pub(super) const fn is_well_formed(&self) -> bool {
        !self.action.is_cut
            && !self.resource.is_cut
            && is_action(self.action.as_text())
            && is_resource(self.resource.as_text())
    }

    /// Whether the library takes the values, each with its key, and every test of the policies can
    /// compare those of a key without a type of its own: the others are no question of a proof.
    pub(super) const fn has_values_of_keys(
        &self,
        left: &Statements<'_>,
        right: &Statements<'_>,
    ) -> bool {
        let mut index = 0;
        while let Some((key, value)) = self.context.get(index) {
            let Some(value_type) = type_of(key) else { return false };
            let is_text = matches!(value_type, KeyType::String | KeyType::Unknown);
            if !is_of_type(value, value_type)
                || (is_text && !(are_compared(left, key, value) && are_compared(right, key, value)))
            {
                return false;
            }
            index += 1;
        }
        true
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
        if !statement.is_about(self.action.as_text()) || !statement.is_on(&self.fields()) {
            return Known::No;
        }
        self.context.holds(statement.conditions, statement.allows)
    }
}

/// Whether every test of a key in a policy can compare a value.
const fn are_compared(policy: &Statements<'_>, key: Text<'_>, value: Text<'_>) -> bool {
    let mut number = 0;
    while number < policy.len {
        let mut tests = policy.get(number).conditions.tests();
        number += 1;
        while let Some(test) = tests.next() {
            let is_about_it = matches!(test.asks, Asks::Values) && equal(test.key, key, false);
            if is_about_it && !can_be_compared(&test, value) {
                return false;
            }
        }
    }
    true
}

/// `code:Name` as a request has it.
pub(super) const fn is_action(text: Text<'_>) -> bool {
    let colon = find(text, b':');
    let mut index = 0;
    while index < text.len() {
        let byte = at(text, index);
        if (index < colon && !is_of_code(byte)) || (index > colon && !is_of_action(byte)) {
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
    if !is_plain(text) || !is_exact(text) || has_control(text) {
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
        if !is_of_code(at(text, index)) {
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
