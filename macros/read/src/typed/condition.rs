//! Conditions: `key operator values`, joined by `and`.

use proc_macro2::{Delimiter, TokenTree};
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::syntax::{Condition, KeyCondition, Values};
use ram_policy_model::terms::layout::Shape;
use ram_policy_model::text::place::Text;
use ram_policy_model::text::suggest;

use crate::input::Header;
use crate::items::{at_clause, print_parameters};
use crate::next::Next;
use crate::place::Place;
use crate::sign::{Sign, ValueKind};
use crate::tokens::{Tokens, is_sign};
use crate::word::Word;

/// Reads what follows `when`.
pub(super) fn read(
    tokens: &mut Tokens,
    header: &Header,
    report: &mut Report<Place>,
) -> Option<Vec<Condition<Place>>> {
    let mut conditions = Vec::new();
    let mut good = true;
    loop {
        match test(tokens, header, report) {
            Some((operator, sign, key)) => add(&mut conditions, operator, sign, key, report),
            None => {
                good = false;
                skip_test(tokens);
            }
        }
        if tokens.take_word(Word::And).is_some() {
            continue;
        }
        if at_clause(tokens) {
            return (good || !conditions.is_empty()).then_some(conditions);
        }
        Next::AfterTest.report(tokens, report);
        good = false;
        skip_test(tokens);
        tokens.take_word(Word::And);
        if at_clause(tokens) {
            return (!conditions.is_empty()).then_some(conditions);
        }
    }
}

/// Reads over everything up to the next `and`, clause or end.
fn skip_test(tokens: &mut Tokens) {
    while !at_clause(tokens) && !tokens.peek_word(Word::And) {
        tokens.skip();
    }
}

/// Puts a test under its operator, in the order of first use.
fn add(
    conditions: &mut Vec<Condition<Place>>,
    operator: Text<Place>,
    sign: Option<&'static str>,
    key: KeyCondition<Place>,
    report: &mut Report<Place>,
) {
    match conditions.iter_mut().find(|condition| condition.operator.value == operator.value) {
        None => conditions.push(Condition { operator, sign, keys: vec![key] }),
        Some(condition) => {
            if condition.keys.iter().any(|other| other.key.value == key.key.value) {
                report.add(
                    key.key.at,
                    Rule::DuplicateElement,
                    format!(
                        "`{}` is compared by `{}` twice, give it one list of values",
                        key.key.value, operator.value
                    ),
                );
            }
            condition.keys.push(key);
        }
    }
}

fn test(
    tokens: &mut Tokens,
    header: &Header,
    report: &mut Report<Place>,
) -> Option<(Text<Place>, Option<&'static str>, KeyCondition<Place>)> {
    let key = key(tokens, report)?;
    let sign = sign(tokens, report)?;
    let (values, kind) = values(tokens, header, report)?;
    let spelt = match &sign {
        (Written::Sign(sign), _) => Some(sign.text()),
        (Written::Named(_), _) => None,
    };
    let operator = operator(sign, kind, report)?;
    Some((operator, spelt, KeyCondition { key, values }))
}

/// `acs::SourceIp`, `ecs::tag["owner"]`, `"acs:SourceIp"`.
pub(crate) fn key(tokens: &mut Tokens, report: &mut Report<Place>) -> Option<Text<Place>> {
    if let Some(text) = tokens.peek_text() {
        return Some(Text::new(text, tokens.skip()));
    }
    let start = tokens.place();
    let expected = |tokens: &Tokens, what: &str, report: &mut Report<Place>| {
        Next::Key.report_as(what, tokens, report);
        None
    };
    if tokens.peek_word(Word::When) && !is_sign(tokens.peek_second(), ':') {
        Next::Key.report(tokens, report);
        tokens.skip();
        return key(tokens, report);
    }
    let Some(code) = word(tokens) else {
        Next::Key.report(tokens, report);
        return None;
    };
    let head = start;
    if !tokens.take_path_sign() {
        return expected(tokens, &format!("`::` and a condition key after `{code}`"), report);
    }
    let start = tokens.place();
    let Some(name) = word(tokens) else {
        return expected(tokens, &format!("a condition key after `{code}::`"), report);
    };
    let mut value = format!("{}:{name}", code.replace('_', "-"));
    let mut at = start;
    if let Some(group) = tokens.take_group(Delimiter::Bracket) {
        let mut inside = Tokens::inside(&group);
        match inside.peek_text() {
            Some(tag) => {
                inside.skip();
                value = format!("{value}/{tag}");
                at = start.to(Place::at(group.span_close()));
            }
            None => {
                Next::Tag.report(&inside, report);
                return None;
            }
        }
        if !inside.is_empty() {
            Next::EndOfTag.report(&inside, report);
            return None;
        }
    }
    Some(Text { head, ..Text::new(value, at) })
}

fn word(tokens: &mut Tokens) -> Option<String> {
    let word = tokens.peek_ident()?.to_string();
    tokens.skip();
    Some(word.strip_prefix("r#").map_or(word.clone(), Into::into))
}

/// An operator before its values tell which of RAM's it is.
enum Written {
    /// RAM's own name.
    Named(String),
    /// A sign.
    Sign(Sign),
}

