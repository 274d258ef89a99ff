//! Reads JSON from Rust tokens; the document goes on as any other JSON does.

use proc_macro2::{Delimiter, Group, TokenTree};
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::from_json;
use ram_policy_model::source::syntax::Policy;
use ram_policy_model::text::json::{Kind, MAX_DEPTH, Member, Value};
use ram_policy_model::text::place::Text;

use crate::place::Place;
use crate::tokens::{Tokens, text_of};

/// Whether the tokens are JSON rather than the typed form.
#[must_use]
pub fn is_json(tokens: &Tokens) -> bool {
    match tokens.peek() {
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(TokenTree::Literal(_)) => {
            matches!(tokens.peek_second(), Some(TokenTree::Punct(sign)) if sign.as_char() == ':')
        }
        _ => false,
    }
}

/// Reads a document, its members alone, or statements alone.
#[must_use]
pub fn read(tokens: &mut Tokens, report: &mut Report<Place>) -> Policy<Place> {
    let at = tokens.place();
    if tokens.peek_literal().is_some() {
        let members = members(tokens, MAX_DEPTH, report);
        return from_json::read(Value { at, kind: Kind::Object(members) }, report);
    }
    let values = values(tokens, "`,` or the end", MAX_DEPTH, report);
    match <[Value<Place>; 1]>::try_from(values) {
        Ok([only]) => from_json::read(only, report),
        Err(values) => from_json::statements(at, values, report),
    }
}

fn expected(tokens: &Tokens, what: &str, report: &mut Report<Place>) {
    tokens.expected(what, Rule::Syntax, report);
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
                    format!("{written} is not JSON, a text is in double quotes"),
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
                        format!("`{other}` is not JSON, a text is in double quotes"),
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
        Delimiter::Bracket => Kind::Array(values(&mut inside, "`,` or `]`", depth, report)),
        Delimiter::Parenthesis | Delimiter::None => {
            report.add(at, Rule::Syntax, "JSON has no parentheses");
            return None;
        }
    };
    Some(Value { at, kind })
}

/// Reads values with commas between them.
fn values(
    tokens: &mut Tokens,
    or_end: &str,
    depth: usize,
    report: &mut Report<Place>,
) -> Vec<Value<Place>> {
    let mut values = Vec::new();
    while !tokens.is_empty() {
        values.push(value_or_unreadable(tokens, depth, report));
        if tokens.is_empty() {
            break;
        }
        if tokens.take_sign(',').is_some() {
            if tokens.is_empty() {
                report.add(tokens.last(), Rule::Syntax, "JSON has no comma after the last value");
            }
            continue;
        }
        expected(tokens, or_end, report);
        // Where a value follows, only the comma is missing.
        if tokens.peek_literal().is_none() && !matches!(tokens.peek(), Some(TokenTree::Group(_))) {
            recover(tokens);
            tokens.take_sign(',');
        }
    }
    values
}

fn members(tokens: &mut Tokens, depth: usize, report: &mut Report<Place>) -> Vec<Member<Place>> {
    let mut members = Vec::new();
    while !tokens.is_empty() {
        match name(tokens, report) {
            Some(name) => {
                let at = tokens.place();
                let value = if tokens.take_sign(':').is_some() {
                    value_or_unreadable(tokens, depth, report)
                } else {
                    expected(tokens, "`:` after the member name", report);
                    recover(tokens);
                    Value { at, kind: Kind::Unreadable }
                };
                members.push(Member { name, value });
            }
            None => recover(tokens),
        }
        if tokens.is_empty() {
            break;
        }
        if tokens.take_sign(',').is_some() {
            if tokens.is_empty() {
                report.add(tokens.last(), Rule::Syntax, "JSON has no comma after the last member");
            }
            continue;
        }
        expected(tokens, "`,` or `}`", report);
        // Where a member follows, only the comma is missing.
        if tokens.peek_text().is_none() {
            recover(tokens);
            tokens.take_sign(',');
        }
    }
    members
}

/// A member's name; one without quotes is reported and read all the same.
fn name(tokens: &mut Tokens, report: &mut Report<Place>) -> Option<Text<Place>> {
    if let Some(name) = tokens.peek_text() {
        return Some(Text::new(name, tokens.skip()));
    }
    expected(tokens, "a member name in double quotes", report);
    let name = tokens.peek_ident()?.to_string();
    Some(Text::new(name, tokens.skip()))
}
