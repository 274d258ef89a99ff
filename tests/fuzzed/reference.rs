//! The plainest evaluator there is, written from RAM's documents: it looks at the JSON itself, and
//! shares nothing with the library.

#![allow(clippy::string_slice, reason = "the plainest words are wanted")]

use std::net::IpAddr;

use serde_json::Value;

/// A request in words.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The action, as `ecs:StopInstance`.
    pub action: String,
    /// The resource: an ARN or `*`.
    pub resource: String,
    /// Condition keys and their values, a pair each.
    pub context: Vec<(String, String)>,
}

/// Whether something holds; `None` when a value is not what its operator compares.
type Truth = Option<bool>;

/// `Allow`, `ExplicitDeny` or `ImplicitDeny`, with the statement that decided.
#[must_use]
pub fn decide(document: &Value, asked: &Asked) -> (&'static str, Option<usize>) {
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
    if operator.contains(':') {
        // `ForAnyValue:` and `ForAllValues:`; no document says what they do.
        return None;
    }
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
    // A value that cannot be read spoils those beside it, wherever it stands.
    let any = |holds: &dyn Fn(&str) -> Truth| {
        wanted.iter().try_fold(false, |any, wanted| Some(holds(wanted)? || any))
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
            let given = address(given)?;
            any(&|wanted| in_block(wanted, given))
        }
        _ => {
            let (family, order) = match operator.strip_prefix("Numeric") {
                Some(order) => (number as fn(&str) -> Option<i128>, order),
                None => (instant as fn(&str) -> Option<i128>, operator.strip_prefix("Date")?),
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
    let code = asked.action.split(':').next().unwrap_or("").to_ascii_lowercase();
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
    let (width, first) = bits(self::address(first)?);
    let length = if block.contains('/') { plain_number(length)? } else { width };
    let length = Some(length).filter(|length| *length <= width)?;
    let (given_width, given) = bits(address);
    let behind: u32 = width - length;
    let head = |bits: u128| if behind == 128 { 0 } else { bits >> behind };
    Some(width == given_width && head(first) == head(given))
}

/// A number as it is usually written: no sign, no leading zero.
fn plain_number(text: &str) -> Option<u32> {
    let number: u32 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

/// An address; one of IPv4 that is written as one of IPv6 is none.
fn address(text: &str) -> Option<IpAddr> {
    let address: IpAddr = text.parse().ok()?;
    let is_mapped = match address {
        IpAddr::V4(_) => false,
        IpAddr::V6(address) => u128::from(address) >> 32 == 0xffff,
    };
    (!is_mapped).then_some(address)
}

/// A decimal number of at most 18 digits before and behind the point, times 10^18.
#[must_use]
pub fn number(text: &str) -> Option<i128> {
    let digits = |text: &str| {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && (1..=18).contains(&text.len())).then_some(())
    };
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    digits(whole)?;
    digits(fraction)?;
    let scaled: i128 = format!("{whole}{fraction:0<18}").parse().ok()?;
    Some(if text.starts_with('-') { -scaled } else { scaled })
}

/// The nanoseconds of `2026-11-22T09:00:00Z`, `...00.5Z` or `...+08:00` since 1970, by counting days.
#[must_use]
pub fn instant(text: &str) -> Option<i128> {
    let digits = |from: usize, to: usize| -> Option<i64> {
        let part = text.get(from..to)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
        part.parse().ok()
    };
    let is = |at: usize, sign: &str| (text.get(at..=at)? == sign).then_some(());
    let (year, month, day) = (digits(0, 4)?, digits(5, 7)?, digits(8, 10)?);
    let (hour, minute, second) = (digits(11, 13)?, digits(14, 16)?, digits(17, 19)?);
    for (at, sign) in [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")] {
        is(at, sign)?;
    }
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = |month: i64| match month {
        2 => 28 + i64::from(leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let exists = (1..=12).contains(&month) && (1..=length(month)).contains(&day);
    if !exists || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let mut behind = 19;
    let mut fraction = 0;
    if is(19, ".").is_some() {
        let count = text.get(20..)?.bytes().take_while(u8::is_ascii_digit).count();
        behind = 20 + count;
        // Nine digits are read; what is smaller than a nanosecond is left out.
        fraction = number(&format!("0.{}", text.get(20..20 + count.min(9))?))? / 1_000_000_000;
    }
    let zone = match text.get(behind..)? {
        "Z" => 0,
        zone if zone.len() == 6 => {
            let (hours, minutes) =
                (digits(behind + 1, behind + 3)?, digits(behind + 4, behind + 6)?);
            is(behind + 3, ":")?;
            if hours > 23 || minutes > 59 {
                return None;
            }
            match zone.get(..1)? {
                "+" => hours * 60 + minutes,
                "-" => -(hours * 60 + minutes),
                _ => return None,
            }
        }
        _ => return None,
    };
    let in_year = |year: i64| 365 + i64::from(leap(year));
    let years: i64 = if year < 1970 {
        -(year..1970).map(in_year).sum::<i64>()
    } else {
        (1970..year).map(in_year).sum()
    };
    let days = years + (1..month).map(length).sum::<i64>() + day - 1;
    let seconds = ((days * 24 + hour) * 60 + minute - zone) * 60 + second;
    Some(i128::from(seconds) * 1_000_000_000 + fraction)
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
