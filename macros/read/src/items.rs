//! Where items and their clauses end, and the texts of parameters.

use proc_macro2::TokenTree;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::text::suggest;

use crate::input::Header;
use crate::place::Place;
use crate::tokens::Tokens;
use crate::word::{Role, Word};

/// Reports that the next token is not what is expected here, and which word of the grammar may have been
/// meant by it.
pub(crate) fn expected(tokens: &Tokens, what: &str, report: &mut Report<Place>) {
    let message = format!("expected {what}, found {}{}", tokens.found(), near_word(tokens));
    report.add(tokens.place(), Rule::Grammar, message);
}

/// `, did you mean ...?` when the next token is nearly a word of the grammar.
fn near_word(tokens: &Tokens) -> String {
    let word = tokens.peek_ident().map(ToString::to_string).unwrap_or_default();
    let meant = match word.to_ascii_lowercase().as_str() {
        "permit" | "grant" => Some(Word::Allow),
        "forbid" | "refuse" => Some(Word::Deny),
        "if" | "where" => Some(Word::When),
        "to" | "resource" => Some(Word::On),
        "or" => Some(Word::And),
        _ => None,
    };
    let near = match meant {
        Some(meant) => vec![meant.text()],
        None => {
            let expected = Word::ALL.into_iter().filter(|word| word.is_expected());
            suggest::nearest(&word, expected.map(Word::text))
        }
    };
    suggest::did_you_mean(&near)
}

/// Reads the `;` after an item, or says that it is missing and reads on to the next.
pub(crate) fn end_of_item(tokens: &mut Tokens, report: &mut Report<Place>) {
    if tokens.is_empty() || tokens.take_sign(';').is_some() {
        return;
    }
    tokens.expected("`;`", Rule::Grammar, report);
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
