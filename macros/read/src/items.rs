//! Where items and their clauses end, and the texts of parameters.

use proc_macro2::TokenTree;
use ram_policy_model::report::diagnostic::Report;

use crate::input::Header;
use crate::next::Next;
use crate::place::Place;
use crate::tokens::Tokens;
use crate::word::Role;

/// Reads the `;` after an item, or says that it is missing and reads on to the next.
pub(crate) fn end_of_item(tokens: &mut Tokens, report: &mut Report<Place>) {
    if tokens.is_empty() || tokens.take_sign(';').is_some() {
        return;
    }
    Next::Semicolon.report(tokens, report);
    skip_item(tokens);
}

/// Reads over everything up to and including the next `;`.
pub(crate) fn skip_item(tokens: &mut Tokens) {
    while !tokens.is_empty() && tokens.take_sign(';').is_none() {
        tokens.skip();
    }
}

/// Whether the next token begins a clause or ends the statement.
pub(crate) fn at_clause(tokens: &Tokens) -> bool {
    match tokens.peek() {
        None => true,
        Some(TokenTree::Punct(sign)) => sign.as_char() == ';',
        Some(_) => tokens.word().is_some_and(|word| word.role() == Role::Clause),
    }
}

/// Reads over everything up to the next comma, clause or end.
pub(crate) fn skip_entry(tokens: &mut Tokens) {
    while !at_clause(tokens) && !tokens.peek_sign(',') {
        tokens.skip();
    }
}

/// Puts declared parameters into a text as the page prints them.
pub(crate) fn print_parameters(text: String, header: &Header) -> String {
    let mut text = text;
    for declared in &header.parameters {
        let name = &declared.parameter.name.value;
        let printed = match &declared.parameter.printed {
            Some(words) => words.value.clone(),
            None => format!("${name}"),
        };
        // `${name}` and `{#name}` are other spellings and stay as they are.
        let hole = format!("{{{name}}}");
        let mut from = 0;
        while let Some(found) = text.get(from..).and_then(|rest| rest.find(&hole)) {
            let at = from + found;
            if text.get(..at).is_some_and(|before| before.ends_with('$')) {
                from = at + hole.len();
            } else {
                text.replace_range(at..at + hole.len(), &printed);
                from = at + printed.len();
            }
        }
    }
    text
}
