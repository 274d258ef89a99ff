//! The proof: every action pattern with every resource of an `Allow` is covered on the other side.

use super::bytes::Text;
use super::condition::{exclude, follows};
use super::fields::Fields;
use super::json::Items;
use super::statement::{Actions, Parts, Statement, Statements, one_covers};

/// An action pattern with a resource of a statement.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) statement: usize,
    pub(super) actions: Actions<'a>,
    pub(super) resource: Text<'a>,
}

/// Pairs of all statements that allow.
#[derive(Clone, Copy)]
pub(super) struct Pairs<'a> {
    statements: &'a Statements<'a>,
    number: usize,
    parts: Parts<'a>,
    actions: Option<Actions<'a>>,
    resources: Items<'a>,
}

impl<'a> Pairs<'a> {
    pub(super) const fn of(statements: &'a Statements<'a>) -> Self {
        let first = statements.get(0);
        Self {
            statements,
            number: 0,
            parts: first.parts(),
            actions: None,
            resources: Items::of(Text::EMPTY),
        }
    }

    pub(super) const fn next(&mut self) -> Option<Pair<'a>> {
        while self.number < self.statements.len {
            let statement = self.statements.get(self.number);
            if statement.allows {
                if let (Some(actions), Some(resource)) = (self.actions, self.resources.next()) {
                    return Some(Pair { statement: self.number, actions, resource });
                }
                if let Some(actions) = self.parts.next() {
                    self.actions = Some(actions);
                    self.resources = statement.resources();
                    continue;
                }
            }
            self.number += 1;
            self.actions = None;
            self.parts = self.statements.get(self.number).parts();
        }
        None
    }
}

/// Whether whatever the left side allows of a pair, the right side allows too. Sound: it may say no
/// where that is so.
pub(super) const fn is_covered(
    left: &Statements<'_>,
    right: &Statements<'_>,
    pair: &Pair<'_>,
) -> bool {
    left.get(pair.statement).conditions.never_hold()
        || is_denied(left, pair)
        || (is_allowed(left, right, pair) && denials_are_shared(left, right, pair))
}

/// Whether a denial of the left side takes the whole pair back, whenever its statement matches.
const fn is_denied(left: &Statements<'_>, pair: &Pair<'_>) -> bool {
    let conditions = left.get(pair.statement).conditions;
    let mut number = 0;
    while number < left.len {
        let denial = left.get(number);
        if !denial.allows
            && denial.covers_actions(pair.actions)
            && denial.covers_resource(pair.resource)
            && follows(conditions, denial.conditions)
        {
            return true;
        }
        number += 1;
    }
    false
}

/// Whether one statement of the right side allows the whole pair.
const fn is_allowed(left: &Statements<'_>, right: &Statements<'_>, pair: &Pair<'_>) -> bool {
    let conditions = left.get(pair.statement).conditions;
    let mut number = 0;
    while number < right.len {
        let allow = right.get(number);
        if allow.allows
            && allow.covers_resource(pair.resource)
            && follows(conditions, allow.conditions)
            && (allow.covers_actions(pair.actions) || leaves_out_denied(left, &allow, pair))
        {
            return true;
        }
        number += 1;
    }
    false
}

/// Whether the left side denies what a `NotAction` of the right side leaves out of the pair.
const fn leaves_out_denied(left: &Statements<'_>, allow: &Statement<'_>, pair: &Pair<'_>) -> bool {
    if !allow.is_negated() {
        return false;
    }
    let mut patterns = allow.patterns();
    while let Some(pattern) = patterns.next() {
        if !meets(pair.actions, pattern) {
            continue;
        }
        let left_out = Pair { actions: Actions::Of(pattern), ..*pair };
        if !is_denied(left, &left_out) {
            return false;
        }
    }
    true
}

/// Whether actions may meet a pattern.
const fn meets(actions: Actions<'_>, pattern: Text<'_>) -> bool {
    match actions {
        Actions::Of(one) => Fields::of_action(one).can_meet(&Fields::of_action(pattern)),
        Actions::AllBut(list) => !one_covers(list, pattern),
    }
}

/// Whether whatever the right side denies of the pair, the left side denies too, or does not allow.
const fn denials_are_shared(
    left: &Statements<'_>,
    right: &Statements<'_>,
    pair: &Pair<'_>,
) -> bool {
    let conditions = left.get(pair.statement).conditions;
    let mut number = 0;
    while number < right.len {
        let denial = right.get(number);
        number += 1;
        if denial.allows
            || !denial.can_meet_actions(pair.actions)
            || exclude(conditions, denial.conditions)
        {
            continue;
        }
        let mut parts = denial.parts();
        while let Some(actions) = parts.next() {
            if !meets_all(actions, pair.actions) {
                continue;
            }
            let mut resources = denial.resources();
            while let Some(resource) = resources.next() {
                let meets =
                    Fields::of_resource(resource).can_meet(&Fields::of_resource(pair.resource));
                if meets && !is_denied_too(left, pair, &denial, actions, resource) {
                    return false;
                }
            }
        }
    }
    true
}

/// Whether the actions of a denial may meet those of a pair.
const fn meets_all(denied: Actions<'_>, actions: Actions<'_>) -> bool {
    match denied {
        Actions::Of(pattern) => meets(actions, pattern),
        Actions::AllBut(_) => true,
    }
}

/// Whether a denial of the left side matches where one of the right side meets the pair.
const fn is_denied_too(
    left: &Statements<'_>,
    pair: &Pair<'_>,
    denial: &Statement<'_>,
    actions: Actions<'_>,
    resource: Text<'_>,
) -> bool {
    let mut number = 0;
    while number < left.len {
        let own = left.get(number);
        number += 1;
        if !own.allows
            && (own.covers_actions(pair.actions) || own.covers_actions(actions))
            && (own.covers_resource(pair.resource) || own.covers_resource(resource))
            && follows(denial.conditions, own.conditions)
        {
            return true;
        }
    }
    false
}
