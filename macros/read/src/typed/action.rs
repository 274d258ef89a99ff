//! Actions: `ecs::RunInstances`, `ecs::{A, B}`, `ecs::Describe*`, `*`, `* except ...`, `"code:Name"`,
//! `every read of ecs`.

use proc_macro2::{Delimiter, TokenTree};
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::selection::Selection;
use ram_policy_model::source::syntax::{ElementKind, Values};
use ram_policy_model::terms::layout::Shape;
use ram_policy_model::text::place::Text;

use super::selection;
use crate::items::{at_clause, skip_entry};
use crate::next::Next;
use crate::place::Place;
use crate::tokens::{Tokens, is_sign};
use crate::word::Word;

/// Whether an action clause can begin here.
pub(crate) fn begins(tokens: &Tokens) -> bool {
    tokens.peek_sign('*')
        || tokens.peek_text().is_some()
        || tokens.peek_group(Delimiter::Bracket).is_some()
        || tokens.peek_word(Word::Unlisted)
        || tokens.peek_word(Word::Every)
        || (tokens.peek_ident().is_some() && path_ahead(tokens))
}

/// Whether `::` follows before anything that cannot stand in a service code.
fn path_ahead(tokens: &Tokens) -> bool {
    let mut after_word = false;
    for (index, token) in tokens.ahead().iter().enumerate() {
        match token {
            TokenTree::Ident(_) if !after_word => after_word = true,
            TokenTree::Punct(sign) if matches!(sign.as_char(), '-' | '*' | '?') => {
                after_word = false;
            }
            TokenTree::Punct(sign) if sign.as_char() == ':' && index > 0 => {
                return is_sign(tokens.ahead().get(index + 1), ':');
            }
            TokenTree::Ident(_)
            | TokenTree::Punct(_)
            | TokenTree::Group(_)
            | TokenTree::Literal(_) => return false,
        }
    }
    false
}

/// An action clause as far as it could be read.
pub(crate) struct Actions {
    pub(crate) kind: Option<ElementKind<Place>>,
    /// Whether nothing was wrong, so that what is missing behind it is missing.
    pub(crate) good: bool,
}

/// What of an action clause is kept beside the clause.
#[derive(Default)]
pub(crate) struct Beside {
    /// Actions the author vouches for.
    pub(crate) unlisted: Vec<Text<Place>>,
    /// What chooses more actions.
    pub(crate) selections: Vec<Selection<Place>>,
}

/// Reads an action clause.
pub(crate) fn read(
    tokens: &mut Tokens,
    beside: &mut Beside,
    report: &mut Report<Place>,
) -> Actions {
    let at = tokens.place();
    let is_except = matches!(tokens.peek_second(), Some(TokenTree::Ident(word)) if *word == Word::Except.text());
    let negated = tokens.peek_sign('*') && is_except;
    if negated {
        tokens.skip();
        tokens.skip();
    }
    let mut list = List { items: Vec::new(), selections: Vec::new(), good: true, beside, report };
    let in_brackets = match tokens.take_group(Delimiter::Bracket) {
        Some(group) => {
            list.read(&mut Tokens::inside(&group));
            true
        }
        None => {
            list.read(tokens);
            false
        }
    };
    let List { items, selections, good, .. } = list;
    // A selection prints as a list, however many actions it is.
    let is_list = in_brackets || !selections.is_empty();
    let shape = if is_list { Shape::Many } else { Shape::of(items.len()) };
    let is_empty = items.is_empty() && selections.is_empty();
    if is_empty && good {
        report.add(at, Rule::EmptyList, "the statement names no action");
    }
    if is_empty {
        return Actions { kind: None, good };
    }
    // A second list of a statement is a mistake, which is reported at the list.
    if beside.selections.is_empty() {
        beside.selections = selections;
    }
    let values = Values { at, shape, items };
    let kind = if negated { ElementKind::NotAction(values) } else { ElementKind::Action(values) };
    Actions { kind: Some(kind), good }
}

struct List<'r> {
    items: Vec<Text<Place>>,
    selections: Vec<Selection<Place>>,
    /// Whether nothing was wrong.
    good: bool,
    beside: &'r mut Beside,
    report: &'r mut Report<Place>,
}

