//! A text with its place.

use alloc::string::String;
use alloc::vec::Vec;

use super::hole::{Hole, TextHole};

/// A text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<L> {
    /// The text, escapes resolved.
    pub value: String,
    /// Its place.
    pub at: L,
    /// Place of the part before its first colon, where that has a token of its own.
    pub head: L,
    /// What of it is not known, from left to right, with the source's spelling in its place; the
    /// parameters of a template are none of these, the policy declares them.
    pub holes: Vec<TextHole<L>>,
}

impl<L: Copy> Text<L> {
    /// A text whose parts have no places of their own.
    #[must_use]
    pub const fn new(value: String, at: L) -> Self {
        Self { value, at, head: at, holes: Vec::new() }
    }

    /// A text with holes.
    #[must_use]
    pub const fn open(value: String, at: L, holes: Vec<TextHole<L>>) -> Self {
        Self { value, at, head: at, holes }
    }

    /// A text of which nothing is known. In a list it stands for any number of texts.
    #[must_use]
    pub fn unknown(hole: Hole<L>) -> Self {
        let (value, at) = (hole.name.clone(), hole.at);
        Self { holes: Vec::from([TextHole { range: 0..value.len(), hole }]), value, at, head: at }
    }
}

impl<L> Text<L> {
    /// Whether nothing of it is known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(self.holes.as_slice(), [hole] if hole.range == (0..self.value.len()))
    }
}
