//! Reads JSON from Rust tokens; the document goes on as any other JSON does.

use proc_macro2::{Delimiter, Group, TokenTree};
use ram_policy_model::diagnostic::Report;
use ram_policy_model::document;
use ram_policy_model::json::{Kind, MAX_DEPTH, Member, Value};
use ram_policy_model::rule::Rule;
use ram_policy_model::syntax::{Policy, Text};

use crate::place::Place;
use crate::tokens::{Tokens, text_of};

/// Whether the tokens are JSON rather than the typed form.
pub(crate) fn is_json(tokens: &Tokens) -> bool {
    match tokens.peek() {
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(TokenTree::Literal(_)) => {
            matches!(tokens.peek_second(), Some(TokenTree::Punct(sign)) if sign.as_char() == ':')
        }
        _ => false,
    }
}

/// Reads a document, its members alone, or statements alone.
pub(crate) fn read(tokens: &mut Tokens, report: &mut Report<Place>) -> Policy<Place> {
    let at = tokens.place();
    if tokens.peek_literal().is_some() {
        let members = members(tokens, MAX_DEPTH, report);
        return document::read(Value { at, kind: Kind::Object(members) }, report);
    }
    let mut values = Vec::new();
    loop {
        values.push(value_or_unreadable(tokens, MAX_DEPTH, report));
        if tokens.is_empty() {
            break;
        }
        if tokens.take_sign(',').is_none() {
            expected(tokens, "`,` or the end", report);
            recover(tokens);
            tokens.take_sign(',');
        }
        if tokens.is_empty() {
            trailing_comma(tokens, report);
            break;
        }
    }
    match <[Value<Place>; 1]>::try_from(values) {
        Ok([only]) => document::read(only, report),
        Err(values) => document::statements(at, values, report),
    }
}

fn expected(tokens: &Tokens, what: &str, report: &mut Report<Place>) {
    let message = format!("expected {what}, found {}", tokens.found());
    report.add(tokens.place(), Rule::Syntax, message);
}

fn trailing_comma(tokens: &Tokens, report: &mut Report<Place>) {
    report.add(tokens.last(), Rule::Syntax, "JSON has no comma after the last value");
}

/// Reads on up to the next comma.
fn recover(tokens: &mut Tokens) {
    while !tokens.is_empty() && !tokens.peek_sign(',') {
        tokens.skip();
    }
}

fn value_or_unreadable(
    tokens: &mut Tokens,
    depth: usize,
    report: &mut Report<Place>,
) -> Value<Place> {
    let at = tokens.place();
    value(tokens, depth, report).unwrap_or_else(|| {
        recover(tokens);
        Value { at, kind: Kind::Unreadable }
    })
}

fn value(tokens: &mut Tokens, depth: usize, report: &mut Report<Place>) -> Option<Value<Place>> {
    let at = tokens.place();
    let kind = match tokens.peek().cloned() {
        Some(TokenTree::Group(group)) => return group_value(tokens, &group, depth, report),
        Some(TokenTree::Literal(literal)) => {
            tokens.skip();
            let written = literal.to_string();
            if written.starts_with('"') {
                match text_of(&literal) {
                    Some(text) => Kind::String(text),
                    None => {
                        report.add(at, Rule::Syntax, format!("{written} is not a JSON text"));
                        return None;
                    }
                }
            } else if written.starts_with(|first: char| first.is_ascii_digit()) {
                Kind::Number(written)
            } else {
                report.add(
                    at,
                    Rule::Syntax,
                    format!("{written} is not JSON, a text stands in double quotes"),
                );
                return None;
            }
        }
        Some(TokenTree::Punct(sign)) if sign.as_char() == '-' => {
            tokens.skip();
            let number = tokens.peek_literal().map(ToString::to_string);
            tokens.skip();
            Kind::Number(format!("-{}", number.unwrap_or_default()))
        }
        Some(TokenTree::Ident(word)) => {
            tokens.skip();
            match word.to_string().as_str() {
                "true" => Kind::Boolean(true),
                "false" => Kind::Boolean(false),
                "null" => Kind::Null,
                other => {
                    report.add(
                        at,
                        Rule::Syntax,
                        format!("`{other}` is not JSON, a text stands in double quotes"),
                    );
                    return None;
                }
            }
        }
        _ => {
            expected(tokens, "a JSON value", report);
            return None;
        }
    };
    Some(Value { at, kind })
}

fn group_value(
    tokens: &mut Tokens,
    group: &Group,
    depth: usize,
    report: &mut Report<Place>,
) -> Option<Value<Place>> {
    let at = tokens.skip();
    let Some(depth) = depth.checked_sub(1) else {
        report.add(at, Rule::Syntax, "nested too deeply");
        return None;
    };
    let mut inside = Tokens::inside(group);
    let kind = match group.delimiter() {
        Delimiter::Brace => Kind::Object(members(&mut inside, depth, report)),
        Delimiter::Bracket => Kind::Array(array(&mut inside, depth, report)),
        // What another macro passed on as one piece.
        Delimiter::None => return value(&mut inside, depth, report),
        Delimiter::Parenthesis => {
            report.add(at, Rule::Syntax, "JSON has no parentheses");
            return None;
        }
    };
    Some(Value { at, kind })
}

fn array(tokens: &mut Tokens, depth: usize, report: &mut Report<Place>) -> Vec<Value<Place>> {
    let mut values = Vec::new();
    if tokens.is_empty() {
        return values;
    }
    loop {
        values.push(value_or_unreadable(tokens, depth, report));
        if tokens.is_empty() {
            return values;
        }
        if tokens.take_sign(',').is_none() {
            expected(tokens, "`,` or `]`", report);
            recover(tokens);
            tokens.take_sign(',');
        }
        if tokens.is_empty() {
            trailing_comma(tokens, report);
            return values;
        }
    }
}

fn members(tokens: &mut Tokens, depth: usize, report: &mut Report<Place>) -> Vec<Member<Place>> {
    let mut members = Vec::new();
    if tokens.is_empty() {
        return members;
    }
    loop {
        match tokens.peek_text() {
            Some(name) => {
                let at = tokens.skip();
                let name = Text::new(name, at);
                if tokens.take_sign(':').is_none() {
                    expected(tokens, "`:` after the member name", report);
                    recover(tokens);
                } else {
                    members
                        .push(Member { name, value: value_or_unreadable(tokens, depth, report) });
                }
            }
            None => {
                expected(tokens, "a member name in double quotes", report);
                recover(tokens);
            }
        }
        if tokens.is_empty() {
            return members;
        }
        if tokens.take_sign(',').is_none() {
            expected(tokens, "`,` or `}`", report);
            recover(tokens);
            tokens.take_sign(',');
        }
        if tokens.is_empty() {
            trailing_comma(tokens, report);
            return members;
        }
    }
}
