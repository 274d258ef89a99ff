//! Texts in a constant, where slices have neither indices by range nor iterators.
//!
//! A part of a text is two indices, and the loops index by themselves: every call, and every slice
//! that is cut, is many steps for the compiler's interpreter.

#![allow(clippy::indexing_slicing, reason = "indices are compared first; `get` is not constant")]

/// A part of some bytes.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    bytes: &'a [u8],
    start: usize,
    end: usize,
}

impl<'a> Text<'a> {
    pub(super) const EMPTY: Self = Self { bytes: &[], start: 0, end: 0 };

    pub(super) const fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, start: 0, end: bytes.len() }
    }

    pub(super) const fn as_bytes(self) -> &'a [u8] {
        let Some((before, _)) = self.bytes.split_at_checked(self.end) else { return &[] };
        match before.split_at_checked(self.start) {
            Some((_, part)) => part,
            None => &[],
        }
    }

    pub(super) const fn len(self) -> usize {
        self.end - self.start
    }

    pub(super) const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether every byte is a character by itself.
    pub(super) const fn is_ascii(self) -> bool {
        let mut index = self.start;
        while index < self.end {
            if !self.bytes[index].is_ascii() {
                return false;
            }
            index += 1;
        }
        true
    }
}

/// The byte at an index; 0, which no document has, behind the end.
pub(super) const fn at(text: Text<'_>, index: usize) -> u8 {
    if index < text.end - text.start { text.bytes[text.start + index] } else { 0 }
}

/// The bytes from `start` up to `end`, as far as they are there.
pub(super) const fn part(text: Text<'_>, start: usize, end: usize) -> Text<'_> {
    let length = text.end - text.start;
    let end = if end > length { length } else { end };
    let start = if start > end { end } else { start };
    Text { bytes: text.bytes, start: text.start + start, end: text.start + end }
}

/// Whether two bytes are the same; with `fold`, ASCII case ignored.
pub(super) const fn same(left: u8, right: u8, fold: bool) -> bool {
    left == right || (fold && left.eq_ignore_ascii_case(&right))
}

/// Whether two texts are the same; with `fold`, ASCII case ignored.
pub(super) const fn equal(left: Text<'_>, right: Text<'_>, fold: bool) -> bool {
    let length = left.end - left.start;
    if length != right.end - right.start {
        return false;
    }
    let mut index = 0;
    while index < length {
        let (one, other) = (left.bytes[left.start + index], right.bytes[right.start + index]);
        if one != other && !(fold && same(one, other, true)) {
            return false;
        }
        index += 1;
    }
    true
}

/// Whether a text is this one; with `fold`, ASCII case ignored.
pub(super) const fn is(text: Text<'_>, wanted: &[u8], fold: bool) -> bool {
    equal(text, Text::of(wanted), fold)
}

/// Where a byte stands first, or the length.
pub(super) const fn find(text: Text<'_>, wanted: u8) -> usize {
    let mut index = text.start;
    while index < text.end && text.bytes[index] != wanted {
        index += 1;
    }
    index - text.start
}

/// Whether a byte stands there.
pub(super) const fn has(text: Text<'_>, wanted: u8) -> bool {
    find(text, wanted) < text.len()
}

/// Whether every character stands for itself in JSON.
pub(super) const fn is_plain(text: Text<'_>) -> bool {
    !has(text, b'\\')
}

/// Whether a character is a control character that JSON does not escape: U+007F to U+009F.
pub(super) const fn has_control(text: Text<'_>) -> bool {
    let mut index = 0;
    while index < text.len() {
        let is_c1 = at(text, index) == 0xc2 && matches!(at(text, index + 1), 0x80..=0x9f);
        if is_c1 || at(text, index) == 0x7f {
            return true;
        }
        index += 1;
    }
    false
}

/// Where the JSON string that begins at `start` ends, its closing quote included.
pub(super) const fn string_end(text: Text<'_>, start: usize) -> usize {
    let mut index = text.start + start + 1;
    while index < text.end {
        match text.bytes[index] {
            b'\\' => index += 2,
            b'"' => return index + 1 - text.start,
            _ => index += 1,
        }
    }
    text.len()
}
