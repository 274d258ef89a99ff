//! Walks the minified text of a policy, which the one writer has written.

use super::bytes::{Text, at, part, string_end};

/// Where the value that begins at `start` ends.
const fn value_end(text: Text<'_>, start: usize) -> usize {
    let mut index = start;
    let mut depth = 0usize;
    while index < text.len() {
        match at(text, index) {
            b'"' => index = string_end(text, index),
            b'{' | b'[' => {
                depth += 1;
                index += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                index += 1;
            }
            _ => index += 1,
        }
        if depth == 0 {
            return index;
        }
    }
    text.len()
}

/// What stands between the first byte and the last: in quotes, brackets or braces.
const fn inside(value: Text<'_>) -> Text<'_> {
    part(value, 1, value.len().saturating_sub(1))
}

/// The values of a list, or the one value that stands in the place of a list.
#[derive(Clone, Copy)]
pub(super) struct Items<'a> {
    rest: Text<'a>,
}

impl<'a> Items<'a> {
    /// Those of a value.
    pub(super) const fn of(value: Text<'a>) -> Self {
        Self { rest: if at(value, 0) == b'[' { inside(value) } else { value } }
    }

    /// The next value.
    const fn next_value(&mut self) -> Option<Text<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let end = value_end(self.rest, 0);
        let value = part(self.rest, 0, end);
        // A comma stands between two values.
        self.rest = part(self.rest, end + 1, self.rest.len());
        Some(value)
    }

    /// The next text, as JSON escapes it.
    pub(super) const fn next(&mut self) -> Option<Text<'a>> {
        match self.next_value() {
            Some(value) => Some(inside(value)),
            None => None,
        }
    }

    /// The next object.
    pub(super) const fn next_object(&mut self) -> Option<Members<'a>> {
        match self.next_value() {
            Some(value) => Some(Members::of(value)),
            None => None,
        }
    }
}

/// A member of an object: its name, as JSON escapes it, and its value.
#[derive(Clone, Copy)]
pub(super) struct Member<'a> {
    pub(super) name: Text<'a>,
    pub(super) value: Text<'a>,
}

/// The members of an object.
#[derive(Clone, Copy)]
pub(super) struct Members<'a> {
    rest: Text<'a>,
}

impl<'a> Members<'a> {
    /// No members.
    pub(super) const NONE: Self = Self { rest: Text::EMPTY };

    /// Those of an object.
    pub(super) const fn of(object: Text<'a>) -> Self {
        Self { rest: inside(object) }
    }

    /// The next member.
    pub(super) const fn next(&mut self) -> Option<Member<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let name_end = string_end(self.rest, 0);
        let name = inside(part(self.rest, 0, name_end));
        // A colon stands between name and value, a comma behind them.
        let end = value_end(self.rest, name_end + 1);
        let value = part(self.rest, name_end + 1, end);
        self.rest = part(self.rest, end + 1, self.rest.len());
        Some(Member { name, value })
    }
}
