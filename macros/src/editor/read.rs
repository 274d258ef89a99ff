//! Finds what the typed form names, whatever else is wrong with it.
//!
//! The grammar's own reader stops at mistakes. This one only follows which clause it is in, so that
//! every path that is there is found.

use proc_macro2::{Delimiter, Ident, TokenTree};

use ram_policy_model::catalogue::additions::Subject;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::source::selection::Selection;
use ram_policy_read::place::Place;
use ram_policy_read::tokens::{Tokens, is_sign};
use ram_policy_read::word::{Role, Word};
use ram_policy_read::{json, selection};

/// Something the author names, as far as it is written.
#[derive(Debug)]
pub(super) enum Named {
    /// `ecs` or `ecs::StopInstance`.
    Action(Ident, Option<Ident>),
    /// `acs` or `acs::SourceIp`.
    Key(Ident, Option<Ident>),
    /// `vpc` or `vpc::VPC` behind `taking`.
    Resource(Ident, Option<Ident>),
    /// `every`, and what it selects, once the selection is whole.
    Selection(Ident, Box<Selection<Place>>),
}

impl Named {
    /// Whether it is whole and has no Rust name, because the crate's own file adds it.
    pub(super) fn is_new(&self, has_new: fn(Subject, &str) -> bool) -> bool {
        match self {
            Self::Action(code, Some(name)) => has_new(Subject::Action, &format!("{code}:{name}")),
            Self::Key(code, Some(name)) => has_new(Subject::Key, &format!("{code}:{name}")),
            Self::Action(_, None)
            | Self::Key(_, None)
            | Self::Resource(..)
            | Self::Selection(..) => false,
        }
    }
}

/// The clause a token stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clause {
    Actions,
    Conditions,
    /// The keys of a request stand in braces.
    Given,
    /// A boundary may stand in braces.
    Boundary,
    /// Names nothing of the library.
    Other,
}

/// Everything the tokens of a policy name, in their order.
pub(super) fn named(tokens: Tokens) -> Vec<Named> {
    let mut named = Vec::new();
    // A document has texts only.
    if !json::is_json(&tokens) {
        read(tokens, Clause::Actions, &mut named);
    }
    named
}

fn read(mut tokens: Tokens, mut clause: Clause, named: &mut Vec<Named>) {
    // Whether a path must begin here: behind a word of the grammar or a comma.
    let mut begins = true;
    // Whether the token before is part of a code that is no Rust name, as `swas-` or `*`.
    let mut glued = false;
    let mut vouched = false;
    while let Some(token) = tokens.next() {
        let starts = std::mem::replace(&mut begins, false);
        let goes_on = std::mem::replace(&mut glued, false);
        match token {
            TokenTree::Ident(word) => {
                let word_text = word.to_string();
                let is_path = tokens.peek_path_sign();
                if word == Word::Every.text() && clause == Clause::Actions {
                    selected(word, &mut tokens, named);
                } else if !is_path && let Some(next) = clause_of(&word_text) {
                    clause = next.unwrap_or(clause);
                    vouched = word_text == Word::Unlisted.text();
                    begins = true;
                } else if starts || (is_path && !goes_on) {
                    match clause {
                        Clause::Actions => actions(word, vouched, &mut tokens, named),
                        Clause::Conditions => key(word, &mut tokens, named),
                        Clause::Given | Clause::Boundary | Clause::Other => {}
                    }
                    vouched = false;
                }
            }
            TokenTree::Punct(sign) if sign.as_char() == ';' => {
                clause = Clause::Actions;
                begins = true;
            }
            TokenTree::Punct(sign) => {
                begins = sign.as_char() == ',';
                glued = matches!(sign.as_char(), '-' | '*' | '?');
            }
            TokenTree::Group(list) if list.delimiter() == Delimiter::Bracket => {
                if clause == Clause::Actions {
                    read(Tokens::inside(&list), clause, named);
                }
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => match clause {
                Clause::Given => read(Tokens::inside(&group), Clause::Conditions, named),
                Clause::Boundary => read(Tokens::inside(&group), Clause::Actions, named),
                Clause::Actions | Clause::Conditions | Clause::Other => {}
            },
            TokenTree::Group(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// The clause a word of the grammar begins, `None` when it goes on with its own.
fn clause_of(word: &str) -> Option<Option<Clause>> {
    let word = Word::of(word)?;
    let clause = match word.role() {
        Role::Clause if matches!(word, Word::On | Word::By) => Clause::Other,
        Role::Clause if word == Word::When => Clause::Conditions,
        Role::Claim if word == Word::Within => Clause::Boundary,
        Role::Clause | Role::Claim => Clause::Actions,
        Role::Joint if word == Word::With => Clause::Given,
        Role::Item => Clause::Other,
        Role::Joint => return Some(None),
        Role::Prefix => return (word != Word::Not).then_some(None),
        Role::Inner => return None,
    };
    Some(Some(clause))
}

/// `ecs::StopInstance`, `ecs::{A, B}` and `ecs::Describe*`, the code being read.
fn actions(code: Ident, vouched: bool, tokens: &mut Tokens, named: &mut Vec<Named>) {
    // `swas-open` is no Rust name.
    if tokens.peek_sign('-') {
        return;
    }
    let before = named.len();
    if tokens.take_path_sign() {
        if let Some(group) = tokens.take_group(Delimiter::Brace) {
            let mut inside = Tokens::inside(&group);
            while !inside.is_empty() {
                let vouched = inside.take_word(Word::Unlisted).is_some() || vouched;
                if let Some(name) = name(&mut inside).filter(|_| !vouched) {
                    named.push(Named::Action(code.clone(), Some(name)));
                }
                while !inside.is_empty() && inside.take_sign(',').is_none() {
                    inside.skip();
                }
            }
        } else if let Some(name) = name(tokens).filter(|_| !vouched) {
            named.push(Named::Action(code.clone(), Some(name)));
        }
    }
    if named.len() == before {
        named.push(Named::Action(code, None));
    }
}

/// `every read of ecs`, the first word being read.
fn selected(every: Ident, tokens: &mut Tokens, named: &mut Vec<Named>) {
    let mut whole = tokens.copy_behind(every.clone());
    if let Some(selection) = selection::read(&mut whole, 0, &mut Report::default()) {
        named.push(Named::Selection(every, Box::new(selection)));
    }
    while let Some(word) = tokens.word().filter(|word| selection::goes_on(*word)) {
        tokens.skip();
        let is_name = matches!(word, Word::Of | Word::Taking);
        let Some(code) = tokens.peek_ident().filter(|_| is_name).cloned() else { continue };
        tokens.skip();
        if word == Word::Taking {
            let name = if tokens.take_path_sign() { name(tokens) } else { None };
            named.push(Named::Resource(code, name));
        } else {
            named.push(Named::Action(code, None));
        }
    }
}

/// `acs::SourceIp`, the code being read.
fn key(code: Ident, tokens: &mut Tokens, named: &mut Vec<Named>) {
    let name = if tokens.take_path_sign() { name(tokens) } else { None };
    named.push(Named::Key(code, name));
}

/// A name that is no pattern; a word of the grammar begins the next clause.
fn name(tokens: &mut Tokens) -> Option<Ident> {
    let name = tokens.peek_ident()?.clone();
    let behind = tokens.peek_second();
    let is_pattern = is_sign(behind, '*') || is_sign(behind, '?');
    let text = name.to_string();
    if clause_of(&text).is_some() {
        return None;
    }
    tokens.skip();
    (!is_pattern).then_some(name)
}
