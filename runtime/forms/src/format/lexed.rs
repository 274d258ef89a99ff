//! Tokens of Rust with the comments between them.

use proc_macro2::{TokenStream, TokenTree};

/// A comment, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comment {
    pub(super) text: String,
    /// Whether it begins a line.
    pub(super) own_line: bool,
    /// Whether an empty line is before it.
    pub(super) blank: bool,
}

impl Comment {
    /// Whether it goes up to the end of its line.
    pub(super) fn is_line(&self) -> bool {
        self.text.starts_with("//")
    }
}

/// What a leaf is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier.
    Word,
    /// A literal in quotes.
    Text,
    /// Another literal.
    Number,
    /// One character.
    Sign,
    /// The beginning or the end of a group.
    Edge,
}

/// What has no tokens in it.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    pub(super) text: String,
    pub(super) kind: Kind,
    /// Comments between the token before it and itself, without those of that token.
    pub(super) before: Vec<Comment>,
    /// Comments behind it that begin on its line.
    pub(super) after: Vec<Comment>,
    /// Whether it begins a line.
    pub(super) has_line: bool,
    /// Whether an empty line is before it, behind its comments.
    pub(super) blank: bool,
}

impl Leaf {
    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign && self.text.starts_with(sign)
    }
}

/// A token.
#[derive(Debug, Clone)]
pub(super) enum Token {
    Leaf(Leaf),
    Group(Group),
}

impl Token {
    /// The leaf that it begins with.
    pub(super) fn first(&self) -> &Leaf {
        match self {
            Self::Leaf(leaf) => leaf,
            Self::Group(group) => &group.open,
        }
    }

    /// The leaf that it begins with.
    pub(super) fn first_mut(&mut self) -> &mut Leaf {
        match self {
            Self::Leaf(leaf) => leaf,
            Self::Group(group) => &mut group.open,
        }
    }

    /// The leaf that it ends with.
    pub(super) fn last_mut(&mut self) -> &mut Leaf {
        match self {
            Self::Leaf(leaf) => leaf,
            Self::Group(group) => &mut group.close,
        }
    }

    pub(super) fn is_sign(&self, sign: char) -> bool {
        matches!(self, Self::Leaf(leaf) if leaf.is_sign(sign))
    }

    /// The word that it is.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Leaf(leaf) => (leaf.kind == Kind::Word).then_some(leaf.text.as_str()),
            Self::Group(_) => None,
        }
    }
}

/// Tokens in brackets.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) open: Leaf,
    pub(super) inside: Vec<Token>,
    pub(super) close: Leaf,
}

/// The tokens of a group with its brackets, read from their text; `None` where a place makes no sense, as
/// that of a documentation comment, whose tokens are not in the text.
pub(super) fn group(text: &str, group: &proc_macro2::Group) -> Option<Group> {
    let start = group.span_open().byte_range();
    let mut lexer = Lexer { text, at: start.start };
    match lexer.token(&TokenTree::Group(group.clone()))? {
        Token::Group(group) => Some(group),
        Token::Leaf(_) => None,
    }
}

/// A text as if it were in braces; `None` where its own brackets do not fit.
pub(super) fn braced(text: &str) -> Option<Group> {
    let text = format!("{{{text}\n}}");
    let stream: TokenStream = text.parse().ok()?;
    let mut tokens = stream.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Group(found)), None) => group(&text, &found),
        _ => None,
    }
}

/// The leaves of tokens in their order.
pub(super) fn leaves<'t>(tokens: &'t [Token], take: &mut impl FnMut(&'t Leaf)) {
    for token in tokens {
        match token {
            Token::Leaf(leaf) => take(leaf),
            Token::Group(group) => {
                take(&group.open);
                leaves(&group.inside, take);
                take(&group.close);
            }
        }
    }
}

/// Takes tokens of a text whose places are those of the text.
struct Lexer<'t> {
    text: &'t str,
    /// Where what is not read yet begins.
    at: usize,
}

impl Lexer<'_> {
    fn token(&mut self, token: &TokenTree) -> Option<Token> {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = (group.span_open(), group.span_close());
                let open = self.leaf(open.byte_range(), Kind::Edge)?;
                let mut tokens = vec![Token::Leaf(open)];
                for token in group.stream() {
                    let token = self.token(&token)?;
                    Self::push(&mut tokens, token);
                }
                let close = Token::Leaf(self.leaf(close.byte_range(), Kind::Edge)?);
                Self::push(&mut tokens, close);
                let Some(Token::Leaf(close)) = tokens.pop() else { return None };
                let mut tokens = tokens.into_iter();
                let Some(Token::Leaf(open)) = tokens.next() else { return None };
                Some(Token::Group(Group { open, inside: tokens.collect(), close }))
            }
            TokenTree::Ident(word) => {
                Some(Token::Leaf(self.leaf(word.span().byte_range(), Kind::Word)?))
            }
            TokenTree::Punct(sign) => {
                Some(Token::Leaf(self.leaf(sign.span().byte_range(), Kind::Sign)?))
            }
            TokenTree::Literal(literal) => {
                let range = literal.span().byte_range();
                let is_text = self.text.get(range.clone())?.ends_with(['"', '\'', '#']);
                let kind = if is_text { Kind::Text } else { Kind::Number };
                Some(Token::Leaf(self.leaf(range, kind)?))
            }
        }
    }

    /// Adds a token; comments on the line of the token before it go to that one.
    fn push(tokens: &mut Vec<Token>, mut token: Token) {
        let first = token.first_mut();
        if let Some(last) = tokens.last_mut() {
            let own_line = first.before.iter().position(|comment| comment.own_line);
            let behind = first.before.drain(..own_line.unwrap_or(first.before.len()));
            last.last_mut().after.extend(behind);
        }
        tokens.push(token);
    }

    /// The leaf at a place, with what is before it.
    fn leaf(&mut self, range: std::ops::Range<usize>, kind: Kind) -> Option<Leaf> {
        let mut rest = self.text.get(self.at..range.start)?;
        let mut before = Vec::new();
        loop {
            let blanks = rest.len() - rest.trim_start().len();
            let lines = rest.get(..blanks)?.matches('\n').count();
            rest = rest.get(blanks..)?;
            if rest.is_empty() {
                let text = self.text.get(range.clone())?.to_owned();
                self.at = range.end;
                let (has_line, blank) = (lines > 0, lines > 1);
                return Some(Leaf { text, kind, before, after: Vec::new(), has_line, blank });
            }
            let length = comment_length(rest)?;
            let text = rest.get(..length)?.trim_end().to_owned();
            before.push(Comment { text, own_line: lines > 0, blank: lines > 1 });
            rest = rest.get(length..)?;
        }
    }
}

/// The bytes of the comment that a text begins with.
fn comment_length(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if !text.starts_with("/*") {
        return None;
    }
    let mut depth = 0usize;
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return Some(at);
            }
        } else {
            at += rest.chars().next()?.len_utf8();
        }
    }
}
