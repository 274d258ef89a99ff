//! Findings for people: the source line with a mark, as the Rust compiler prints them.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use ram_policy_model::Level as RuleLevel;
use ram_policy_model::text::shown::{escaped, with_signs};

use super::FileReport;
use ram_policy_forms::Finding;
use ram_policy_forms::Lines;

/// Writes the findings of a file.
pub(crate) fn write(report: &FileReport, out: &mut impl Write) -> io::Result<()> {
    let renderer = Renderer::styled();
    let name = escaped(&report.name);
    let name = name.as_str();
    if let Some(unread) = &report.unread {
        let level = level_of(unread.how.level());
        let reason = escaped(&unread.reason);
        let title = level.primary_title(reason.as_str());
        let group = Group::with_title(title).element(annotate_snippets::Origin::path(name));
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    let lines = Lines::new(&report.text);
    for policy in &report.policies {
        for found in &policy.findings {
            let group = snippet(found, name, &escaped(&policy.name), report, &lines);
            writeln!(out, "{}\n", renderer.render(&[group]))?;
        }
    }
    for (position, skipped) in &report.skipped {
        let title = Level::NOTE.primary_title(format!("not checked: {}", escaped(&skipped.reason)));
        let origin =
            annotate_snippets::Origin::path(name).line(position.line).char_column(position.column);
        let group = Group::with_title(title).element(origin);
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    Ok(())
}

const fn level_of(level: RuleLevel) -> Level<'static> {
    match level {
        RuleLevel::Error => Level::ERROR,
        RuleLevel::Warning => Level::WARNING,
        RuleLevel::Note | RuleLevel::Allow => Level::NOTE,
    }
}

fn snippet<'a>(
    found: &'a Finding,
    name: &'a str,
    policy: &str,
    report: &'a FileReport,
    lines: &Lines<'_>,
) -> Group<'a> {
    let level = level_of(found.level);
    // The lines that are marked, so that a long file is not laid out for each finding.
    let text = report.text.as_str();
    let start =
        text.get(..found.at.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let after = text.get(found.at.end..).and_then(|after| after.find('\n'));
    let end = after.map_or(text.len(), |at| found.at.end + at);
    let line = |from: usize, to: usize| with_signs(text.get(from..to).unwrap_or(""));
    let before = line(start, found.at.start);
    let marked = line(found.at.start, found.at.end.max(found.at.start));
    let mark = before.len()..before.len() + marked.len();
    let source = before + &marked + &line(found.at.end.max(found.at.start), end);
    let snippet = Snippet::source(source)
        .path(name)
        .line_start(lines.position(found.at.start).line)
        .annotation(AnnotationKind::Primary.span(mark));
    let title = level.primary_title(found.message.as_str()).id(found.rule.name());
    let mut group = Group::with_title(title).element(snippet);
    let place = match (policy.is_empty(), found.path.is_empty()) {
        (true, true) => None,
        (true, false) => Some(found.path.clone()),
        (false, true) => Some(policy.to_owned()),
        (false, false) => Some(format!("{policy}: {}", found.path)),
    };
    group = group.element(Level::NOTE.with_name("RAM").message(found.rule.in_ram()));
    if let Some(place) = place {
        group = group.element(Level::NOTE.with_name("in").message(place));
    }
    group
}
