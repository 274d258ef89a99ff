//! Reads policies from JSON text: the same checker, with line, column and path for every finding.

use alloc::string::String;
use alloc::{vec, vec::Vec};

use crate::check::checker::Checker;
use crate::document::Document;
use crate::policy::compile::{self, Judged};
use crate::report::diagnostic::{Diagnostic, Report};
use crate::report::finding::{Finding, ImportError, Imported};
use crate::report::level::Levels;
use crate::report::rule::{Level, Rule};
use crate::source::from_json;
use crate::terms::kind::PolicyKind;
use crate::text::json::{self, TextRange, Value};
use crate::text::order;
use crate::text::place::Text;
use crate::text::position::{Undecodable, decode, position};
use crate::text::shown::shown;

/// Reads a document; refuses it for any finding that is an error at the checker's levels.
///
/// # Errors
///
/// All that was found.
pub fn read_strictly(
    text: &[u8],
    kind: PolicyKind,
    checker: &Checker,
) -> Result<Imported<Document>, ImportError> {
    let imported = read_leniently(text, kind, checker)?;
    if imported.findings.iter().any(|finding| finding.level == Level::Error) {
        return Err(ImportError { findings: imported.findings });
    }
    Ok(imported)
}

/// Reads every document whose grammar RAM accepts and keeps the rest as findings.
///
/// # Errors
///
/// All that was found, when RAM would refuse the document for some of it.
pub fn read_leniently(
    text: &[u8],
    kind: PolicyKind,
    checker: &Checker,
) -> Result<Imported<Document>, ImportError> {
    let refuse = |rule: Rule, (line, column): (usize, usize), message: String| {
        let finding =
            Finding { rule, level: Level::Error, message, line, column, path: String::new() };
        Err(ImportError { findings: vec![finding] })
    };
    let text = match decode(text) {
        Ok(text) => text,
        Err(Undecodable { is_too_long, at, message }) => {
            let rule = if is_too_long { Rule::TooLong } else { Rule::Syntax };
            return refuse(rule, at, message);
        }
    };
    let mut report = Report::default();
    let value = match json::read(text) {
        Ok(value) => value,
        Err(error) => {
            return refuse(Rule::Syntax, position(text, error.at.start), shown(error.value));
        }
    };
    let tree = value.clone();
    let mut policy = from_json::read(value, &mut report);
    let vouched = |action: &String| Text::new(action.clone(), policy.at);
    policy.unlisted = checker.unlisted_actions().iter().map(vouched).collect();
    from_json::require_whole(&policy, &mut report);
    let Judged { document, told: mut diagnostics } = compile::judge(&policy, kind, checker, report);
    order::sort_by(&mut diagnostics, |left, right| left.at.cmp(&right.at));
    let findings = locate(text, &tree, diagnostics, checker.levels());
    match document {
        Some(policy) => Ok(Imported { policy, findings }),
        None => Err(ImportError { findings }),
    }
}

/// Gives every finding its line, column and path, in one walk over the text.
fn locate(
    text: &str,
    tree: &Value<TextRange>,
    sorted: Vec<Diagnostic<TextRange>>,
    levels: &Levels,
) -> Vec<Finding> {
    let (mut line, mut line_start, mut seen) = (1, 0, 0);
    let (mut column, mut counted) = (1, 0);
    sorted
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
