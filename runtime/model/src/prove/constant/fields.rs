//! Actions and resources in a constant, compared field by field as the evaluator does.

use super::bytes::{Text, at, find, is, part};
use super::pattern::{can_meet, covers, matches, matches_all_but_nothing};

/// The pattern that matches everything.
const STAR: Text<'static> = Text::of(b"*");

/// The one field that may be empty in a request: the region of a resource.
const REGION: usize = 1;

/// An action or a resource taken apart.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    fields: [Text<'a>; 4],
    number: usize,
    /// Whether ASCII case is ignored.
    fold: bool,
    /// Whether the text has not the form, so that nothing is known of it.
    is_odd: bool,
}

impl<'a> Fields<'a> {
    /// The code and the name of an action.
    pub(super) const fn of_action(text: Text<'a>) -> Self {
        let colon = find(text, b':');
        let is_star = is(text, b"*", false);
        let (code, name) = if is_star {
            (text, text)
        } else {
            (part(text, 0, colon), part(text, colon + 1, text.len()))
        };
        let is_odd = !is_star && colon == text.len();
        Self { fields: [code, name, Text::EMPTY, Text::EMPTY], number: 2, fold: true, is_odd }
    }

    /// The four fields of an ARN behind `acs:`.
    pub(super) const fn of_resource(text: Text<'a>) -> Self {
        if is(text, b"*", false) {
            return Self { fields: [STAR; 4], number: 4, fold: false, is_odd: false };
        }
        let service = after_colon(text, 0);
        let region = after_colon(text, service);
        let account = after_colon(text, region);
        let relative = after_colon(text, account);
        let is_odd = !is(part(text, 0, 4), b"acs:", false) || relative > text.len();
        let fields = [
            part(text, service, region.saturating_sub(1)),
            part(text, region, account.saturating_sub(1)),
            part(text, account, relative.saturating_sub(1)),
            part(text, relative, text.len()),
        ];
        Self { fields, number: 4, fold: false, is_odd }
    }

    /// The fields of the resource `*` of a request for an action with this code.
    pub(super) const fn of_star(code: Text<'a>) -> Self {
        Self { fields: [code, STAR, STAR, STAR], number: 4, fold: false, is_odd: false }
    }

    /// Whether the text has not the form.
    pub(super) const fn is_odd(&self) -> bool {
        self.is_odd
    }

    /// A field; empty when there is none.
    #[allow(clippy::indexing_slicing, reason = "the index is asked for first")]
    pub(super) const fn field(&self, index: usize) -> Text<'a> {
        if index < 4 { self.fields[index] } else { Text::EMPTY }
    }

    /// Whether the fields of a request are matched by this one, in which wildcards stand for
    /// themselves.
    pub(super) const fn matches(&self, request: &Self) -> bool {
        if self.is_odd || request.is_odd {
            return false;
        }
        let mut index = 0;
        while index < self.number {
            if !matches(self.field(index), request.field(index), self.fold) {
                return false;
            }
            index += 1;
        }
        true
    }

    /// Whether everything the other one matches is matched by this one; see [`covers`].
    pub(super) const fn covers(&self, other: &Self) -> bool {
        if self.is_odd || other.is_odd {
            return false;
        }
        let mut index = 0;
        while index < self.number {
            let may_be_empty = index == REGION && self.number > 2;
            if !covers(self.field(index), other.field(index), self.fold)
                && (may_be_empty || !matches_all_but_nothing(self.field(index)))
            {
                return false;
            }
            index += 1;
        }
        true
    }

    /// Whether something may be matched by both; see [`can_meet`].
    pub(super) const fn can_meet(&self, other: &Self) -> bool {
        if self.is_odd || other.is_odd {
            return true;
        }
        let mut index = 0;
        while index < self.number {
            if !can_meet(self.field(index), other.field(index), self.fold) {
                return false;
            }
            index += 1;
        }
        true
    }
}

/// Behind the first colon from `start` on; behind the end when there is none.
const fn after_colon(text: Text<'_>, start: usize) -> usize {
    let mut index = start;
    while index < text.len() {
        if at(text, index) == b':' {
            return index + 1;
        }
        index += 1;
    }
    text.len() + 1
}