impl List<'_> {
    /// Reads actions with commas between them, up to the next clause.
    fn read(&mut self, tokens: &mut Tokens) {
        if tokens.is_empty() {
            return;
        }
        loop {
            if !self.entry(tokens) {
                skip_entry(tokens);
            }
            if at_clause(tokens) {
                return;
            }
            if tokens.take_sign(',').is_none() {
                self.expected(Next::AfterAction, tokens);
                skip_entry(tokens);
                tokens.take_sign(',');
            }
            if at_clause(tokens) {
                return;
            }
        }
    }

    fn expected(&mut self, next: Next, tokens: &Tokens) {
        self.good = false;
        next.report(tokens, self.report);
    }

    /// As [`List::expected`], in words that know more.
    fn expected_as(&mut self, what: &str, tokens: &Tokens) {
        self.good = false;
        Next::Action.report_as(what, tokens, self.report);
    }

    /// Reads one entry; false when a mistake has been reported and the rest is to be skipped.
    fn entry(&mut self, tokens: &mut Tokens) -> bool {
        let vouched = tokens.take_word(Word::Unlisted).is_some();
        if tokens.peek_word(Word::Every) {
            return self.selection(tokens, vouched);
        }
        if let Some(text) = tokens.peek_text() {
            let place = tokens.skip();
            self.add(Text::new(text, place), vouched);
            return true;
        }
        let head = tokens.place();
        if tokens.peek_word(Word::Not) && !path_ahead(tokens) {
            self.expected(Next::Action, tokens);
            return false;
        }
        let Some(code) = pattern(tokens, true) else {
            self.expected(Next::Action, tokens);
            return false;
        };
        if code == "*" && !tokens.peek_path_sign() {
            self.add(Text::new(code, head), vouched);
            return true;
        }
        let head = head.to(tokens.last());
        if !tokens.take_path_sign() {
            self.expected_as(&format!("`::` and an action after `{code}`"), tokens);
            return false;
        }
        if let Some(group) = tokens.take_group(Delimiter::Brace) {
            self.group(&code, head, &mut Tokens::inside(&group), vouched);
            return true;
        }
        self.name(&code, head, tokens, vouched)
    }

    fn selection(&mut self, tokens: &mut Tokens, vouched: bool) -> bool {
        if vouched {
            let message =
                "`every` selects actions that the catalogue has, so none of them is `unlisted`";
            self.report.add(tokens.last(), Rule::Grammar, message);
        }
        match selection::read(tokens, self.items.len(), self.report) {
            Some(selection) => {
                self.selections.push(selection);
                true
            }
            None => {
                self.good = false;
                false
            }
        }
    }

    /// Reads the names of `service::{A, B}`.
    fn group(&mut self, code: &str, head: Place, tokens: &mut Tokens, vouched: bool) {
        if tokens.is_empty() {
            self.good = false;
            self.report.add(head, Rule::EmptyList, format!("`{code}::{{}}` names no action"));
        }
        while !tokens.is_empty() {
            let vouched = tokens.take_word(Word::Unlisted).is_some() || vouched;
            if !self.name(code, head, tokens, vouched) {
                while !tokens.is_empty() && !tokens.peek_sign(',') {
                    tokens.skip();
                }
            }
            if !tokens.is_empty() && tokens.take_sign(',').is_none() {
                self.expected(Next::BetweenActions, tokens);
                while !tokens.is_empty() && tokens.take_sign(',').is_none() {
                    tokens.skip();
                }
            }
        }
    }

    fn name(&mut self, code: &str, head: Place, tokens: &mut Tokens, vouched: bool) -> bool {
        let start = tokens.place();
        let Some(name) = pattern(tokens, false) else {
            self.expected_as(&format!("an action after `{code}::`"), tokens);
            return false;
        };
        let at = start.to(tokens.last());
        let text = Text { head, ..Text::new(format!("{code}:{name}"), at) };
        self.add(text, vouched);
        true
    }

    fn add(&mut self, action: Text<Place>, vouched: bool) {
        if vouched {
            self.beside.unlisted.push(action.clone());
        }
        self.items.push(action);
    }
}

/// Reads identifiers, digits and wildcards that follow each other as one pattern; in a service
/// code also `-`. A keyword behind a wildcard begins the next clause.
fn pattern(tokens: &mut Tokens, is_code: bool) -> Option<String> {
    let mut text = String::new();
    let mut after_word = false;
    loop {
        match tokens.peek() {
            Some(TokenTree::Ident(word)) if !after_word && !at_clause(tokens) => {
                let word = word.to_string();
                // The code of a service may have a `-`, which no Rust name has.
                let word = word.strip_prefix("r#").unwrap_or(&word);
                text.push_str(&if is_code { word.replace('_', "-") } else { word.into() });
                after_word = true;
            }
            Some(TokenTree::Literal(number)) if !text.is_empty() && !after_word => {
                let number = number.to_string();
                if !number.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                    break;
                }
                text.push_str(&number);
                after_word = true;
            }
            Some(TokenTree::Punct(sign)) if matches!(sign.as_char(), '*' | '?') => {
                text.push(sign.as_char());
                after_word = false;
            }
            Some(TokenTree::Punct(sign)) if is_code && sign.as_char() == '-' => {
                text.push('-');
                after_word = false;
            }
            _ => break,
        }
        tokens.skip();
    }
    (!text.is_empty()).then_some(text)
}
