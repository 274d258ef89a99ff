//! The plainest evaluator there is, written from RAM's documents: it looks at the JSON itself, and
//! shares nothing with the library.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a panic fails the test, and the plainest words are wanted"
)]

use std::net::IpAddr;

use serde_json::Value;

/// A request in words.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) action: String,
    pub(super) resource: String,
    pub(super) context: Vec<(String, String)>,
}

/// Whether something holds; `None` when a value is not what its operator compares.
type Truth = Option<bool>;

/// `Allow`, `ExplicitDeny` or `ImplicitDeny`, with the statement that decided.
pub(super) fn decide(document: &Value, asked: &Asked) -> (&'static str, Option<usize>) {
    let statements = list(document.get("Statement"));
    for (effect, decision) in [("Deny", "ExplicitDeny"), ("Allow", "Allow")] {
        for (index, statement) in statements.iter().enumerate() {
            if statement.get("Effect").and_then(Value::as_str) != Some(effect) {
                continue;
            }
            // What cannot be known denies.
            let matches = matches(statement, asked).unwrap_or(effect == "Deny");
            if matches {
                return (decision, Some(index));
            }
        }
    }
    ("ImplicitDeny", None)
}

fn matches(statement: &Value, asked: &Asked) -> Truth {
    let action = match (statement.get("Action"), statement.get("NotAction")) {
        (Some(actions), _) => texts(actions).any(|pattern| names(pattern, &asked.action)),
        (None, Some(actions)) => !texts(actions).any(|pattern| names(pattern, &asked.action)),
        (None, None) => false,
    };
    let resource = statement
        .get("Resource")
        .is_some_and(|resources| texts(resources).any(|pattern| covers(pattern, asked)));
    if !action || !resource {
        return Some(false);
    }
    let mut all = Some(true);
    let conditions = statement.get("Condition").and_then(Value::as_object);
    for (operator, keys) in conditions.into_iter().flatten() {
        for (key, values) in keys.as_object().into_iter().flatten() {
            let wanted: Vec<&str> = texts(values).collect();
            all = and(all, holds(operator, key, &wanted, asked));
        }
    }
    all
}

fn and(left: Truth, right: Truth) -> Truth {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Values of a key are alternatives, of the policy and of the request; a negated operator is true
/// when the positive one is not.
fn holds(operator: &str, key: &str, wanted: &[&str], asked: &Asked) -> Truth {
    let positive = operator.replace("Not", "");
    let negated = positive != operator;
    let mut one_matches = Some(false);
    for (_, given) in asked.context.iter().filter(|(name, _)| name == key) {
        match (one_matches, test(&positive, given, wanted)) {
            (Some(true), _) | (_, Some(true)) => one_matches = Some(true),
            (_, None) => one_matches = None,
            _ => {}
        }
    }
    one_matches.map(|matches| matches != negated)
}

/// Whether one value of a request is one of those wanted.
fn test(operator: &str, given: &str, wanted: &[&str]) -> Truth {
    let any = |holds: &dyn Fn(&str) -> Truth| {
        wanted.iter().try_fold(false, |any, wanted| Some(any || holds(wanted)?))
    };
    match operator {
        "StringEquals" => any(&|wanted| Some(given == wanted)),
        "StringEqualsIgnoreCase" => any(&|wanted| Some(given.eq_ignore_ascii_case(wanted))),
        "StringLike" => any(&|wanted| Some(like(wanted, given))),
        "Bool" => {
            let read = |text: &str| match text.to_ascii_lowercase().as_str() {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            };
            let given = read(given)?;
            any(&|wanted| Some(read(wanted)? == given))
        }
        "IpAddress" => {
            let given: IpAddr = given.parse().ok()?;
            any(&|wanted| in_block(wanted, given))
        }
        _ => {
            let (family, order) = match operator.strip_prefix("Numeric") {
                Some(order) => (thousandths as fn(&str) -> Option<i64>, order),
                None => (seconds as fn(&str) -> Option<i64>, operator.strip_prefix("Date")?),
            };
            let given = family(given)?;
            any(&|wanted| {
                let wanted = family(wanted)?;
                Some(match order {
                    "Equals" => given == wanted,
                    "LessThan" => given < wanted,
                    "LessThanEquals" => given <= wanted,
                    "GreaterThan" => given > wanted,
                    "GreaterThanEquals" => given >= wanted,
                    _ => return None,
                })
            })
        }
    }
}

/// Actions are compared part by part, in any case.
fn names(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_ascii_lowercase(), action.to_ascii_lowercase());
    match (pattern.split_once(':'), action.split_once(':')) {
        (Some((code, name)), Some((asked_code, asked_name))) => {
            like(code, asked_code) && like(name, asked_name)
        }
        _ => pattern == "*",
    }
}

