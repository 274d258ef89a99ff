//! Texts with placeholders, part by part: the ARN templates of the catalogue
//! (`acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}`), and what documents print in other
//! spellings: `$regionid`, `${AccountId}`, `{region}`, `<account_id>`, `%s`, masked digits (`****`).

use alloc::string::String;
use core::ops::Range;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'t> {
    /// What stands for itself.
    Literal(&'t str),
    /// What something else is to be written for.
    Placeholder(Placeholder<'t>),
}

/// A placeholder of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder<'t> {
    /// Where it is.
    pub range: Range<usize>,
    /// As written.
    pub spelt: &'t str,
    /// Its name without the signs around it; empty for `%s` and `****`.
    pub name: &'t str,
}

impl Placeholder<'_> {
    /// Whether it is spelt as in the templates of the catalogue.
    #[must_use]
    pub fn is_of_catalogue(&self) -> bool {
        self.spelt.starts_with("{#")
    }
}

/// The parts of a text, from left to right; no literal is empty or followed by another.
pub fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut at = 0;
    // Behind a literal, where the placeholder is that ended it.
    let mut next: Option<Range<usize>> = None;
    core::iter::from_fn(move || {
        let found = next.take().or_else(|| first(text, at));
        let end = found.as_ref().map_or(text.len(), |range| range.start);
        let literal = text.get(at..end).unwrap_or("");
        if !literal.is_empty() {
            (at, next) = (end, found);
            return Some(Part::Literal(literal));
        }
        let range = found?;
        at = range.end;
        let spelt = text.get(range.clone()).unwrap_or("");
        let name = if spelt == "%s" {
            ""
        } else {
            spelt.trim_matches(|c| matches!(c, '$' | '{' | '#' | '}' | '<' | '>' | '%' | '*'))
        };
        Some(Part::Placeholder(Placeholder { range, spelt, name }))
    })
}

/// The placeholders of a text, from left to right.
pub fn placeholders(text: &str) -> impl Iterator<Item = Placeholder<'_>> {
    parts(text).filter_map(|part| match part {
        Part::Literal(_) => None,
        Part::Placeholder(placeholder) => Some(placeholder),
    })
}

/// A text with something in the place of each placeholder.
pub fn filled<'f>(text: &'f str, mut with: impl FnMut(&Placeholder<'f>) -> &'f str) -> String {
    let mut filled = String::with_capacity(text.len());
    for part in parts(text) {
        filled.push_str(match part {
            Part::Literal(literal) => literal,
            Part::Placeholder(placeholder) => with(&placeholder),
        });
    }
    filled
}

/// A text with a star in the place of each placeholder, which may be anything, `/` included.
#[must_use]
pub fn with_stars(text: &str) -> String {
    filled(text, |_| "*")
}

/// Where the first placeholder is from `start` on.
fn first(text: &str, start: usize) -> Option<Range<usize>> {
    let mut at = start;
    // By bytes: macros run unoptimised.
    while let Some(byte) = text.as_bytes().get(at) {
        if matches!(byte, b'$' | b'%' | b'{' | b'<' | b'*') {
            let (before, rest) = text.split_at_checked(at)?;
            // A mask hides the end of something; four stars alone are a pattern.
            let masks = *byte != b'*' || before.ends_with(|c: char| c.is_ascii_alphanumeric());
            if let Some(length) = length(rest).filter(|_| masks) {
                return Some(at..at + length);
            }
        }
        at += 1;
    }
    None
}

