//! Where a JSON text begins and ends.

/// Whether a JSON text is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text {
    Outside,
    Inside,
    /// Behind a backslash.
    Escaped,
}

impl Text {
    /// What a byte leads to.
    pub(crate) const fn step(self, byte: u8) -> Self {
        match (self, byte) {
            (Self::Escaped, _) | (Self::Outside, b'"') => Self::Inside,
            (Self::Inside, b'\\') => Self::Escaped,
            (Self::Inside, b'"') => Self::Outside,
            (Self::Inside | Self::Outside, _) => self,
        }
    }
}
