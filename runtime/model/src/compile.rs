//! From a syntax tree to a lowered policy: check, lower, measure. Every front end goes this way.

use alloc::vec::Vec;

use crate::additions::Additions;
use crate::check;
use crate::diagnostic::{Diagnostic, Report};
use crate::level::Levels;
use crate::lower::{self, Lowered};
use crate::lowered::PolicyKind;
use crate::rule::Rule;
use crate::syntax::Policy;

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
/// Everything that was found, when some of it is an error at these levels.
pub fn compile<L: Copy>(
    policy: &Policy<L>,
    kind: PolicyKind,
    levels: &Levels,
    additions: &Additions,
    mut report: Report<L>,
) -> Result<Compiled<L>, Vec<Diagnostic<L>>> {
    check::check(policy, kind, additions, &mut report);
    let (mut told, refused) = report.at_levels(levels);
    if refused {
        return Err(told);
    }
    let mut report = Report::default();
    let lowered = lower::lower(policy);
    match &lowered {
        Some(lowered) => check::check_length(policy.at, &lowered.document, kind, &mut report),
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
