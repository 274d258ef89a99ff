//! Patterns of `*` and `?` in a constant: matching, covering, and whether two can meet.

use super::buffer::Buffer;
use super::bytes::{Text, at, equal, has, is, is_plain, same};
use crate::terms::glob::by_character;

/// Whether a text has no wildcard.
pub(super) const fn is_exact(pattern: Text<'_>) -> bool {
    !has(pattern, b'*') && !has(pattern, b'?')
}

/// Whether a pattern matches a text, in which wildcards stand for themselves and no character is
/// escaped.
pub(super) const fn matches(pattern: Text<'_>, text: Text<'_>, fold: bool) -> bool {
    // A character that is escaped in the pattern is none of the text, and its `\` is neither.
    by_character(pattern.as_bytes(), text.as_bytes(), fold)
}

/// Whether a pattern matches every text that is not empty.
pub(super) const fn matches_all_but_nothing(pattern: Text<'_>) -> bool {
    let (mut stars, mut marks, mut index) = (0, 0, 0);
    while index < pattern.len() {
        match at(pattern, index) {
            b'*' => stars += 1,
            b'?' => marks += 1,
            _ => return false,
        }
        index += 1;
    }
    stars > 0 && marks < 2
}

/// Whether `wide` matches every text that `narrow` matches. Sound: it may say no where it does.
pub(super) const fn covers(wide: Text<'_>, narrow: Text<'_>, fold: bool) -> bool {
    // Up to its first wildcard, the one must be the other; most patterns end here.
    let mut start = 0;
    while start < wide.len() && !is_wild(at(wide, start)) {
        if start == narrow.len() || !same(at(wide, start), at(narrow, start), fold) {
            return false;
        }
        start += 1;
    }
    if start == wide.len() {
        return start == narrow.len();
    }
    if equal(wide, narrow, fold) || is(wide, b"*", false) {
        return true;
    }
    if !are_readable(wide, narrow) {
        return false;
    }
    // `narrow` is read as a text whose wildcards are characters of their own: only a `*` reads a
    // `*`, and a `?` reads any but that.
    let (mut left, mut right) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while right < narrow.len() {
        let (wanted, given) = (at(wide, left), at(narrow, right));
        let reads = match wanted {
            b'?' => given != b'*',
            b'*' => false,
            _ => given != b'?' && given != b'*' && left < wide.len() && same(wanted, given, fold),
        };
        if wanted == b'*' && left < wide.len() {
            star = Some((left, right));
            left += 1;
        } else if reads && left < wide.len() {
            left += 1;
            right += 1;
        } else if let Some((at_star, from)) = star {
            star = Some((at_star, from + 1));
            left = at_star + 1;
            right = from + 1;
        } else {
            return false;
        }
    }
    while at(wide, left) == b'*' {
        left += 1;
    }
    left == wide.len()
}

/// Whether some text is matched by both. Sound the other way: it may say yes where none is.
pub(super) const fn can_meet(one: Text<'_>, other: Text<'_>, fold: bool) -> bool {
    if are_readable(one, other) {
        if is_exact(one) {
            return covers(other, one, fold);
        }
        if is_exact(other) {
            return covers(one, other, fold);
        }
    } else if is_exact(one) && is_exact(other) {
        return equal(one, other, fold);
    }
    heads_agree(one, other, fold) && tails_agree(one, other, fold)
}

/// Whether two patterns can be compared byte by byte: where a byte is no character, `?` cannot be
/// counted.
const fn are_readable(one: Text<'_>, other: Text<'_>) -> bool {
    let counts = has(one, b'?') || has(other, b'?');
    is_plain(one) && is_plain(other) && (!counts || (one.is_ascii() && other.is_ascii()))
}

const fn is_wild(byte: u8) -> bool {
    byte == b'*' || byte == b'?'
}

/// Whether what stands before the first wildcard of either is the same.
const fn heads_agree(one: Text<'_>, other: Text<'_>, fold: bool) -> bool {
    let mut index = 0;
    while index < one.len() && index < other.len() {
        let (left, right) = (at(one, index), at(other, index));
        if is_wild(left) || is_wild(right) {
            return true;
        }
        if !same(left, right, fold) {
            return false;
        }
        index += 1;
    }
    true
}

/// Whether what stands behind the last wildcard of either is the same.
const fn tails_agree(one: Text<'_>, other: Text<'_>, fold: bool) -> bool {
    let mut back = 1;
    while back <= one.len() && back <= other.len() {
        let (left, right) = (at(one, one.len() - back), at(other, other.len() - back));
        if is_wild(left) || is_wild(right) {
            return true;
        }
        if !same(left, right, fold) {
            return false;
        }
        back += 1;
    }
    true
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
