//! Walks over tokens without ever looking outside them.

use proc_macro2::{Delimiter, Group, Ident, Literal, TokenStream, TokenTree};
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use syn::Lit;

use crate::place::Place;
use crate::word::Word;

/// The tokens of one group, and how far they are read.
pub struct Tokens {
    rest: std::vec::IntoIter<TokenTree>,
    /// Where something missing at the end is reported.
    last: Place,
}

impl Tokens {
    /// The tokens of a stream; `before` stands for what is missing from an empty one.
    pub fn new(stream: TokenStream, before: Place) -> Self {
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        Self { rest: tokens.into_iter(), last: before }
    }

    /// The tokens inside a group.
    pub fn inside(group: &Group) -> Self {
        Self::new(group.stream(), Place::at(group.span_close()))
    }

    /// The tokens that are not read yet, to be read once more.
    pub fn copy(&self) -> Self {
        Self { rest: self.ahead().to_vec().into_iter(), last: self.last }
    }

    /// As [`Tokens::copy`], with an identifier before them.
    pub fn copy_behind(&self, first: Ident) -> Self {
        let last = Place::at(first.span());
        let tokens = core::iter::once(TokenTree::from(first)).chain(self.ahead().iter().cloned());
        Self { rest: tokens.collect::<Vec<_>>().into_iter(), last }
    }

    /// What stands in braces among the tokens that are not read yet.
    pub fn in_braces(&self) -> Self {
        let inside = self.ahead().iter().filter_map(|token| {
            let TokenTree::Group(group) = token else { return None };
            (group.delimiter() == Delimiter::Brace).then(|| group.stream())
        });
        Self::new(inside.collect(), self.last)
    }

    /// The next token.
    pub fn peek(&self) -> Option<&TokenTree> {
        self.rest.as_slice().first()
    }

    /// All tokens that are not read yet.
    pub fn ahead(&self) -> &[TokenTree] {
        self.rest.as_slice()
    }

    /// The token behind the next one.
    pub fn peek_second(&self) -> Option<&TokenTree> {
        self.rest.as_slice().get(1)
    }

    /// Takes the next token.
    #[allow(clippy::should_implement_trait, reason = "it is one of many ways to take a token")]
    pub fn next(&mut self) -> Option<TokenTree> {
        let token = self.rest.next()?;
        self.last = if let TokenTree::Group(group) = &token {
            Place::at(group.span_close())
        } else {
            Place::of(&token)
        };
        Some(token)
    }

    /// Whether all tokens are read.
    pub fn is_empty(&self) -> bool {
        self.peek().is_none()
    }

    /// The place of the next token, or of the last one when there is none.
    pub fn place(&self) -> Place {
        self.peek().map_or(self.last, Place::of)
    }

    /// The place of the last token that was read.
    pub fn last(&self) -> Place {
        self.last
    }

    /// The next token in words, for messages.
    pub fn found(&self) -> String {
        match self.peek() {
            None => "the end".into(),
            Some(TokenTree::Group(group)) => match group.delimiter() {
                Delimiter::Brace => "`{`".into(),
                Delimiter::Bracket => "`[`".into(),
                Delimiter::Parenthesis => "`(`".into(),
                // Opened before.
                Delimiter::None => "a group".into(),
            },
            Some(other) => format!("`{other}`"),
        }
    }

    /// Reports that the next token is not what is expected here.
    pub fn expected(&self, what: &str, rule: Rule, report: &mut Report<Place>) {
        report.add(self.place(), rule, format!("expected {what}, found {}", self.found()));
    }

    /// The next token, if it is an identifier.
    pub fn peek_ident(&self) -> Option<&Ident> {
        match self.peek() {
            Some(TokenTree::Ident(ident)) => Some(ident),
            _ => None,
        }
    }

    /// The next token, if it is a word of the grammar; to be asked once and compared, because every
    /// name is a call into the compiler.
    pub fn word(&self) -> Option<Word> {
        Word::of(&self.peek_ident()?.to_string())
    }

    /// Whether the next token is this word.
    pub fn peek_word(&self, word: impl Into<&'static str>) -> bool {
        self.peek_ident().is_some_and(|ident| ident == word.into())
    }

    /// Takes the next token if it is this word.
    pub fn take_word(&mut self, word: impl Into<&'static str>) -> Option<Place> {
        self.peek_word(word).then(|| self.skip())
    }

    /// Whether the next token is this sign.
    pub fn peek_sign(&self, sign: char) -> bool {
        is_sign(self.peek(), sign)
    }

    /// Takes the next token if it is this sign.
    pub fn take_sign(&mut self, sign: char) -> Option<Place> {
        self.peek_sign(sign).then(|| self.skip())
    }

    /// `::`, which is two tokens.
    pub fn peek_path_sign(&self) -> bool {
        is_sign(self.peek(), ':') && is_sign(self.peek_second(), ':')
    }

    /// Takes `::` if it is next.
    pub fn take_path_sign(&mut self) -> bool {
        let found = self.peek_path_sign();
        if found {
            self.skip();
            self.skip();
        }
        found
    }

    /// The next token, if it is such a group.
    pub fn peek_group(&self, delimiter: Delimiter) -> Option<&Group> {
        match self.peek() {
            Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group),
            _ => None,
        }
    }

    /// Takes the next token if it is such a group.
    pub fn take_group(&mut self, delimiter: Delimiter) -> Option<Group> {
        let group = self.peek_group(delimiter)?.clone();
        self.skip();
        Some(group)
    }

    /// The next token, if it is a literal.
    pub fn peek_literal(&self) -> Option<&Literal> {
        match self.peek() {
            Some(TokenTree::Literal(literal)) => Some(literal),
            _ => None,
        }
    }

    /// The value of a plain string literal.
    pub fn peek_text(&self) -> Option<String> {
        text_of(self.peek_literal()?)
    }

    /// Reads over the next token and gives its place.
    pub fn skip(&mut self) -> Place {
        let place = self.place();
        self.next();
        place
    }
}

/// Opens groups without delimiters: another macro has passed their tokens on as one piece.
fn flatten(stream: TokenStream, tokens: &mut Vec<TokenTree>) {
    for token in stream {
        if let TokenTree::Group(group) = &token
            && group.delimiter() == Delimiter::None
        {
            flatten(group.stream(), tokens);
        } else {
            tokens.push(token);
        }
    }
}

/// Whether a token is this sign.
pub fn is_sign(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// The value of a string literal without suffix.
pub fn text_of(literal: &Literal) -> Option<String> {
    let Lit::Str(text) = Lit::new(literal.clone()) else { return None };
    text.suffix().is_empty().then(|| text.value())
}
