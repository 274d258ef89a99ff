//! Findings for people: the source line with a mark, as the Rust compiler prints them.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use ram_policy_model::Level as RuleLevel;
use ram_policy_model::text::shown::escaped;

use super::FileReport;
use super::excerpt::Excerpt;
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
        let group = Group::with_title(title).element(Origin::path(name));
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    let lines = Lines::new(&report.text);
    for policy in &report.policies {
        for found in policy.findings.iter().take(MOST_TOLD) {
            let group = snippet(found, name, &escaped(&policy.name), report, &lines);
            writeln!(out, "{}\n", renderer.render(&[group]))?;
        }
        if let Some(more) = policy.findings.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
            let title =
                Level::NOTE.primary_title(format!("and {more} more, which --format json has"));
            let origin = Origin::path(name);
            writeln!(out, "{}\n", renderer.render(&[Group::with_title(title).element(origin)]))?;
        }
    }
    for (position, skipped) in &report.skipped {
        let title = Level::NOTE.primary_title(format!("not checked: {}", escaped(&skipped.reason)));
        let origin = Origin::path(name).line(position.line).char_column(position.column);
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
    let Excerpt { source, mark, is_cut } = Excerpt::of(&report.text, found.at.start, found.at.end);
    let position = lines.position(found.at.start);
    let snippet = Snippet::source(source)
        .line_start(position.line)
        .annotation(AnnotationKind::Primary.span(mark));
    let title = level.primary_title(found.message.as_str()).id(found.rule.name());
    let mut group = Group::with_title(title);
    group = if is_cut {
        // The column is not that of what is shown.
        let origin = Origin::path(name).line(position.line).char_column(position.column);
        group.element(origin).element(snippet)
    } else {
        group.element(snippet.path(name))
    };
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

/// Most findings of a policy that are reported one by one.
const MOST_TOLD: usize = 1000;
