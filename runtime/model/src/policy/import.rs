//! Reads policies from JSON text: the same checker, with line, column and path for every finding.

use alloc::string::String;
use alloc::{vec, vec::Vec};

use crate::check;
use crate::check::checker::Checker;
use crate::document::{Document, lower};
use crate::policy::compile::{self, Judged};
use crate::policy::length;
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

/// Most characters of a trust policy that is read, for no document gives RAM's own limit, and of any
/// document that is read to be shortened or split.
const MAX_CHARACTERS: usize = 65_536;

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
    // What is too long is not compared with the catalogue: near names for all of it take long.
    let length = least_length(text);
    let limit = kind.max_characters().filter(|_| !checker.is_at_any_length());
    let most = limit.unwrap_or(MAX_CHARACTERS);
    if length > most {
        // What RAM would refuse for something else has no other form.
        let is_good = report.is_empty();
        let document = || Some(lower::lower(&policy).filter(|_| is_good)?.document);
        let message = length::too_long(length, most, kind, document);
        report.add(policy.at, Rule::TooLong, message);
    } else {
        check::check(&policy, kind, checker.additions(), &mut report);
    }
    let Judged { document, told: mut diagnostics } =
        compile::settle(&policy, kind, checker, report);
    order::sort_by(&mut diagnostics, |left, right| left.at.cmp(&right.at));
    let findings = locate(text, &tree, diagnostics, checker.levels());
    match document {
        Some(policy) => Ok(Imported { policy, findings }),
        None => Err(ImportError { findings }),
    }
}

/// The characters of a JSON text at least: without the blanks between its values, every escape
/// counted as the one character it stands for.
fn least_length(text: &str) -> usize {
    let mut length = 0;
    let mut in_text = false;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            ' ' | '\t' | '\n' | '\r' if !in_text => continue,
            '"' => in_text = !in_text,
            '\\' => {
                let escaped = characters.next();
                if escaped == Some('u') {
                    characters.nth(3);
                }
            }
            _ => {}
        }
        length += 1;
    }
    length
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
