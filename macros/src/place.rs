//! Places in the author's tokens.

use proc_macro2::{Delimiter, Span, TokenTree};

/// A run of tokens: its first and its last span. Stable Rust cannot join spans, but it marks all
/// between the two when an error's tokens carry both.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) start: Span,
    pub(crate) end: Span,
}

impl Place {
    pub(crate) fn of(token: &TokenTree) -> Self {
        match token {
            // The opening brace stands for what is missing inside it.
            TokenTree::Group(group) if group.delimiter() != Delimiter::None => {
                Self::at(group.span_open())
            }
            other => Self::at(other.span()),
        }
    }

    pub(crate) fn at(span: Span) -> Self {
        Self { start: span, end: span }
    }

    /// Line and column; the same for all places outside a compiler.
    pub(crate) fn position(self) -> (usize, usize) {
        if proc_macro::is_available() {
            let span = self.start.unwrap();
            (span.line(), span.column())
        } else {
            (0, 0)
        }
    }

    pub(crate) fn to(self, end: Self) -> Self {
        Self { start: self.start, end: end.end }
    }
}
