//! From a syntax tree to a lowered policy: check, lower, measure. Every front end goes this way.

use alloc::vec::Vec;

use crate::catalogue::additions::Additions;
use crate::check;
use crate::check::checker::Checker;
use crate::document::Document;
use crate::document::lower::{self, Lowered};
use crate::policy::length;
use crate::report::diagnostic::{Diagnostic, Report};
use crate::report::level::Levels;
use crate::report::rule::{Rule, Severity};
use crate::source::syntax::Policy;
use crate::terms::kind::PolicyKind;

/// A policy without errors, and what else is to be told about it.
#[derive(Debug)]
pub struct Compiled<L> {
    /// The policy.
    pub lowered: Lowered,
    /// Warnings and notes, in the order they were found.
    pub told: Vec<Diagnostic<L>>,
}

/// Checks and lowers a policy; `report` holds what reading it has found.
///
/// # Errors
///
/// Everything that was found, when some of it is an error at these levels; of a policy that is too
/// long, that and what reading it has found.
pub fn compile<L: Copy>(
    policy: &Policy<L>,
    kind: PolicyKind,
    levels: &Levels,
    additions: &Additions,
    mut report: Report<L>,
) -> Result<Compiled<L>, Vec<Diagnostic<L>>> {
    if !length::refuses(policy, kind, false, &mut report) {
        check::check(policy, kind, additions, &mut report);
    }
    let (mut told, refused) = report.at_levels(levels);
    if refused {
        return Err(told);
    }
    let mut report = Report::default();
    let lowered = lower::lower(policy);
    match &lowered {
        Some(lowered) => length::check(policy.at, lowered, kind, &mut report),
        // Unreachable while the checker refuses all that cannot be lowered.
        None => report.add(policy.at, Rule::Syntax, "this policy cannot be lowered"),
    }
    let (of_length, is_too_long) = report.at_levels(levels);
    told.extend(of_length);
    match lowered {
        Some(lowered) if !is_too_long => Ok(Compiled { lowered, told }),
        _ => Err(told),
    }
}

/// What the checker says of a policy, and the policy itself unless RAM would refuse it.
#[derive(Debug)]
pub struct Judged<L> {
    /// The document, as written; `None` when RAM would refuse it.
    pub document: Option<Document>,
    /// Errors, warnings and notes, in the order they were found.
    pub told: Vec<Diagnostic<L>>,
}

/// Checks a policy and keeps it whatever its levels are, for those who must load what an account
/// really has; `report` holds what reading it has found. One that is too long is not kept.
#[must_use]
pub fn judge<L: Copy>(
    policy: &Policy<L>,
    kind: PolicyKind,
    checker: &Checker,
    mut report: Report<L>,
) -> Judged<L> {
    if !length::refuses(policy, kind, checker.is_at_any_length(), &mut report) {
        check::check(policy, kind, checker.additions(), &mut report);
    }
    let levels = checker.levels();
    let is_refused = |found: &Diagnostic<L>| found.rule.severity() == Severity::Error;
    let (mut told, _) = report.at_levels(levels);
    let lowered = if told.iter().any(is_refused) { None } else { lower::lower(policy) };
    let Some(good) = lowered else { return Judged { document: None, told } };
    let mut report = Report::default();
    if !checker.is_at_any_length() {
        length::check(policy.at, &good, kind, &mut report);
    }
    let (of_length, _) = report.at_levels(levels);
    let is_too_long = of_length.iter().any(is_refused);
    told.extend(of_length);
    Judged { document: (!is_too_long).then_some(good.document), told }
}