/// ARNs are compared field by field; `*` alone asks for the whole service of the action.
fn covers(pattern: &str, asked: &Asked) -> bool {
    if pattern == "*" {
        return true;
    }
    let code = asked.action.split(':').next().unwrap_or("");
    let whole = format!("acs:{code}:*:*:*");
    let resource = if asked.resource == "*" { &whole } else { &asked.resource };
    let fields = |arn: &str| -> Vec<String> { arn.splitn(5, ':').map(str::to_owned).collect() };
    let (pattern, resource) = (fields(pattern), fields(resource));
    pattern.len() == resource.len()
        && pattern.iter().zip(&resource).all(|(pattern, field)| like(pattern, field))
}

/// `*` is any run of characters, `?` is one.
fn like(pattern: &str, text: &str) -> bool {
    match pattern.chars().next() {
        None => text.is_empty(),
        Some('*') => {
            let rest = &pattern[1..];
            text.char_indices().any(|(at, _)| like(rest, &text[at..])) || like(rest, "")
        }
        Some(first) => {
            let Some(next) = text.chars().next() else { return false };
            (first == '?' || first == next)
                && like(&pattern[first.len_utf8()..], &text[next.len_utf8()..])
        }
    }
}

fn in_block(block: &str, address: IpAddr) -> Truth {
    let (first, length) = block.split_once('/').unwrap_or((block, ""));
    let bits = |address: IpAddr| match address {
        IpAddr::V4(address) => (32, u128::from(u32::from(address))),
        IpAddr::V6(address) => (128, u128::from(address)),
    };
    let (width, first) = bits(first.parse().ok()?);
    let length = if length.is_empty() { width } else { length.parse().ok()? };
    let (given_width, given) = bits(address);
    let behind: u32 = width - length;
    let head = |bits: u128| if behind == 128 { 0 } else { bits >> behind };
    Some(width == given_width && head(first) == head(given))
}

/// A decimal number of at most three digits behind the point, in thousandths.
fn thousandths(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "000"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole.strip_prefix('-').unwrap_or(whole)) || !digits(fraction) || fraction.len() > 3
    {
        return None;
    }
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    let padded = format!("{fraction:0<3}");
    Some(whole.parse::<i64>().ok()? * 1000 + sign * padded.parse::<i64>().ok()?)
}

/// The seconds of `2026-11-22T09:00:00Z` or `...+08:00` since 1970, by counting days.
fn seconds(text: &str) -> Option<i64> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let zone = match text.get(19..)? {
        "Z" => 0,
        zone if zone.len() == 6 => {
            let minutes =
                zone.get(1..3)?.parse::<i64>().ok()? * 60 + zone.get(4..6)?.parse::<i64>().ok()?;
            if zone.starts_with('-') { -minutes } else { minutes }
        }
        _ => return None,
    };
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = |month: i64| match month {
        2 => 28 + i64::from(leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let years: i64 = (1970..year).map(|year| 365 + i64::from(leap(year))).sum();
    let days = years + (1..month).map(length).sum::<i64>() + day - 1;
    Some(((days * 24 + hour) * 60 + minute - zone) * 60 + second)
}

fn list(value: Option<&Value>) -> Vec<&Value> {
    match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    }
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    list(Some(value)).into_iter().filter_map(Value::as_str)
}
