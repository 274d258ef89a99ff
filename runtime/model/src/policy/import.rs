//! Reads policies from JSON text: the same checker, with line, column and path for every finding.

use alloc::string::{String, ToString};
use alloc::{format, vec, vec::Vec};
use core::fmt;

use crate::check::checker::Checker;
use crate::document::{Document, PolicyKind};
use crate::policy::compile::{self, Judged};
use crate::report::diagnostic::{Diagnostic, Report, shown};
use crate::report::level::{Level, Levels};
use crate::report::rule::{Rule, Severity};
use crate::source::from_json;
use crate::source::syntax::Text;
use crate::text::json::{self, Kind, Member, TextRange, Value};
use crate::text::{order, steps};

/// Longest text that is read at all, in bytes; RAM's documents have a few thousand characters.
const MAX_BYTES: usize = 1 << 20;

/// Something about a document, with its place.
///
/// ```
/// use ram_policy::{Level, Policy, Severity};
///
/// let found = Policy::from_json(
///     r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "ecs:RunInstance", "Resource": "*"}]}"#,
/// );
/// let findings = found.err().map(|error| error.into_findings()).unwrap_or_default();
/// let [finding] = findings.as_slice() else { panic!("one finding") };
/// assert_eq!(finding.rule(), "unknown_action");
/// assert_eq!(finding.level(), Level::Error);
/// assert_eq!(finding.severity(), Severity::Warning); // RAM takes it
/// assert_eq!((finding.line(), finding.column()), (1, 62));
/// assert_eq!(finding.path(), "Statement[0].Action");
/// assert_eq!(finding.message(), "unknown action `ecs:RunInstance`, did you mean `ecs:RunInstances`?");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    rule: Rule,
    level: Level,
    message: String,
    line: usize,
    column: usize,
    path: String,
}

impl Finding {
    /// The stable name of the rule, as `unknown_action`.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        self.rule.name()
    }

    /// How loudly it is told.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// What RAM does about it.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.rule.severity()
    }

    /// One sentence: what is wrong and what was meant.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What RAM does about it, in the words after "RAM".
    #[must_use]
    pub const fn in_ram(&self) -> &'static str {
        self.rule.in_ram()
    }

    /// Line of the text, from 1.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }

    /// Column of the line in characters, from 1.
    #[must_use]
    pub const fn column(&self) -> usize {
        self.column
    }

    /// Path in the document, as `Statement[2].Condition.StringEquals`; empty for the whole of it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// `3:17: error: unknown action ... (Statement[0].Action) [unknown_action]`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column, level) = (self.line, self.column, self.level.name());
        write!(f, "{line}:{column}: {level}: {}", self.message)?;
        if !self.path.is_empty() {
            write!(f, " ({})", self.path)?;
        }
        write!(f, " [{}]", self.rule())
    }
}

/// Why a document was refused: everything that was found in it.
///
/// ```
/// use ram_policy::Policy;
///
/// let error = Policy::from_json("[]").unwrap_err();
/// assert_eq!(error.to_string(), "1:1: error: a policy is an object, not a list [wrong_type]");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    findings: Vec<Finding>,
}

impl ImportError {
    /// What was found, in the order of the text; at least one.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What was found, in the order of the text; at least one.
    #[must_use]
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

/// One finding a line.
impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.findings.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{finding}")?;
        }
        Ok(())
    }
}

impl core::error::Error for ImportError {}

/// A policy that was read leniently, with what was found in it.
///
/// ```
/// use ram_policy::Policy;
///
/// let imported = Policy::from_json_lenient(
///     r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "ecs:RunInstance", "Resource": "*"}]}"#,
/// )?;
/// assert_eq!(imported.findings.len(), 1);
/// assert!(imported.policy.to_json().contains("ecs:RunInstance"));
/// # Ok::<(), ram_policy::ImportError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Imported<T> {
    /// The policy, as written.
    pub policy: T,
    /// What was found, in the order of the text.
    pub findings: Vec<Finding>,
}

impl<T> Imported<T> {
    /// The same findings with another form of the policy.
    #[must_use]
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Imported<U> {
        Imported { policy: form(self.policy), findings: self.findings }
    }
}

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
        Err((rule, at, message)) => return refuse(rule, at, message),
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

/// A text that is neither of other bytes than UTF-8's nor far too long.
///
/// # Errors
///
/// The rule that is broken, line and column, and a sentence.
pub(crate) fn decode(text: &[u8]) -> Result<&str, (Rule, (usize, usize), String)> {
    let decoded = core::str::from_utf8(text).map_err(|error| {
        let good = text.get(..error.valid_up_to()).unwrap_or(&[]);
        let before = String::from_utf8_lossy(good);
        (Rule::Syntax, position(&before, before.len()), "the text is not UTF-8".into())
    })?;
    if text.len() > MAX_BYTES {
        let message = format!("the text has {} bytes, at most {MAX_BYTES} are read", text.len());
        return Err((Rule::TooLong, (1, 1), message));
    }
    Ok(decoded)
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
            let path = path(tree, diagnostic.at);
            let Diagnostic { rule, message, .. } = diagnostic;
            Finding { rule, level: levels.level(rule), message, line, column, path }
        })
        .collect()
}

/// Line and column of a byte, both from 1, the column in characters.
pub(crate) fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = before.matches('\n').count() + 1;
    (line, before.get(line_start..).unwrap_or("").chars().count() + 1)
}

/// The path of the smallest value around a range, as [`Finding::path`].
#[must_use]
pub fn path(tree: &Value<TextRange>, at: TextRange) -> String {
    let mut path = String::new();
    find_path(tree, at, &mut path);
    shown(path)
}

/// Writes the path of the smallest value around a range.
fn find_path(value: &Value<TextRange>, at: TextRange, path: &mut String) {
    let around = |outer: TextRange| outer.start <= at.start && at.end <= outer.end;
    steps::take!(1);
    match &value.kind {
        Kind::Object(members) => {
            // Members stand in the order of the text.
            let after = members.partition_point(|member| member.value.at.end < at.end);
            let member = members.get(after);
            let inside =
                |member: &&Member<TextRange>| around(member.name.at) || around(member.value.at);
            let named = members.get(members.partition_point(|member| member.name.at.end < at.end));
            if let Some(member) = member.filter(inside).or(named.filter(inside)) {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&member.name.value);
                find_path(&member.value, at, path);
            }
        }
        Kind::Array(items) => {
            let index = items.partition_point(|item| item.at.end < at.end);
            if let Some(item) = items.get(index).filter(|item| around(item.at)) {
                path.push('[');
                path.push_str(&index.to_string());
                path.push(']');
                find_path(item, at, path);
            }
        }
        _ => {}
    }
}
