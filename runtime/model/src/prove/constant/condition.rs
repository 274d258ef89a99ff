//! Conditions in a constant: whether some follow from others, or exclude each other.

use super::bytes::{Text, equal, has, is, part};
use super::family::{comparable, value_covers};
use super::json::{Items, Members};
use crate::terms::family::Family;
use crate::terms::operator::Operator;

/// The conditions of a statement, all of which must hold.
#[derive(Clone, Copy)]
pub(super) struct Conditions<'a> {
    operators: Members<'a>,
    /// Whether the statement allows: one that allows does not match where something cannot be known,
    /// and one that denies does.
    allows: bool,
    /// Whether every value can be read.
    pub(super) is_readable: bool,
}

/// A test of one key.
#[derive(Clone, Copy)]
pub(super) struct Test<'a> {
    pub(super) operator: Operator,
    pub(super) key: Text<'a>,
    pub(super) asks: Asks,
    values: Text<'a>,
}

/// What a test comes to in its statement.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    /// Whether its values match.
    Values,
    /// Whether the request has the key: with a value that cannot be read nothing can be compared.
    Given,
    /// Whether the request lacks the key.
    Missing,
    /// Nothing, it holds.
    Always,
    /// Nothing, it does not hold.
    Never,
}

/// The tests of conditions.
#[derive(Clone, Copy)]
pub(super) struct Tests<'a> {
    conditions: Conditions<'a>,
    operator: Option<Operator>,
    keys: Members<'a>,
}

impl<'a> Conditions<'a> {
    /// No conditions.
    pub(super) const NONE: Self =
        Self { operators: Members::NONE, allows: false, is_readable: true };

    /// Those of an object, in a statement that allows or denies; `None` for an operator that is none.
    pub(super) const fn read(operators: Members<'a>, allows: bool) -> Option<Self> {
        let mut rest = operators;
        let mut is_readable = true;
        while let Some(member) = rest.next() {
            let Some(operator) = operator_of(member.name) else { return None };
            let family = operator.family();
            // Every text is one.
            if matches!(family, Family::String) {
                continue;
            }
            let mut keys = Members::of(member.value);
            while let Some(key) = keys.next() {
                is_readable = is_readable && all_readable(key.value, family);
            }
        }
        Some(Self { operators, allows, is_readable })
    }

    /// Whether they hold for no request, because a value that cannot be read is asked for.
    pub(super) const fn never_hold(self) -> bool {
        let mut tests = self.tests();
        while !self.is_readable
            && let Some(test) = tests.next()
        {
            if matches!(test.asks, Asks::Never) {
                return true;
            }
        }
        false
    }

    pub(super) const fn tests(self) -> Tests<'a> {
        Tests { conditions: self, operator: None, keys: Members::NONE }
    }
}

impl<'a> Tests<'a> {
    /// The next test.
    pub(super) const fn next(&mut self) -> Option<Test<'a>> {
        loop {
            if let (Some(key), Some(operator)) = (self.keys.next(), self.operator) {
                let asks = self.asks(operator, key.value);
                return Some(Test { operator, key: key.name, asks, values: key.value });
            }
            let Some(member) = self.conditions.operators.next() else { return None };
            // There is no other operator, see `Conditions::read`.
            self.operator = operator_of(member.name);
            self.keys = Members::of(member.value);
        }
    }

    const fn asks(&self, operator: Operator, values: Text<'_>) -> Asks {
        if self.conditions.is_readable || all_readable(values, operator.family()) {
            return Asks::Values;
        }
        match (self.conditions.allows, operator.negated()) {
            (true, false) => Asks::Never,
            (true, true) => Asks::Missing,
            (false, false) => Asks::Given,
            (false, true) => Asks::Always,
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

const fn all_readable(values: Text<'_>, family: Family) -> bool {
    let mut values = Items::of(values);
    while let Some(value) = values.next() {
        // What JSON escapes is in no value but a text.
        if !family.has_operand(value.as_bytes()) {
            return false;
        }
    }
    true
}

/// Whether the second conditions hold for every request for which the first do, in their statements.
/// Sound: it may say no where they do.
pub(super) const fn follows(from: Conditions<'_>, conditions: Conditions<'_>) -> bool {
    let mut tests = conditions.tests();
    while let Some(test) = tests.next() {
        if !one_implies(from, &test) {
            return false;
        }
    }
    true
}

/// Whether the second conditions hold for no request for which the first do, in their statements.
/// Sound: it may say no where that is so.
pub(super) const fn exclude(allowed: Conditions<'_>, denied: Conditions<'_>) -> bool {
    let mut others = allowed.tests();
    while let Some(allowed) = others.next() {
        if matches!(allowed.asks, Asks::Never) {
            return true;
        }
        let mut tests = denied.tests();
        while let Some(denied) = tests.next() {
            if equal(allowed.key, denied.key, false) && tests_exclude(&allowed, &denied) {
                return true;
            }
        }
    }
    false
}

/// Whether a test holds where the conditions do.
const fn one_implies(from: Conditions<'_>, test: &Test<'_>) -> bool {
    if matches!(test.asks, Asks::Always) {
        return true;
    }
    let mut tests = from.tests();
    while let Some(strong) = tests.next() {
        if matches!(strong.asks, Asks::Never)
            || (equal(strong.key, test.key, false) && test_implies(&strong, test))
        {
            return true;
        }
    }
    false
}

/// Whether one test of a key holds where another one of it does.
const fn test_implies(strong: &Test<'_>, test: &Test<'_>) -> bool {
    let negated = test.operator.negated();
    match (strong.asks, test.asks) {
        (Asks::Values, Asks::Values) => {
            let (narrow, wide) = if negated { (test, strong) } else { (strong, test) };
            strong.operator.negated() == negated
                && comparable(strong.operator, test.operator)
                && values_covered(narrow, wide)
        }
        // A test that is not negated needs a value, one that is holds without.
        (Asks::Values, Asks::Given) => !strong.operator.negated(),
        (Asks::Missing, Asks::Values) => negated,
        (Asks::Given, Asks::Given) | (Asks::Missing, Asks::Missing) => true,
        (Asks::Values, Asks::Missing)
        | (Asks::Given, Asks::Values | Asks::Missing)
        | (Asks::Missing, Asks::Given) => false,
        // Those are no test of a key.
        (Asks::Never, _) | (_, Asks::Always) => true,
        (Asks::Always, _) | (_, Asks::Never) => false,
    }
}

/// Whether no request meets both tests of a key.
const fn tests_exclude(allowed: &Test<'_>, denied: &Test<'_>) -> bool {
    match (allowed.asks, denied.asks) {
        (Asks::Values, Asks::Values) => values_exclude(allowed, denied),
        (Asks::Missing, Asks::Values) => !denied.operator.negated(),
        (Asks::Missing, Asks::Given) | (Asks::Given, Asks::Missing) => true,
        (Asks::Values, Asks::Missing) => !allowed.operator.negated(),
        (Asks::Never, _) | (_, Asks::Never) => true,
        (Asks::Values | Asks::Given, Asks::Given)
        | (Asks::Given, Asks::Values)
        | (Asks::Missing, Asks::Missing)
        | (Asks::Always, _)
        | (_, Asks::Always) => false,
    }
}

const fn values_exclude(allowed: &Test<'_>, denied: &Test<'_>) -> bool {
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