/// The length of the placeholder a text begins with.
fn length(text: &str) -> Option<usize> {
    if text.starts_with("%s") {
        return Some(2);
    }
    if text.starts_with("****") {
        return Some(text.bytes().take_while(|byte| *byte == b'*').count());
    }
    // RAM has no variables, so nothing that begins like one is text (RAM: Policy elements).
    if let Some(rest) = text.strip_prefix("${") {
        return Some(rest.find('}').map_or(text.len(), |end| "${".len() + end + 1));
    }
    for (open, close) in [("{#", '}'), ("{", '}'), ("<", '>')] {
        if let Some(rest) = text.strip_prefix(open) {
            let end = end_of_name(rest);
            let is_closed = end > 0 && rest.get(end..)?.starts_with(close);
            return is_closed.then_some(open.len() + end + 1);
        }
    }
    let name = text.strip_prefix('$')?;
    let length =
        name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let first = name.bytes().next()?;
    (first.is_ascii_alphabetic() || first == b'_').then_some(1 + length)
}

/// The length of the name that a text begins with.
fn end_of_name(text: &str) -> usize {
    let mut end = 0;
    while let Some(byte) = text.as_bytes().get(end) {
        let is_of_name = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b' ' | b'.');
        let other = || text.get(end..)?.chars().next().filter(|c| c.is_alphanumeric());
        end += match is_of_name {
            true => 1,
            false if byte.is_ascii() => break,
            false => match other() {
                Some(letter) => letter.len_utf8(),
                None => break,
            },
        };
    }
    end
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::vec::Vec;

    use super::{Part, parts, placeholders, with_stars};

    #[test]
    fn finds_every_spelling() {
        for (text, names) in [
            (
                "acs:apigateway:$regionid:$accountid:apigroup/$groupId",
                &["regionid", "accountid", "groupId"][..],
            ),
            (
                "acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}",
                &["regionId", "accountId", "instanceId"],
            ),
            ("acs:ram:*:${AccountId}:user/${UserName}", &["AccountId", "UserName"]),
            ("acs:fc:{region}:{uid}:services/x", &["region", "uid"]),
            ("acs:ram::<account_id>:role/x", &["account_id"]),
            ("acs:ram::123456789012****:role/x", &[""]),
            ("project/%s", &[""]),
            ("acs:ecs:*:*:instance/*", &[]),
            ("acs:oss:*:*:b/****", &[]),
            ("vpc-bp******", &[""]),
            ("10.0.0.0/8", &[]),
            ("5$", &[]),
            ("$5", &[]),
            ("{}", &[]),
            ("${aws:username}", &["aws:username"]),
            ("home/${}/x", &[""]),
            ("home/${user", &["user"]),
            ("a < b", &[]),
            ("{", &[]),
            ("{{a}", &["a"]),
            ("{#a", &[]),
            ("{#}", &[]),
            ("{a b}<c.d>", &["a b", "c.d"]),
            ("$\u{4e2d}", &[]),
            ("\u{4e2d}<\u{4e2d}>", &["\u{4e2d}"]),
        ] {
            let found: Vec<&str> = placeholders(text).map(|found| found.name).collect();
            assert_eq!(found, names, "{text}");
        }
    }

    #[test]
    fn the_parts_make_the_text() {
        for text in [
            "",
            "acs:ecs:*:*:*",
            "{#a}",
            "{#a}{#b}",
            "acs:mq:*:*:{#instance}%{#group}",
            "x/{#a}/\u{4e2d}/$b****",
            "%%s%",
            "{${<",
        ] {
            let mut whole = String::new();
            for part in parts(text) {
                let start = whole.len();
                match part {
                    Part::Literal(literal) => {
                        assert!(!literal.is_empty(), "{text}");
                        whole.push_str(literal);
                    }
                    Part::Placeholder(found) => {
                        whole.push_str(found.spelt);
                        assert_eq!(found.range, start..whole.len(), "{text}");
                    }
                }
            }
            assert_eq!(whole, text);
        }
    }

    #[test]
    fn a_star_stands_for_a_placeholder() {
        for (text, expected) in [
            ("acs:ecs:{#regionId}:{#accountId}:instance/*", "acs:ecs:*:*:instance/*"),
            ("acs:mq:*:*:{#instance}%{#group}", "acs:mq:*:*:*%*"),
            ("a/{#b", "a/{#b"),
        ] {
            assert_eq!(with_stars(text), expected);
        }
    }
}
