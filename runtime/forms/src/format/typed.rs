//! The tokens of a macro as items, clauses and lists: what the reader of the macros reads, with its comments.

use std::collections::VecDeque;

use ram_policy_read::word::{Role, Word};

use super::layout::{Body, Clause, Entry, Item, List, Part, Style};
use super::lexed::{Comment, Group, Kind, Leaf, Token};

/// What a macro is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    /// A policy, or the path of one.
    Policy,
    /// A role.
    Role,
}

/// What is between the brackets of a macro.
pub(super) fn body(group: Group, input: Input) -> Body {
    let has_lines = group.inside.first().is_some_and(|token| token.first().has_line);
    let mut reader = Reader { tokens: group.inside.into(), pending: group.open.after };
    let mut body = Body { has_lines, ..Body::default() };
    match input {
        Input::Policy => reader.policy(&mut body),
        Input::Role => body.rest = Some(reader.list(Style::Lines, About::Fields)),
    }
    body.last = reader.pending;
    body.last.extend(group.close.before);
    body
}

/// Puts each statement into the order in which RAM's documents print elements, and the version first.
pub(super) fn in_order(body: &mut Body) {
    let mut pending = Vec::new();
    for item in &mut body.items {
        item.before.splice(..0, std::mem::take(&mut pending));
        item_in_order(item);
        settle(&mut item.after, &mut pending);
    }
    body.last.splice(..0, pending);
    let is_version = |item: &Item| is_item(item, Word::Version);
    // It goes by itself: what is before it stays in its order.
    body.items.sort_by_key(|item| !is_version(item));
    let lists = body.rest.iter_mut().flat_map(|rest| &mut rest.entries);
    let entries = body.items.iter_mut().flat_map(|item| &mut item.clauses);
    for entry in entries.flat_map(|clause| &mut clause.entries).chain(lists) {
        for part in &mut entry.parts {
            match part {
                Part::Body(body) => in_order(body),
                Part::List(_) | Part::Text(_) => {}
            }
        }
    }
}

fn is_item(item: &Item, word: Word) -> bool {
    let first = item.clauses.first().and_then(|clause| clause.entries.first());
    first.and_then(|entry| entry.parts.first()).is_some_and(|part| match part {
        Part::Text(text) => text.split(' ').next() == Some(word.text()),
        Part::List(_) | Part::Body(_) => false,
    })
}

/// The clauses of a statement in their order; actions without a word are where `do` is.
const ORDER: [&[Word]; 5] =
    [&[Word::Allow, Word::Deny], &[Word::Do], &[Word::By], &[Word::On], &[Word::When]];

/// Where a clause is in a statement; `None` for one of a claim or another item.
fn rank(clause: &Clause) -> Option<usize> {
    if clause.word.is_empty() {
        return Some(1);
    }
    let word = Word::of(&clause.word)?;
    ORDER.iter().position(|words| words.contains(&word))
}

fn item_in_order(item: &mut Item) {
    let ranks: Option<Vec<usize>> = item.clauses.iter().map(rank).collect();
    // A claim, or an item without an effect, has no order of its own.
    if !ranks.is_some_and(|ranks| ranks.contains(&0)) {
        return;
    }
    item.clauses.sort_by_key(rank);
    let mut clauses = std::mem::take(&mut item.clauses).into_iter().peekable();
    while let Some(mut clause) = clauses.next() {
        let takes = rank(&clause) == Some(0) && clause.entries.is_empty();
        if takes && let Some(actions) = clauses.next_if(|next| rank(next) == Some(1)) {
            clause.entries = actions.entries;
            if let Some(first) = clause.entries.first_mut() {
                first.before.splice(..0, actions.before);
            }
        }
        item.clauses.push(clause);
    }
    edges(item);
}

/// Puts the comments at both ends of an item around it.
fn edges(item: &mut Item) {
    if let Some(first) = item.clauses.first_mut() {
        item.before.append(&mut first.before);
    }
    // Comments behind the last entry are behind the `;`.
    let last = item.clauses.last_mut().and_then(|clause| clause.entries.last_mut());
    if let Some(last) = last {
        item.after.splice(..0, std::mem::take(&mut last.after));
    }
}

/// Leaves no more comments behind something than can be on its line; the others go before what comes next.
fn settle(after: &mut Vec<Comment>, pending: &mut Vec<Comment>) {
    if let Some(line) = after.iter().position(Comment::is_line) {
        pending.extend(after.drain(line + 1..));
    }
}

/// What entries are about, which says where blanks are between their tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// Names with wildcards, which have no blanks.
    Actions,
    /// Keys, operators and values.
    Tests,
    /// Names and what belongs to them, with a colon between.
    Fields,
    /// A document.
    Json,
}

