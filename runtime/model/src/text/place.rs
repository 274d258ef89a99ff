//! A text with its place.

use alloc::string::String;

/// A text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<L> {
    /// The text, escapes resolved.
    pub value: String,
    /// Its place.
    pub at: L,
    /// Place of the part before its first colon, where that has a token of its own.
    pub head: L,
}

impl<L: Copy> Text<L> {
    /// A text whose parts have no places of their own.
    #[must_use]
    pub const fn new(value: String, at: L) -> Self {
        Self { value, at, head: at }
    }
}
