//! Findings as workflow commands of GitHub Actions, which mark the lines of a pull request.

use std::io::{self, Write};

use ram_policy_model::Level;
use ram_policy_model::text::shown::escaped;

use super::FileReport;
use ram_policy_forms::Lines;

/// Writes the findings of a file.
pub(crate) fn write(report: &FileReport, out: &mut impl Write) -> io::Result<()> {
    let lines = Lines::new(&report.text);
    let file = property(&report.name);
    if let Some(unread) = &report.unread {
        let (level, reason) = (command(unread.how.level()), data(&unread.reason));
        writeln!(out, "::{level} file={file},title=not checked::{reason}")?;
    }
    for found in report.policies.iter().flat_map(|policy| &policy.findings) {
        let level = command(found.level);
        let (start, end) = (lines.position(found.at.start), lines.position(found.at.end));
        write!(out, "::{level} file={file},line={},endLine={}", start.line, end.line)?;
        // GitHub takes columns within one line only.
        if start.line == end.line {
            write!(out, ",col={},endColumn={}", start.column, end.column)?;
        }
        let message = format!("{}\nRAM {}", found.message, found.rule.in_ram());
        writeln!(out, ",title={}::{}", property(found.rule.name()), data(&message))?;
    }
    for (position, skipped) in &report.skipped {
        let (line, reason) = (position.line, data(&skipped.reason));
        writeln!(out, "::notice file={file},line={line},title=not checked::{reason}")?;
    }
    Ok(())
}

/// The command that annotates with this level.
const fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Allow => "notice",
    }
}

/// A message; line feeds would end the command, and nothing else may move the cursor of a log.
fn data(text: &str) -> String {
    let lines = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    escaped(&lines)
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