struct Reader {
    tokens: VecDeque<Token>,
    /// Comments that go before what comes next.
    pending: Vec<Comment>,
}

impl Reader {
    fn policy(&mut self, body: &mut Body) {
        while self.tokens.front().is_some_and(|token| token.is_sign('#')) {
            let is_end = |token: &Token| matches!(token, Token::Group(_));
            let end = self.tokens.iter().position(is_end).map_or(self.tokens.len(), |end| end + 1);
            let tokens = self.tokens.drain(..end).collect();
            let entry = self.entry(tokens, About::Actions);
            let entry = self.settled(entry);
            body.head.push(entry);
        }
        if self.tokens.front().is_some_and(|token| token.is_sign('<')) {
            let entry = self.parameters();
            body.head.push(entry);
        }
        while !self.tokens.is_empty() {
            if self.is_json() {
                body.rest = Some(self.list(Style::Json, About::Json));
                return;
            }
            let item = self.item();
            body.items.push(item);
        }
    }

    /// Whether a document begins here.
    fn is_json(&self) -> bool {
        match (self.tokens.front(), self.tokens.get(1)) {
            (Some(Token::Group(group)), _) => group.open.text == "{",
            (Some(Token::Leaf(leaf)), Some(next)) => leaf.kind == Kind::Text && next.is_sign(':'),
            (Some(Token::Leaf(_)), None) | (None, _) => false,
        }
    }

    /// The comments that go before a token.
    fn before(&mut self, leaf: &mut Leaf) -> Vec<Comment> {
        let mut before = std::mem::take(&mut self.pending);
        before.append(&mut leaf.before);
        before
    }

    /// `<regionid, objectKey: path>`.
    fn parameters(&mut self) -> Entry {
        let mut head = Entry::default();
        if let Some(Token::Leaf(mut open)) = self.tokens.pop_front() {
            head.before = self.before(&mut open);
            head.blank = open.blank;
            self.pending = open.after;
        }
        let end = self.tokens.iter().position(|token| token.is_sign('>'));
        let tokens = self.tokens.drain(..end.unwrap_or(self.tokens.len())).collect();
        let mut inside = Self { tokens, pending: std::mem::take(&mut self.pending) };
        let mut list = inside.list(Style::Filled, About::Fields);
        (list.open, list.close) = ("<", ">");
        list.last = inside.pending;
        if let Some(Token::Leaf(close)) = self.tokens.pop_front() {
            list.last.extend(close.before);
            head.after = close.after;
        }
        head.parts.push(Part::List(list));
        self.settled(head)
    }

    /// The entries up to the end, with commas between them; the list has no brackets yet.
    fn list(&mut self, style: Style, about: About) -> List {
        let mut list = List { open: "", close: "", entries: Vec::new(), last: Vec::new(), style };
        while !self.tokens.is_empty() {
            let end = self.tokens.iter().position(|token| token.is_sign(','));
            let tokens = self.tokens.drain(..end.unwrap_or(self.tokens.len())).collect();
            let mut entry = self.entry(tokens, about);
            self.comma(&mut entry);
            let entry = self.settled(entry);
            list.entries.push(entry);
        }
        list
    }

    /// Takes the comma behind an entry, with its comments.
    fn comma(&mut self, entry: &mut Entry) {
        if self.tokens.front().is_some_and(|token| token.is_sign(','))
            && let Some(Token::Leaf(comma)) = self.tokens.pop_front()
        {
            entry.after.extend(comma.before);
            entry.after.extend(comma.after);
        }
    }

    fn settled(&mut self, mut entry: Entry) -> Entry {
        settle(&mut entry.after, &mut self.pending);
        entry
    }

    /// An item with its `;`.
    fn item(&mut self) -> Item {
        let mut item = Item {
            before: Vec::new(),
            blank: self.tokens.front().is_some_and(|token| token.first().blank),
            clauses: Vec::new(),
            is_ended: false,
            after: Vec::new(),
        };
        while let Some(token) = self.tokens.front() {
            if token.is_sign(';') {
                let Some(Token::Leaf(end)) = self.tokens.pop_front() else { break };
                item.is_ended = true;
                item.after.append(&mut self.pending);
                item.after.extend(end.before);
                item.after.extend(end.after);
                break;
            }
            let clause = self.clause(&item);
            item.clauses.push(clause);
        }
        edges(&mut item);
        settle(&mut item.after, &mut self.pending);
        item
    }

