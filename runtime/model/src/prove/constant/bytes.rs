//! Bytes of a text in a constant, where slices have neither indices by range nor iterators.
//!
//! Every call is a step for the compiler's interpreter, so the loops index by themselves.

#![allow(clippy::indexing_slicing, reason = "indices are compared first; `get` is not constant")]

/// The byte at an index; 0, which no document has, behind the end.
pub(super) const fn at(bytes: &[u8], index: usize) -> u8 {
    if index < bytes.len() { bytes[index] } else { 0 }
}

/// The bytes from `start` up to `end`, as far as they are there.
pub(super) const fn part(bytes: &[u8], start: usize, end: usize) -> &[u8] {
    let end = if end > bytes.len() { bytes.len() } else { end };
    let start = if start > end { end } else { start };
    let (head, _) = bytes.split_at(end);
    let (_, part) = head.split_at(start);
    part
}

/// Whether two bytes are the same; with `fold`, ASCII case ignored.
pub(super) const fn same(left: u8, right: u8, fold: bool) -> bool {
    left == right || (fold && left.eq_ignore_ascii_case(&right))
}

/// Whether two texts are the same; with `fold`, ASCII case ignored.
pub(super) const fn equal(left: &[u8], right: &[u8], fold: bool) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] && !(fold && same(left[index], right[index], true)) {
            return false;
        }
        index += 1;
    }
    true
}

/// Where a byte stands first, or the length.
pub(super) const fn find(bytes: &[u8], wanted: u8) -> usize {
    let mut index = 0;
    while index < bytes.len() && bytes[index] != wanted {
        index += 1;
    }
    index
}

/// Whether a byte stands there.
pub(super) const fn has(bytes: &[u8], wanted: u8) -> bool {
    find(bytes, wanted) < bytes.len()
}

/// Whether every character stands for itself in JSON.
pub(super) const fn is_plain(bytes: &[u8]) -> bool {
    !has(bytes, b'\\')
}
