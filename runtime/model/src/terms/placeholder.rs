//! Placeholders of documentation pages: `$regionid`, `${AccountId}`, `{#regionId}`, `{region}`,
//! `<account_id>`, `%s`, masked digits (`****`), and words a template declares.

use alloc::{string::String, vec::Vec};
use core::ops::Range;

use crate::text::steps;

/// A placeholder found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands.
    pub range: Range<usize>,
    /// Its name without the signs around it; empty for `%s` and `****`.
    pub name: String,
}

/// All placeholders of a text, from left to right.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    steps::take!(1 + text.len() / 16);
    // Nearly every text has none of the signs they begin with.
    let bytes = text.as_bytes();
    if !b"$%{<".iter().any(|sign| bytes.contains(sign)) && !text.contains("****") {
        return found;
    }
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        steps::take!(1);
        // A mask hides the end of something; four stars alone are a pattern.
        let masks = !rest.starts_with('*')
            || text
                .get(..at)
                .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphanumeric()));
        let Some(length) = one(rest).filter(|_| masks) else {
            match rest.chars().next() {
                Some(character) => at += character.len_utf8(),
                None => break,
            }
            continue;
        };
        let spelt = rest.get(..length).unwrap_or("");
        let name =
            spelt.trim_matches(|c| matches!(c, '$' | '{' | '#' | '}' | '<' | '>' | '%' | '*'));
        let name = if spelt == "%s" { "" } else { name };
        found.push(Found { range: at..at + length, name: name.into() });
        at += length;
    }
    found
}

/// The length of the placeholder a text begins with.
fn one(text: &str) -> Option<usize> {
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
            let end = rest.find(close)?;
            let name = rest.get(..end)?;
            let worded = !name.is_empty()
                && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.'));
            return worded.then_some(open.len() + end + 1);
        }
    }
    let name = text.strip_prefix('$')?;
    let length =
        name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let first = name.bytes().next()?;
    (first.is_ascii_alphabetic() || first == b'_').then_some(1 + length)
}

#[cfg(test)]
mod tests {
    use alloc::{string::String, vec::Vec};

    use super::find;

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
            ("$\u{4e2d}", &[]),
        ] {
            let found: Vec<String> = find(text).into_iter().map(|found| found.name).collect();
            assert_eq!(found, names, "{text}");
        }
    }
}