    /// The word that begins a clause here.
    fn clause_word(&self, item: &Item) -> Option<Word> {
        let word = Word::of(self.tokens.front()?.word()?)?;
        let is_first = item.clauses.is_empty();
        // A service or a key may have the name of a word.
        let is_path = self.tokens.get(1).is_some_and(|next| next.is_sign(':'));
        let begins = match word.role() {
            Role::Clause => true,
            Role::Claim => is_first,
            Role::Joint => word == Word::With,
            Role::Item | Role::Prefix | Role::Inner => false,
        };
        (begins && !is_path).then_some(word)
    }

    fn clause(&mut self, item: &Item) -> Clause {
        let word = self.clause_word(item);
        let mut clause =
            Clause { before: Vec::new(), word: String::new(), entries: Vec::new(), joint: None };
        if word.is_some()
            && let Some(Token::Leaf(mut leaf)) = self.tokens.pop_front()
        {
            clause.before = self.before(&mut leaf);
            clause.word = leaf.text;
            self.pending.extend(leaf.after);
        }
        let is_test = word == Some(Word::When);
        clause.joint = is_test.then(|| Word::And.text());
        let about = match word {
            Some(Word::When) => About::Tests,
            Some(Word::With) => About::Fields,
            _ => About::Actions,
        };
        loop {
            let end = self.end_of_entry(item, is_test);
            // What nobody reads here is taken all the same, so that the end is reached.
            let is_stuck = end == 0 && word.is_none() && clause.entries.is_empty();
            let end = if is_stuck { self.tokens.len().min(1) } else { end };
            if end == 0 {
                break;
            }
            let tokens = self.tokens.drain(..end).collect();
            let mut entry = self.entry(tokens, about);
            if clause.word.is_empty() && clause.entries.is_empty() {
                clause.before.append(&mut entry.before);
            }
            if is_test {
                let entry = self.settled(entry);
                clause.entries.push(entry);
                let and = self.tokens.front().and_then(Token::word) == Some(Word::And.text());
                if !and {
                    break;
                }
                if let Some(Token::Leaf(and)) = self.tokens.pop_front() {
                    self.pending.extend(and.before);
                    self.pending.extend(and.after);
                }
            } else {
                let is_last = !self.tokens.front().is_some_and(|token| token.is_sign(','));
                self.comma(&mut entry);
                let entry = self.settled(entry);
                clause.entries.push(entry);
                if is_last {
                    break;
                }
            }
        }
        clause
    }

    /// How many tokens an entry has: up to a comma or an `and`, the next clause or the end of the item.
    fn end_of_entry(&self, item: &Item, is_test: bool) -> usize {
        let mut before: Option<&Token> = None;
        let is_claim = item.clauses.first().is_some_and(|first| {
            Word::of(&first.word).is_some_and(|word| word.role() == Role::Claim)
        });
        for (index, token) in self.tokens.iter().enumerate() {
            let in_path = before.is_some_and(|before| before.is_sign(':'));
            let ends = match token.word().and_then(Word::of).filter(|_| !in_path) {
                Some(Word::And) => is_test,
                Some(Word::With) => is_claim || index > 0,
                Some(word) => word.role() == Role::Clause,
                None => token.is_sign(';') || (token.is_sign(',') && !is_test),
            };
            // A service may have the name of a word.
            if ends && !self.tokens.get(index + 1).is_some_and(|next| next.is_sign(':')) {
                return index;
            }
            before = Some(token);
        }
        self.tokens.len()
    }

    /// An entry of these tokens; comments in it go before it, and those behind its last token behind it.
    fn entry(&mut self, tokens: Vec<Token>, about: About) -> Entry {
        let mut entry = Entry {
            blank: tokens.first().is_some_and(|token| token.first().blank),
            before: std::mem::take(&mut self.pending),
            ..Entry::default()
        };
        let spaces = spaces(&tokens, about);
        let is_policy = |index: usize, tokens: &[Token]| is_policy(index, tokens, about);
        let policies: Vec<bool> =
            (0..tokens.len()).map(|index| is_policy(index, &tokens)).collect();
        let in_path: Vec<bool> =
            (0..tokens.len()).map(|index| is_behind_path(index, &tokens)).collect();
        let count = tokens.len();
        for (index, mut token) in tokens.into_iter().enumerate() {
            entry.before.append(&mut token.first_mut().before);
            if index + 1 == count {
                entry.after.append(&mut token.last_mut().after);
            } else {
                entry.before.append(&mut token.last_mut().after);
            }
            if spaces.get(index) == Some(&true) {
                text(&mut entry.parts, " ");
            }
            match token {
                Token::Leaf(leaf) => text(&mut entry.parts, &leaf.text),
                Token::Group(group) if policies.get(index) == Some(&true) => {
                    entry.parts.push(Part::Body(body(group, Input::Policy)));
                }
                Token::Group(group) => {
                    let in_path = in_path.get(index) == Some(&true);
                    let mut list = list(group, about, in_path);
                    // Brackets that are a part of a name or an attribute.
                    if list.open == "[" && index > 0 && spaces.get(index) == Some(&false) {
                        list.style = Style::Single;
                    }
                    entry.parts.push(Part::List(list));
                }
            }
        }
        entry
    }
}

