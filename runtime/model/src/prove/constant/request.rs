//! A request that is put together in a constant, and what a policy's text says to it.

use super::buffer::Buffer;
use super::bytes::{Text, at, equal, find, has_control, is, is_plain, part};
use super::condition::{Asks, Conditions, Test};
use super::family::{add_match, matches};
use super::fields::Fields;
use super::key::{is_of_type, type_of};
use super::known::Known;
use super::pattern::is_exact;
use super::statement::{Statement, Statements};
use crate::catalogue::KeyType;
use crate::terms::characters::{is_of_action, is_of_code};

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
            (Asks::Given, given) => Known::of(given.is_some()),
            (Asks::Missing, given) => Known::of(given.is_none()),
            (Asks::Values, None) => Known::of(negated),
            // What cannot be known does not allow, and denies.
            (Asks::Values, Some(given)) if !test.operator.family().has_value(given.as_bytes()) => {
                Known::of(!allows)
            }
            (Asks::Values, Some(given)) => {
                let any = any_matches(test, given);
                if negated { any.not() } else { any }
            }
        }
    }
}

/// A value that lets a test match; none where it would have to be worked out.
const fn value_of(test: &Test<'_>) -> Option<Buffer<128>> {
    let mut value = Buffer::EMPTY;
    if !matches!(test.asks, Asks::Values) {
        // Any is as good as one of those it names, and less likely to be denied.
        value.add(test.operator.family().rules().example.as_bytes());
        return Some(value);
    }
    let Some(first) = test.values().next() else { return None };
    add_match(&mut value, test.operator, first);
    if value.is_cut || value.as_text().is_empty() { None } else { Some(value) }
}

const fn any_matches(test: &Test<'_>, given: Text<'_>) -> Known {
    let mut any = Known::No;
    let mut values = test.values();
    while let Some(wanted) = values.next() {
        match matches(test.operator, wanted, given) {
            Known::Yes => any = Known::Yes,
            Known::Open if any.is_no() => any = Known::Open,
            Known::Open | Known::No => {}
        }
    }
    any
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
            if is_about_it && !test.operator.family().has_value(value.as_bytes()) {
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
