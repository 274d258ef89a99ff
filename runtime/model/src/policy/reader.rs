//! The one door for policies: every text, value and tree goes through the same steps in the same
//! order, whatever has read it.
//!
//! 1. Limits: a text that is far too long, nests too deeply or has too many values is not read to
//!    its end.
//! 2. A whole document, or a part where one will do.
//! 3. Selections: names, or the fewest patterns, take the places of `every ...`.
//! 4. The length that the document has at least: what is too long is compared with nothing.
//! 5. Check: all mistakes at once.
//! 6. Levels: which mistakes are reported at all.
//! 7. Lower, unless RAM would refuse the document.
//! 8. The length as it is written, and whether a shorter form would do.
//! 9. Strict or lenient: whether an error that RAM would not see refuses the document.

use alloc::string::String;
use alloc::vec::Vec;

use super::length;
use super::locate;
use crate::catalogue::additions::Additions;
use crate::check::checker::Checker;
use crate::check::context::Check;
use crate::document::Document;
use crate::document::lower::{Lowered, lower};
use crate::report::diagnostic::{Diagnostic, Report};
use crate::report::finding::{ImportError, Imported};
use crate::report::level::Levels;
use crate::report::rule::{Rule, Severity};
use crate::source::syntax::Policy;
use crate::source::{from_json, hole, selection};
use crate::terms::kind::PolicyKind;
use crate::text::json::{self, TextRange, Value};

/// How much of a document must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it, as RAM takes it.
    Whole,
    /// Statements alone will do, as pages print them.
    Part,
}

/// Which documents a reader gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// Those without an error at the reader's levels.
    Strict,
    /// Those that RAM takes, whatever the levels are: for who must load what an account really has.
    Lenient,
}

/// Reads policies of a kind.
///
/// Whole documents and strictly, unless something else is asked for.
///
/// ```
/// use ram_policy_model::policy::reader::Reader;
/// use ram_policy_model::Checker;
/// use ram_policy_model::terms::kind::PolicyKind;
///
/// let checker = Checker::new();
/// let reader = Reader::of(PolicyKind::Identity, &checker);
/// let read = reader.text(r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}"#);
/// assert!(read.lowered.is_some());
/// assert_eq!(read.findings[0].rule.name(), "whole_service"); // a note
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Reader<'c> {
    kind: PolicyKind,
    levels: &'c Levels,
    additions: &'c Additions,
    vouched: &'c [String],
    at_any_length: bool,
    extent: Extent,
    acceptance: Acceptance,
}

/// What a reader has read.
#[derive(Debug)]
pub struct Read<L> {
    /// The policy; `None` when it is refused, or has a part that is not known.
    pub lowered: Option<Lowered>,
    /// What was found at the reader's levels, in the order in which it was found.
    pub findings: Vec<Diagnostic<L>>,
}

impl<'c> Reader<'c> {
    /// A reader at these levels, with these additions to the catalogue.
    #[must_use]
    pub const fn new(kind: PolicyKind, levels: &'c Levels, additions: &'c Additions) -> Self {
        Self {
            kind,
            levels,
            additions,
            vouched: &[],
            at_any_length: false,
            extent: Extent::Whole,
            acceptance: Acceptance::Strict,
        }
    }

    /// A reader that checks as a user has asked for.
    #[must_use]
    pub fn of(kind: PolicyKind, checker: &'c Checker) -> Self {
        Self {
            vouched: checker.unlisted_actions(),
            at_any_length: checker.is_at_any_length(),
            ..Self::new(kind, checker.levels(), checker.additions())
        }
    }

    /// Takes this much of a document.
    #[must_use]
    pub const fn taking(self, extent: Extent) -> Self {
        Self { extent, ..self }
    }

    /// Gives these documents.
    #[must_use]
    pub const fn accepting(self, acceptance: Acceptance) -> Self {
        Self { acceptance, ..self }
    }

    /// Takes these actions, which somebody vouches for outside the document, in the place of others.
    #[must_use]
    pub const fn vouching_for(self, vouched: &'c [String]) -> Self {
        Self { vouched, ..self }
    }

