//! Findings for programs; the schema is in the README of the command line.

use serde::Serialize;

use super::{FileReport, Summary};
use ram_policy_forms::{Finding as Found, Lines, Position};

/// The whole report.
#[derive(Serialize)]
pub(crate) struct Report<'r> {
    files: Vec<File<'r>>,
    summary: &'r Summary,
}

#[derive(Serialize)]
struct File<'r> {
    file: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unreadable: Option<&'r str>,
    policies: Vec<Policy<'r>>,
    skipped: Vec<Skipped<'r>>,
}

#[derive(Serialize)]
struct Policy<'r> {
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'r str,
    kind: &'static str,
    start: Position,
    findings: Vec<Finding<'r>>,
}

/// One finding; the same in every command.
#[derive(Serialize)]
pub(crate) struct Finding<'r> {
    rule: &'static str,
    level: &'static str,
    message: &'r str,
    ram: &'static str,
    path: &'r str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Skipped<'r> {
    reason: &'r str,
    start: Position,
}

/// The report of files.
pub(crate) fn of<'r>(reports: &'r [FileReport], summary: &'r Summary) -> Report<'r> {
    Report { files: reports.iter().map(file).collect(), summary }
}

fn file(report: &FileReport) -> File<'_> {
    let lines = Lines::new(&report.text);
    let policies = report.policies.iter().map(|policy| Policy {
        name: &policy.name,
        kind: policy.kind.rules().word,
        start: lines.position(policy.at.start),
        findings: policy.findings.iter().map(|found| finding(found, &lines)).collect(),
    });
    let skipped = report
        .skipped
        .iter()
        .map(|(start, skipped)| Skipped { reason: &skipped.reason, start: *start });
    File {
        file: &report.name,
        unreadable: report.unread.as_ref().map(|unread| unread.reason.as_str()),
        policies: policies.collect(),
        skipped: skipped.collect(),
    }
}

/// A finding with its places.
pub(crate) fn finding<'r>(found: &'r Found, lines: &Lines<'_>) -> Finding<'r> {
    Finding {
        rule: found.rule.name(),
        level: found.level.name(),
        message: &found.message,
        ram: found.rule.in_ram(),
        path: &found.path,
        start: lines.position(found.at.start),
        end: lines.position(found.at.end),
    }
}
