//! Reads the typed form; its grammar stands in the documentation of `policy!`.
//!
//! One file a node. A mistake is reported and reading goes on behind it, so that one compile shows
//! all of them.

pub(crate) mod action;
pub(crate) mod condition;
mod principal;
mod resource;
pub(crate) mod statement;

use proc_macro2::TokenTree;
use ram_policy_model::document::Layout;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::syntax::Policy;
use ram_policy_model::text::suggest;

use crate::claim::{self, Claim};
use crate::input::Header;
use crate::place::Place;
use crate::tokens::Tokens;

/// Reads items up to the end; claims go with those that were read before.
pub(crate) fn read(
    tokens: &mut Tokens,
    header: &Header,
    claims: &mut Vec<Claim>,
    report: &mut Report<Place>,
) -> Policy<Place> {
    let mut policy = Policy {
        at: tokens.place(),
        layout: Layout::VersionFirst,
        parameters: Vec::new(),
        unlisted: Vec::new(),
        statements: Vec::new(),
        broken: false,
    };
    let mut version: Option<Place> = None;
    while !tokens.is_empty() {
        if tokens.take_sign(';').is_some() {
            continue;
        }
        // Asked for once: every comparison of a name is a call into the compiler.
        let word = tokens.peek_ident().map(ToString::to_string).unwrap_or_default();
        if claim::is_word(&word) {
            claims.extend(claim::read(tokens, header, report));
            continue;
        }
        // Nothing may follow a version that stands behind a statement.
        if let Some(version) = version
            && policy.layout == Layout::VersionLast
        {
            report.add(
                version,
                Rule::Grammar,
                "`version` stands before the first statement or after the last",
            );
            policy.layout = Layout::VersionFirst;
        }
        if word == "version" {
            let at = tokens.skip();
            if version.replace(at).is_some() {
                report.add(at, Rule::DuplicateElement, "`version` stands twice");
            }
            if !policy.statements.is_empty() {
                policy.layout = Layout::VersionLast;
            }
            read_version(tokens, report);
        } else if word == "statements" {
            let at = tokens.skip();
            if tokens.take_word("only").is_none() {
                report.add(at, Rule::Grammar, "expected `statements only;`");
            }
            policy.layout = Layout::StatementsOnly;
            end_of_item(tokens, report);
        } else {
            let statement = statement::read(tokens, header, &mut policy.unlisted, report);
            policy.statements.push(statement);
        }
    }
    if let Some(version) = version
        && policy.layout == Layout::StatementsOnly
    {
        report.add(version, Rule::Grammar, "`statements only` prints no `version`");
    }
    policy
}

fn read_version(tokens: &mut Tokens, report: &mut Report<Place>) {
    let at = tokens.place();
    match tokens.peek_text() {
        Some(text) if text == "1" => {
            tokens.skip();
        }
        Some(text) => {
            tokens.skip();
            report.add(
                at,
                Rule::WrongVersion,
                format!("the version is `{text}`, the only version is `\"1\"`"),
            );
        }
        None => {
            let message = format!("expected `\"1\"`, found {}", tokens.found());
            report.add(at, Rule::WrongVersion, message);
            skip_item(tokens);
            return;
        }
    }
    end_of_item(tokens, report);
}

/// Reads the `;` after an item, or says that it is missing and reads on to the next.
pub(crate) fn end_of_item(tokens: &mut Tokens, report: &mut Report<Place>) {
    if tokens.is_empty() || tokens.take_sign(';').is_some() {
        return;
    }
    report.add(tokens.place(), Rule::Grammar, format!("expected `;`, found {}", tokens.found()));
    skip_item(tokens);
}

/// Reads over everything up to and including the next `;`.
pub(crate) fn skip_item(tokens: &mut Tokens) {
    while !tokens.is_empty() && tokens.take_sign(';').is_none() {
        tokens.skip();
    }
}

/// Whether the next token begins a clause or ends the statement.
fn at_clause(tokens: &Tokens) -> bool {
    match tokens.peek() {
        None => true,
        Some(TokenTree::Punct(sign)) => sign.as_char() == ';',
        // Asked for once: every comparison of a name is a call into the compiler.
        Some(TokenTree::Ident(word)) => {
            matches!(word.to_string().as_str(), "allow" | "deny" | "do" | "on" | "by" | "when")
        }
        Some(_) => false,
    }
}

/// `, did you mean ...?` when the next token is nearly a word of the grammar.
fn near_word(tokens: &Tokens) -> String {
    let word = tokens.peek_ident().map(ToString::to_string).unwrap_or_default();
    let near = match word.to_ascii_lowercase().as_str() {
        "permit" | "grant" => vec!["allow"],
        "forbid" | "refuse" => vec!["deny"],
        "if" | "where" => vec!["when"],
        "to" | "resource" => vec!["on"],
        "or" => vec!["and"],
        _ => suggest::nearest(
            &word,
            ["allow", "deny", "do", "on", "by", "when", "and", "version", "statements"]
                .into_iter()
                .chain(["allows", "denies", "never", "within", "with"]),
        ),
    };
    suggest::did_you_mean(&near)
}

/// Reads over everything up to the next comma, clause or end.
fn skip_entry(tokens: &mut Tokens) {
    while !at_clause(tokens) && !tokens.peek_sign(',') {
        tokens.skip();
    }
}

/// Puts declared parameters into a text as the page prints them.
fn print_parameters(text: String, header: &Header) -> String {
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
