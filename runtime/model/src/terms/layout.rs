//! How a document is laid out: what stands around its statements, and what is a list.

/// What stands around the statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// `Version`, then `Statement`.
    VersionFirst,
    /// `Statement`, then `Version`.
    VersionLast,
    /// The statements alone, with no document around them, as some pages print them.
    StatementsOnly,
}

/// Whether a value was written alone or as a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A string.
    One,
    /// A list of strings.
    Many,
}

impl Shape {
    /// The shape of so many values where nobody has written one.
    #[must_use]
    pub const fn of(length: usize) -> Self {
        if length == 1 { Self::One } else { Self::Many }
    }

    /// This shape for so many values, as far as they can have it.
    #[must_use]
    pub const fn kept(self, length: usize) -> Self {
        if length == 1 { self } else { Self::Many }
    }
}