/// Adds a text to the parts of an entry.
fn text(parts: &mut Vec<Part>, text: &str) {
    if let Some(Part::Text(before)) = parts.last_mut() {
        before.push_str(text);
    } else {
        parts.push(Part::Text(text.to_owned()));
    }
}

/// A list in brackets.
fn list(group: Group, about: About, in_path: bool) -> List {
    let (open, close) = match group.open.text.as_str() {
        "{" => ("{", "}"),
        "[" => ("[", "]"),
        _ => ("(", ")"),
    };
    let (style, inside) = match (about, open) {
        (About::Json, _) => (Style::Json, About::Json),
        (_, "{") if !in_path => (Style::Spaced, About::Fields),
        (About::Actions, _) => (Style::Lines, About::Actions),
        (About::Tests | About::Fields, _) => (Style::Lines, About::Tests),
    };
    let mut reader = Reader { tokens: group.inside.into(), pending: group.open.after };
    let mut list = reader.list(style, inside);
    list.last = reader.pending;
    list.last.extend(group.close.before);
    if style == Style::Lines && list.entries.iter().all(Entry::is_short) {
        list.style = Style::Filled;
    }
    List { open, close, ..list }
}

/// Whether the token at an index is behind `::`.
fn is_behind_path(index: usize, tokens: &[Token]) -> bool {
    let sign = |steps: usize| {
        let before = index.checked_sub(steps).and_then(|index| tokens.get(index));
        before.is_some_and(|token| token.is_sign(':'))
    };
    sign(1) && sign(2)
}

/// Whether a group is a policy: in braces behind `within` or `permissions:`.
fn is_policy(index: usize, tokens: &[Token], about: About) -> bool {
    let Some(Token::Group(group)) = tokens.get(index) else { return false };
    if group.open.text != "{" {
        return false;
    }
    match about {
        About::Actions => index == 0,
        About::Fields => index == 2 && tokens.first().and_then(Token::word) == Some("permissions"),
        About::Tests | About::Json => false,
    }
}

/// Before which tokens of an entry a blank is.
fn spaces(tokens: &[Token], about: About) -> Vec<bool> {
    (0..tokens.len()).map(|index| index > 0 && is_apart(index, tokens, about)).collect()
}

/// Whether a blank is between a token and the one before it.
fn is_apart(index: usize, tokens: &[Token], about: About) -> bool {
    let at = |back: usize| index.checked_sub(back).and_then(|index| tokens.get(index));
    let (Some(this), Some(before)) = (at(0), at(1)) else { return false };
    let sign = |token: &Token, signs: &str| match token {
        Token::Leaf(leaf) => leaf.kind == Kind::Sign && signs.contains(leaf.text.as_str()),
        Token::Group(_) => false,
    };
    let is_path = |first: Option<&Token>, second: Option<&Token>| {
        first.is_some_and(|first| first.is_sign(':'))
            && second.is_some_and(|second| second.is_sign(':'))
    };
    let next = tokens.get(index + 1);
    if is_path(Some(this), next)
        || is_path(Some(before), Some(this))
        || is_path(at(2), Some(before))
    {
        return false;
    }
    if this.is_sign(':') {
        return false;
    }
    if before.is_sign(':') {
        // A colon that is no path is between an operator's parts, or behind a name.
        return about != About::Tests;
    }
    let is_reserved = |token: &Token| {
        token.word().and_then(Word::of).is_some_and(|word| word.role() == Role::Prefix)
    };
    match about {
        About::Actions => {
            if sign(before, "#!") || (sign(this, "#!") && sign(before, "#!")) {
                return false;
            }
            match this {
                Token::Group(group) => {
                    // `guardrail::name(...)` and `unlisted(...)`.
                    !(group.open.text == "(" && before.word().is_some())
                }
                Token::Leaf(_) => {
                    let is_piece = sign(this, "*?-") || sign(before, "*?-");
                    !is_piece || is_reserved(this) || is_reserved(before)
                }
            }
        }
        About::Tests | About::Fields | About::Json => {
            let is_tag = matches!(this, Token::Group(group) if group.open.text == "[")
                && before.word().is_some()
                && is_path(at(3), at(2));
            let is_operator = this.is_sign('=') && sign(before, "=!<>");
            let is_negative = before.is_sign('-');
            !(is_tag || is_operator || is_negative)
        }
    }
}
