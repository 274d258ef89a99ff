//! Findings as SARIF 2.1.0, which code hosts show beside the code.

use ram_policy_model::report::rule::Rule;
use ram_policy_model::{Level, Strictness};
use serde::Serialize;
use serde_json::{Value, json};

use super::FileReport;
use ram_policy_forms::Finding;
use ram_policy_forms::Lines;

/// The report of files.
pub(crate) fn of(reports: &[FileReport]) -> impl Serialize {
    let results: Vec<Value> = reports.iter().flat_map(results).collect();
    let rules: Vec<Value> = Rule::ALL.iter().map(|rule| self::rule(*rule)).collect();
    let notifications: Vec<Value> = reports.iter().flat_map(notifications).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "ram-policy",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                }
            },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    })
}

fn rule(rule: Rule) -> Value {
    json!({
        "id": rule.name(),
        "shortDescription": { "text": format!("RAM {}.", rule.in_ram()) },
        "defaultConfiguration": { "level": level(rule.level(Strictness::Audit)) },
    })
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
        Level::Allow => "none",
    }
}

fn results(report: &FileReport) -> Vec<Value> {
    let lines = Lines::new(&report.text);
    let found = report.policies.iter().flat_map(|policy| &policy.findings);
    found.map(|found| result(found, &report.name, &lines)).collect()
}

fn result(found: &Finding, file: &str, lines: &Lines<'_>) -> Value {
    let (start, end) = (lines.position(found.at.start), lines.position(found.at.end));
    let index = Rule::ALL.iter().position(|rule| *rule == found.rule);
    json!({
        "ruleId": found.rule.name(),
        "ruleIndex": index,
        "level": level(found.level),
        "message": { "text": format!("{} (RAM {})", found.message, found.rule.in_ram()) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(file) },
                "region": {
                    "startLine": start.line,
                    "startColumn": start.column,
                    "endLine": end.line,
                    "endColumn": end.column,
                },
            },
            "logicalLocations": [{ "fullyQualifiedName": found.path }],
        }],
    })
}

/// What was not checked.
fn notifications(report: &FileReport) -> Vec<Value> {
    let uri = uri(&report.name);
    let of = |level: &str, text: &str, line: usize| {
        json!({
            "level": level,
            "message": { "text": format!("not checked: {text}") },
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": { "uri": uri },
                    "region": { "startLine": line },
                },
            }],
        })
    };
    let unreadable =
        report.unread.iter().map(|unread| of(unread.how.level().name(), &unread.reason, 1));
    let skipped = report.skipped.iter().map(|(at, skipped)| of("note", &skipped.reason, at.line));
    unreadable.chain(skipped).collect()
}

/// A path as a relative reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.trim_start_matches("./").bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            b'\\' if cfg!(windows) => uri.push('/'),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
