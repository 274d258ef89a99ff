//! Line, column and path of what is found in a JSON text.

use alloc::string::String;
use alloc::{vec, vec::Vec};

use crate::report::diagnostic::Diagnostic;
use crate::report::finding::{Finding, ImportError};
use crate::report::level::Levels;
use crate::report::rule::{Level, Rule};
use crate::text::json::{self, TextRange, Value};
use crate::text::order;
use crate::text::place::Text;
use crate::text::position::{Undecodable, decode, position};
use crate::text::shown::shown;

/// The text of bytes that are read at all.
pub(super) fn decoded(text: &[u8]) -> Result<&str, ImportError> {
    decode(text).map_err(|Undecodable { is_too_long, at, message }| {
        refused(if is_too_long { Rule::TooLong } else { Rule::Syntax }, at, message)
    })
}

/// Why a text is no JSON.
pub(super) fn not_json(text: &str, error: Text<TextRange>) -> ImportError {
    refused(Rule::Syntax, position(text, error.at.start), shown(error.value))
}

fn refused(rule: Rule, (line, column): (usize, usize), message: String) -> ImportError {
    let path = String::new();
    ImportError {
        findings: vec![Finding { rule, level: Level::Error, message, line, column, path }],
    }
}

/// Gives every finding its line, column and path, in one walk over the text.
pub(super) fn in_text(
    text: &str,
    tree: &Value<TextRange>,
    mut findings: Vec<Diagnostic<TextRange>>,
    levels: &Levels,
) -> Vec<Finding> {
    order::sort_by(&mut findings, |left, right| left.at.cmp(&right.at));
    let (mut line, mut line_start, mut seen) = (1, 0, 0);
    let (mut column, mut counted) = (1, 0);
    findings
        .into_iter()
        .map(|diagnostic| {
            let at = diagnostic.at.start.min(text.len());
            let passed = text.get(seen..at).unwrap_or("");
            if let Some(end) = passed.rfind('\n') {
                line += passed.matches('\n').count();
                line_start = seen + end + 1;
                (column, counted) = (1, line_start);
            }
            column += text.get(counted..at).unwrap_or("").chars().count();
            (counted, seen) = (at.max(line_start), at.max(seen));
            let path = json::path(tree, diagnostic.at);
            let Diagnostic { rule, message, .. } = diagnostic;
            Finding { rule, level: levels.level(rule), message, line, column, path }
        })
        .collect()
}
