//! The peer of regular expressions: a policy as most who write an evaluator begin. Every list of
//! patterns is one expression, anchored, compiled once; condition values are compared as this crate
//! compares them.

use std::net::IpAddr;

use ram_policy_model::terms::operand::Block;
use regex::bytes::Regex;
use serde_json::Value;

use crate::asked::{Asked, Verdict};
use crate::document::{self, Statement};

/// Policies and their requests, ready to ask.
pub struct Regexes {
    statements: Vec<Compiled>,
    /// The requests, in the order they were given.
    pub requests: Vec<Asking>,
}

/// A request.
pub struct Asking {
    action: String,
    resource: &'static str,
    texts: Vec<(&'static str, &'static str)>,
    address: Option<IpAddr>,
}

struct Compiled {
    allow: bool,
    /// `None` for all.
    action: Option<Regex>,
    resource: Option<Regex>,
    conditions: Vec<Condition>,
}

enum Condition {
    Texts { key: String, values: Vec<String> },
    Addresses(Vec<Block>),
}

impl Regexes {
    /// Translates policies, which are asked together, and requests.
    ///
    /// # Panics
    ///
    /// Something in them has no translation.
    #[must_use]
    pub fn new(policies: &[Value], asked: &[Asked]) -> Self {
        let statements = policies.iter().flat_map(document::statements);
        Self {
            statements: statements.map(|statement| compile(&statement)).collect(),
            requests: asked.iter().map(request).collect(),
        }
    }

    /// What is measured and compared.
    #[must_use]
    pub fn decide(&self, request: &Asking) -> Verdict {
        let mut verdict = Verdict::ImplicitDeny;
        for statement in &self.statements {
            if statement.allow && verdict == Verdict::Allow {
                continue;
            }
            match (statement.matches(request), statement.allow) {
                (true, false) => return Verdict::ExplicitDeny,
                (true, true) => verdict = Verdict::Allow,
                (false, _) => {}
            }
        }
        verdict
    }
}

impl Compiled {
    fn matches(&self, request: &Asking) -> bool {
        let is_in = |regex: &Option<Regex>, text: &str| {
            regex.as_ref().is_none_or(|regex| regex.is_match(text.as_bytes()))
        };
        is_in(&self.action, &request.action)
            && is_in(&self.resource, request.resource)
            && self.conditions.iter().all(|condition| match condition {
                Condition::Texts { key, values } => request
                    .texts
                    .iter()
                    .any(|(name, text)| name == key && values.iter().any(|value| value == text)),
                Condition::Addresses(blocks) => request
                    .address
                    .is_some_and(|address| blocks.iter().any(|block| block.contains(address))),
            })
    }
}

fn compile(statement: &Statement) -> Compiled {
    assert!(!statement.negated, "no translation of `NotAction`");
    let conditions = statement.conditions.iter().map(|(operator, key, values)| {
        match (operator.as_str(), key.as_str()) {
            ("StringEquals", _) => Condition::Texts { key: key.clone(), values: values.clone() },
            ("IpAddress", "acs:SourceIp") => {
                let block = |value: &String| value.parse().expect("a block");
                Condition::Addresses(values.iter().map(block).collect())
            }
            _ => panic!("no translation of {operator} on {key}"),
        }
    });
    Compiled {
        allow: statement.allow,
        action: regex("(?is-u)", &statement.actions),
        resource: regex("(?s-u)", &statement.resources),
        conditions: conditions.collect(),
    }
}

/// `None` when a pattern is `*`.
fn regex(flags: &str, patterns: &[String]) -> Option<Regex> {
    if patterns.iter().any(|pattern| pattern == "*") {
        return None;
    }
    let all: Vec<String> = patterns.iter().map(|pattern| translate(pattern)).collect();
    let text = format!(r"{flags}\A(?:{})\z", all.join("|"));
    Some(Regex::new(&text).expect("the translation is an expression"))
}

/// A star in one of the first four fields does not reach into the next.
fn translate(pattern: &str) -> String {
    let mut colons = 0;
    let parts = pattern.chars().map(|character| match character {
        '*' if colons < 4 && pattern.starts_with("acs:") => "[^:]*".into(),
        '*' => ".*".into(),
        '?' => "(?u:.)".into(),
        other => {
            colons += usize::from(other == ':');
            regex::escape(other.encode_utf8(&mut [0; 4]))
        }
    });
    parts.collect()
}

fn request(asked: &Asked) -> Asking {
    Asking {
        action: asked.action.to_string(),
        resource: asked.arn,
        texts: asked.texts().collect(),
        address: asked.source_ip(),
    }
}
