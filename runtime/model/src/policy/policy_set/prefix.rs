//! Finds everything filed under a text or under a beginning of it, by one binary search.

use crate::text::order;
use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::num::NonZero;
use core::ops::Range;

/// Whether ASCII case counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Case {
    /// It does.
    #[default]
    Counts,
    /// It does not.
    Ignored,
}

impl Case {
    fn fold(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Counts => text.into(),
            Self::Ignored => text.to_ascii_lowercase().into(),
        }
    }
}

/// What is filed under one text.
#[derive(Debug, Clone)]
struct Key {
    /// Where the text stands.
    text: Range<usize>,
    /// One more than the place of the key with the longest text that this one begins with.
    parent: Option<NonZero<usize>>,
    /// The items for this very text.
    exact: Range<usize>,
    /// The items for every text that begins with this one.
    open: Range<usize>,
}

/// Items filed under texts.
///
/// The keys are sorted. Of the keys a text begins with, the longest is the last key that is not
/// behind the text, or one of its parents; the others are its parents.
#[derive(Debug, Clone)]
pub(super) struct PrefixIndex<T> {
    keys: Vec<Key>,
    /// The texts of all keys, one behind the other.
    texts: Vec<u8>,
    /// The items of all keys, one behind the other.
    items: Vec<T>,
    case: Case,
}

/// For which texts an item is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Filed<'s> {
    /// For this very text.
    Exact(&'s str),
    /// For every text that begins with this one.
    Open(&'s str),
}

/// Collects items for a [`PrefixIndex`].
#[derive(Debug)]
pub(super) struct PrefixFiles<'s, T> {
    /// The text, whether it is open, and what is filed.
    files: Vec<(Cow<'s, str>, bool, T)>,
    case: Case,
}

impl<'s, T> PrefixFiles<'s, T> {
    pub(super) const fn new(case: Case) -> Self {
        Self { files: Vec::new(), case }
    }

    /// Files an item; under one text, items keep the order in which they come.
    pub(super) fn file(&mut self, place: Filed<'s>, item: T) {
        let (text, is_open) = match place {
            Filed::Exact(text) => (text, false),
            Filed::Open(text) => (text, true),
        };
        self.files.push((self.case.fold(text), is_open, item));
    }

    /// Sorts the files for searching.
    pub(super) fn index(mut self) -> PrefixIndex<T> {
        // Stable, for the order under one text.
        order::sort_by(&mut self.files, |(left, left_open, _), (right, right_open, _)| {
            left.cmp(right).then(left_open.cmp(right_open))
        });
        let mut index = PrefixIndex {
            keys: Vec::new(),
            texts: Vec::new(),
            items: Vec::with_capacity(self.files.len()),
            case: self.case,
        };
        for (text, is_open, item) in self.files {
            index.push(text.as_bytes(), is_open, item);
        }
        index.keys.shrink_to_fit();
        index.texts.shrink_to_fit();
        index
    }
}

impl<T> PrefixIndex<T> {
    /// Adds an item behind all others.
    fn push(&mut self, text: &[u8], is_open: bool, item: T) {
        let at = self.items.len();
        self.items.push(item);
        let last = self.keys.last().map(|key| self.text(key));
        if last != Some(text) {
            let mut parent = NonZero::new(self.keys.len());
            while let Some(key) = self.key(parent) {
                if text.starts_with(self.text(key)) {
                    break;
                }
                parent = key.parent;
            }
            let start = self.texts.len();
            self.texts.extend_from_slice(text);
            let text = start..self.texts.len();
            self.keys.push(Key { text, parent, exact: at..at, open: at..at });
        }
        if let Some(key) = self.keys.last_mut() {
            key.open.end = at + 1;
            if !is_open {
                key.exact.end = at + 1;
                key.open.start = at + 1;
            }
        }
    }

    /// Everything filed for a text: what is filed for itself, then for each of its beginnings.
    pub(super) fn find(&self, text: &str) -> impl Iterator<Item = &[T]> {
        let behind = self.keys.partition_point(|key| self.compare(key, text).is_le());
        let last = self.key(NonZero::new(behind));
        let same = last.filter(|key| self.compare(key, text).is_eq());
        let parents = core::iter::successors(last, |key| self.key(key.parent));
        let begins = move |key: &&Key| self.begins_with(text, key);
        let open = parents.filter(begins).map(|key| &key.open);
        let ranges = same.map(|key| &key.exact).into_iter().chain(open);
        ranges.filter_map(|range| self.items.get(range.clone()))
    }

    /// The key at a place, counted from 1.
    fn key(&self, place: Option<NonZero<usize>>) -> Option<&Key> {
        self.keys.get(place?.get() - 1)
    }

    fn text(&self, key: &Key) -> &[u8] {
        self.texts.get(key.text.clone()).unwrap_or(&[])
    }

    fn compare(&self, key: &Key, text: &str) -> Ordering {
        let key = self.text(key);
        match self.case {
            Case::Counts => key.cmp(text.as_bytes()),
            Case::Ignored => key.iter().copied().cmp(text.bytes().map(|b| b.to_ascii_lowercase())),
        }
    }

    fn begins_with(&self, text: &str, key: &Key) -> bool {
        let key = self.text(key);
        text.as_bytes().get(..key.len()).is_some_and(|head| match self.case {
            Case::Counts => head == key,
            Case::Ignored => head.eq_ignore_ascii_case(key),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, Filed, PrefixFiles};
    use alloc::vec::Vec;

    #[test]
    fn finds_the_text_and_its_beginnings() {
        let mut files = PrefixFiles::new(Case::Ignored);
        for (number, key) in ["", "a", "ab", "abd", "b", "aBc"].into_iter().enumerate() {
            files.file(Filed::Open(key), number);
            files.file(Filed::Exact(key), number + 10);
        }
        let index = files.index();
        for (text, expected) in [
            ("", &[10, 0][..]),
            ("a", &[11, 1, 0]),
            ("abc", &[15, 5, 2, 1, 0]),
            ("ABCD", &[5, 2, 1, 0]),
            ("abe", &[2, 1, 0]),
            ("aa", &[1, 0]),
            ("c", &[0]),
            ("b", &[14, 4, 0]),
        ] {
            let found: Vec<usize> = index.find(text).flatten().copied().collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