    /// Reads at other levels.
    #[must_use]
    pub const fn at_levels<'l>(self, levels: &'l Levels) -> Reader<'l>
    where
        'c: 'l,
    {
        Reader { levels, ..self }
    }

    /// The levels it reads at.
    #[must_use]
    pub const fn levels(&self) -> &'c Levels {
        self.levels
    }

    /// The additions to the catalogue.
    #[must_use]
    pub const fn additions(&self) -> &'c Additions {
        self.additions
    }

    /// Reads the bytes of a JSON text, and gives every finding its line, column and path.
    ///
    /// # Errors
    ///
    /// All that was found, in the order of the text, when the document is refused.
    pub fn bytes(self, text: &[u8]) -> Result<Imported<Document>, ImportError> {
        let text = locate::decoded(text)?;
        let value = match json::read(text) {
            Ok(value) => value,
            Err(error) => return Err(locate::not_json(text, error)),
        };
        let tree = value.clone();
        let Read { lowered, findings } = self.value(value, Report::default());
        let findings = locate::in_text(text, &tree, findings, self.levels);
        match lowered {
            Some(lowered) => Ok(Imported { policy: lowered.document, findings }),
            None => Err(ImportError { findings }),
        }
    }

    /// Reads a JSON text.
    #[must_use]
    pub fn text(self, text: &str) -> Read<TextRange> {
        match parsed(text) {
            Ok((policy, report)) => self.tree(&policy, report),
            Err(report) => Read { lowered: None, findings: report.into_diagnostics() },
        }
    }

    /// Reads a JSON value; `report` has what reading it has found.
    #[must_use]
    pub fn value<L: Copy>(self, value: Value<L>, mut report: Report<L>) -> Read<L> {
        let policy = from_json::read(value, &mut report);
        self.tree(&policy, report)
    }

    /// Reads a syntax tree; `report` has what reading it has found.
    #[must_use]
    pub fn tree<L: Copy>(self, policy: &Policy<L>, mut report: Report<L>) -> Read<L> {
        let expanded = selection::expanded(policy, self.additions, &mut report);
        let policy = expanded.as_ref().unwrap_or(policy);
        match self.extent {
            Extent::Whole => from_json::require_whole(policy, &mut report),
            Extent::Part => {}
        }
        if !length::refuses(policy, self.kind, self.at_any_length, &mut report) {
            let check = Check::new(policy, self.kind, self.additions, report);
            report = check.vouching_for(self.vouched).report();
        }
        let mut findings = self.reported(report);
        let is_error = |found: &Diagnostic<L>| self.levels.is_error(found.rule);
        let lowered = if findings.iter().any(is_refused_by_ram) { None } else { lower(policy) };
        let mut report = Report::default();
        match &lowered {
            Some(_) if self.at_any_length => {}
            Some(lowered) => length::check(policy.at, lowered, self.kind, &mut report),
            // What cannot be lowered is never silently refused.
            None if hole::all_known(policy) && !findings.iter().any(is_error) => {
                report.add(policy.at, Rule::Syntax, "this policy cannot be lowered");
            }
            None => {}
        }
        findings.extend(self.reported(report));
        let is_refused = match self.acceptance {
            Acceptance::Strict => findings.iter().any(is_error),
            Acceptance::Lenient => findings.iter().any(is_refused_by_ram),
        };
        Read { lowered: lowered.filter(|_| !is_refused), findings }
    }

    /// What is reported at all.
    fn reported<L>(self, report: Report<L>) -> Vec<Diagnostic<L>> {
        report.at_levels(self.levels).0
    }
}

/// Whether RAM would refuse a document for it; no level changes that.
fn is_refused_by_ram<L>(found: &Diagnostic<L>) -> bool {
    found.rule.severity() == Severity::Error
}

/// The syntax tree of a JSON text, with what reading it has found.
///
/// # Errors
///
/// The text is not JSON.
pub fn parsed(text: &str) -> Result<(Policy<TextRange>, Report<TextRange>), Report<TextRange>> {
    let mut report = Report::default();
    match json::read(text) {
        Ok(value) => Ok((from_json::read(value, &mut report), report)),
        Err(error) => {
            report.add(error.at, Rule::Syntax, error.value);
            Err(report)
        }
    }
}
