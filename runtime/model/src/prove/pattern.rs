//! Patterns taken apart into tokens, field by field.

use alloc::{vec, vec::Vec};

use crate::terms::glob;

/// What a pattern asks for next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Token {
    /// This character.
    Char(char),
    /// Any one character: `?`.
    One,
    /// Any run of characters: `*`.
    Star,
}

/// A pattern of a text that has one field or several; each field is matched by itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pattern {
    /// Whether the case of ASCII letters is ignored.
    pub(super) ignores_case: bool,
    /// The tokens of each field. No two stars stand side by side, and no `?` behind a star.
    pub(super) fields: Vec<Vec<Token>>,
}

/// The texts that one of several patterns matches.
pub(super) type Texts = Vec<Pattern>;

impl Pattern {
    /// A pattern of classified fields.
    pub(super) fn of_fields<'p>(
        fields: impl IntoIterator<Item = glob::Pattern<'p>>,
        ignores_case: bool,
    ) -> Self {
        Self { ignores_case, fields: fields.into_iter().map(tokens).collect() }
    }

    /// The pattern that matches one text of a single field.
    pub(super) fn of_text(text: &str, ignores_case: bool) -> Self {
        Self { ignores_case, fields: vec![text.chars().map(Token::Char).collect()] }
    }

    /// The tokens of a field.
    pub(super) fn field(&self, number: usize) -> &[Token] {
        self.fields.get(number).map_or(&[], Vec::as_slice)
    }

    /// Whether the pattern matches every text.
    pub(super) fn is_everything(&self) -> bool {
        self.is_everything_after(None)
    }

    /// Whether all fields behind this one match everything.
    pub(super) fn is_everything_after(&self, field: Option<usize>) -> bool {
        let behind = field.map_or(0, |field| field + 1);
        self.fields.iter().skip(behind).all(|tokens| tokens.as_slice() == [Token::Star])
    }
}

/// The tokens of a pattern; a run of wildcards is its `?` and then at most one star, which matches
/// the same.
fn tokens(pattern: glob::Pattern<'_>) -> Vec<Token> {
    let literal = |text: &str| text.chars().map(Token::Char).collect::<Vec<_>>();
    match pattern {
        glob::Pattern::Any => vec![Token::Star],
        glob::Pattern::Exact(text) => literal(text),
        glob::Pattern::Prefix(text) => {
            let mut tokens = literal(text);
            tokens.push(Token::Star);
            tokens
        }
        glob::Pattern::Suffix(text) => {
            let mut tokens = vec![Token::Star];
            tokens.extend(text.chars().map(Token::Char));
            tokens
        }
        glob::Pattern::General(text) => {
            let mut tokens = Vec::with_capacity(text.len());
            let mut star = false;
            for character in text.chars() {
                match character {
                    '*' => star = true,
                    '?' => tokens.push(Token::One),
                    other => {
                        if core::mem::take(&mut star) {
                            tokens.push(Token::Star);
                        }
                        tokens.push(Token::Char(other));
                    }
                }
            }
            if star {
                tokens.push(Token::Star);
            }
            tokens
        }
    }
}
