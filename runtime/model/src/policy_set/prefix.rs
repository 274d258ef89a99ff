//! Finds everything filed under a text or under a beginning of it, by one binary search.

use alloc::collections::BTreeMap;
use alloc::{boxed::Box, string::String, vec::Vec};
use core::cmp::Ordering;

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
    fn fold(self, text: &str) -> String {
        match self {
            Self::Counts => text.into(),
            Self::Ignored => text.to_ascii_lowercase(),
        }
    }

    const fn byte(self, byte: u8) -> u8 {
        match self {
            Self::Counts => byte,
            Self::Ignored => byte.to_ascii_lowercase(),
        }
    }
}

/// What is filed under one text.
#[derive(Debug, Clone)]
struct Key<T> {
    text: Box<str>,
    /// The key with the longest text that this one begins with.
    parent: Option<u32>,
    /// For this very text.
    exact: Vec<T>,
    /// For every text that begins with this one.
    open: Vec<T>,
}

/// Items filed under texts.
///
/// The keys are sorted. Of the keys a text begins with, the longest is the last key that is not
/// behind the text, or one of its parents; the others are its parents.
#[derive(Debug, Clone)]
pub(super) struct PrefixIndex<T> {
    keys: Vec<Key<T>>,
    case: Case,
}

/// Collects items for a [`PrefixIndex`].
#[derive(Debug)]
pub(super) struct PrefixFiles<T> {
    files: BTreeMap<String, (Vec<T>, Vec<T>)>,
    case: Case,
}

impl<T> PrefixFiles<T> {
    pub(super) const fn new(case: Case) -> Self {
        Self { files: BTreeMap::new(), case }
    }

    /// What is filed for the very text.
    pub(super) fn exact(&mut self, text: &str) -> &mut Vec<T> {
        &mut self.file(text).0
    }

    /// What is filed for all texts that begin with this one.
    pub(super) fn open(&mut self, text: &str) -> &mut Vec<T> {
        &mut self.file(text).1
    }

    fn file(&mut self, text: &str) -> &mut (Vec<T>, Vec<T>) {
        self.files.entry(self.case.fold(text)).or_insert_with(|| (Vec::new(), Vec::new()))
    }

    /// Sorts the files for searching.
    pub(super) fn index<U>(self, item: impl Fn(T) -> U + Copy) -> PrefixIndex<U> {
        let mut keys: Vec<Key<U>> = Vec::with_capacity(self.files.len());
        for (text, (exact, open)) in self.files {
            let of = |items: Vec<T>| items.into_iter().map(item).collect();
            let mut parent = keys.len().checked_sub(1);
            while let Some(key) = parent.and_then(|parent| keys.get(parent)) {
                if text.starts_with(&*key.text) {
                    break;
                }
                parent = key.parent.map(|parent| parent as usize);
            }
            let parent = parent.and_then(|parent| u32::try_from(parent).ok());
            keys.push(Key { text: text.into(), parent, exact: of(exact), open: of(open) });
        }
        PrefixIndex { keys, case: self.case }
    }
}

impl<T> PrefixIndex<T> {
    /// Everything filed for a text: for itself, then for its beginnings.
    pub(super) fn find(&self, text: &str) -> impl Iterator<Item = &T> {
        let behind = self.keys.partition_point(|key| self.compare(&key.text, text).is_le());
        let last = behind.checked_sub(1).and_then(|last| self.keys.get(last));
        let same = last.filter(|key| self.compare(&key.text, text).is_eq());
        let parents = core::iter::successors(last, |key| self.keys.get(key.parent? as usize));
        let begins = move |key: &&Key<T>| self.begins_with(text, &key.text);
        let open = parents.filter(begins).flat_map(|key| &key.open);
        same.map_or(&[][..], |key| &key.exact).iter().chain(open)
    }

    fn compare(&self, key: &str, text: &str) -> Ordering {
        let folded = text.bytes().map(|byte| self.case.byte(byte));
        match self.case {
            Case::Counts => key.as_bytes().cmp(text.as_bytes()),
            Case::Ignored => key.bytes().cmp(folded),
        }
    }

    fn begins_with(&self, text: &str, key: &str) -> bool {
        let head = text.as_bytes().get(..key.len());
        head.is_some_and(|head| match self.case {
            Case::Counts => head == key.as_bytes(),
            Case::Ignored => head.eq_ignore_ascii_case(key.as_bytes()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, PrefixFiles};
    use alloc::vec::Vec;

    #[test]
    fn finds_the_text_and_its_beginnings() {
        let mut files = PrefixFiles::new(Case::Ignored);
        for (number, key) in ["", "a", "ab", "abd", "b", "aBc"].into_iter().enumerate() {
            files.open(key).push(number);
            files.exact(key).push(number + 10);
        }
        let index = files.index(|item| item);
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
            let found: Vec<usize> = index.find(text).copied().collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