fn sign(tokens: &mut Tokens, report: &mut Report<Place>) -> Option<(Written, Place)> {
    let start = tokens.place();
    let mut text = String::new();
    let written = match tokens.peek() {
        Some(TokenTree::Punct(first)) => {
            text.push(first.as_char());
            tokens.skip();
            if tokens.take_sign('=').is_some() {
                text.push('=');
            }
            let Some(sign) = Sign::of(&text) else {
                if text == "=" && tokens.peek_sign('~') {
                    let message =
                        "`=~` is no operator, a pattern with `*` and `?` is compared by `like`";
                    report.add(start, Rule::UnknownOperator, message);
                } else if text == "=" {
                    report.add(start, Rule::Grammar, "a condition compares by `==`");
                } else if text == "." {
                    let message =
                        "`.` is no operator; a tag is in brackets, as in `ecs::tag[\"owner\"]`";
                    report.add(start, Rule::UnknownOperator, message);
                } else {
                    let first = text.trim_end_matches('=');
                    let message = format!(
                        "`{first}` is no operator, use `==`, `like`, `in` or one of RAM's names"
                    );
                    report.add(start, Rule::UnknownOperator, message);
                }
                return None;
            };
            Written::Sign(sign)
        }
        Some(TokenTree::Ident(word)) => {
            text.push_str(&word.to_string());
            tokens.skip();
            let is_negated = text == Word::Not.text();
            if is_negated && let Some(next) = tokens.peek_ident().map(ToString::to_string) {
                text = format!("{text} {next}");
                tokens.skip();
            }
            if let Some(meant) = meant_by(&text) {
                let hint = suggest::did_you_mean(&[meant.text()]);
                let message = format!("`{text}` is no operator{hint}");
                report.add(start.to(tokens.last()), Rule::UnknownOperator, message);
                return None;
            }
            match Sign::of(&text) {
                Some(sign) => Written::Sign(sign),
                None if is_negated => {
                    report.add(start, Rule::Grammar, "expected `not like` or `not in`");
                    return None;
                }
                None => {
                    // `ForAllValues:StringEquals` and the like, for the checker to refuse.
                    if !tokens.peek_path_sign()
                        && tokens.take_sign(':').is_some()
                        && let Some(rest) = tokens.peek_ident().map(ToString::to_string)
                    {
                        text = format!("{text}:{rest}");
                        tokens.skip();
                    }
                    Written::Named(text)
                }
            }
        }
        _ => {
            Next::Operator.report(tokens, report);
            return None;
        }
    };
    Some((written, start.to(tokens.last())))
}

/// The sign that is meant by a word of other languages.
fn meant_by(word: &str) -> Option<Sign> {
    match word {
        "is" | "eq" | "equals" | "equal" => Some(Sign::Equal),
        "ne" | "not equals" | "not equal" => Some(Sign::NotEqual),
        "contains" | "matches" | "glob" => Some(Sign::Like),
        "not contains" | "not matches" => Some(Sign::NotLike),
        _ => None,
    }
}

fn operator(
    (written, at): (Written, Place),
    kind: ValueKind,
    report: &mut Report<Place>,
) -> Option<Text<Place>> {
    let sign = match written {
        Written::Named(name) => return Some(Text::new(name, at)),
        Written::Sign(sign) => sign,
    };
    if let Some(operator) = sign.operator(kind) {
        return Some(Text::new(operator.name().into(), at));
    }
    let (values, way_out) = match kind {
        ValueKind::Text => ("texts", ""),
        ValueKind::Number => ("numbers", ", write a text in double quotes, as in `\"10.0.0.0/8\"`"),
        ValueKind::Boolean => ("Booleans", ", use `==`"),
    };
    let message = format!("`{}` does not compare {values}{way_out}", sign.text());
    report.add(at, Rule::OperatorType, message);
    None
}

pub(crate) fn values(
    tokens: &mut Tokens,
    header: &Header,
    report: &mut Report<Place>,
) -> Option<(Values<Place>, ValueKind)> {
    let at = tokens.place();
    let Some(group) = tokens.take_group(Delimiter::Bracket) else {
        let (value, kind) = value(tokens, header, report)?;
        return Some((Values { at, shape: Shape::One, items: vec![value] }, kind));
    };
    let mut inside = Tokens::inside(&group);
    let mut items = Vec::new();
    let mut kinds = Vec::new();
    while !inside.is_empty() {
        match value(&mut inside, header, report) {
            Some((value, kind)) => {
                items.push(value);
                kinds.push(kind);
            }
            None => {
                while !inside.is_empty() && !inside.peek_sign(',') {
                    inside.skip();
                }
            }
        }
        if !inside.is_empty() && inside.take_sign(',').is_none() {
            Next::BetweenValues.report(&inside, report);
            return None;
        }
    }
    let Some(kind) = kinds.first().copied() else {
        report.add(at, Rule::EmptyList, "the list of values is empty");
        return None;
    };
    if let Some(other) = kinds.iter().position(|other| *other != kind) {
        let at = items.get(other).map_or(at, |item| item.at);
        let message = "a list has texts, numbers or Booleans, not several kinds of values";
        report.add(at, Rule::Grammar, message);
        return None;
    }
    Some((Values { at, shape: Shape::Many, items }, kind))
}

fn value(
    tokens: &mut Tokens,
    header: &Header,
    report: &mut Report<Place>,
) -> Option<(Text<Place>, ValueKind)> {
    let start = tokens.place();
    if let Some(text) = tokens.peek_text() {
        return Some((Text::new(print_parameters(text, header), tokens.skip()), ValueKind::Text));
    }
    if let Some(word) = tokens.peek_ident().map(ToString::to_string)
        && (word == "true" || word == "false")
    {
        return Some((Text::new(word, tokens.skip()), ValueKind::Boolean));
    }
    let minus = if tokens.take_sign('-').is_some() { "-" } else { "" };
    match tokens.peek_literal().map(ToString::to_string) {
        Some(number) if number.starts_with(|first: char| first.is_ascii_digit()) => {
            tokens.skip();
            let at = start.to(tokens.last());
            Some((Text::new(format!("{minus}{number}"), at), ValueKind::Number))
        }
        _ => {
            Next::Value.report(tokens, report);
            None
        }
    }
}
