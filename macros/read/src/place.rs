//! Places in the author's tokens.

use proc_macro2::{Delimiter, Span, TokenTree};

/// A run of tokens: its first and its last span. Stable Rust cannot join spans, but it marks all
/// between the two when an error's tokens carry both.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The first span.
    pub start: Span,
    /// The last span.
    pub end: Span,
    /// What of a file it is that is named here.
    pub file: Option<InFile>,
}

/// Bytes of a file that a macro call names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InFile {
    /// Which of the files.
    pub number: u16,
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
}

impl Place {
    /// A token; the opening brace of a group.
    #[must_use]
    pub fn of(token: &TokenTree) -> Self {
        if let TokenTree::Group(group) = token
            && group.delimiter() != Delimiter::None
        {
            // The opening brace stands for what is missing inside it.
            return Self::at(group.span_open());
        }
        Self::at(token.span())
    }

    /// One span.
    #[must_use]
    pub fn at(span: Span) -> Self {
        Self { start: span, end: span, file: None }
    }

    /// Up to the end of another place.
    #[must_use]
    pub fn to(self, end: Self) -> Self {
        Self { start: self.start, end: end.end, file: self.file }
    }
}
