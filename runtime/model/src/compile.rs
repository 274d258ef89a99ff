//! From a syntax tree to a lowered policy: check, lower, measure. Every front end goes this way.

use alloc::vec::Vec;

use crate::check;
use crate::diagnostic::{Diagnostic, Report};
use crate::lower::{self, Lowered};
use crate::lowered::PolicyKind;
use crate::rule::Rule;
use crate::syntax::Policy;

/// Checks and lowers a policy; `report` holds what reading it has found.
///
/// # Errors
///
/// Every mistake of the policy.
pub fn compile<L: Copy>(
    policy: &Policy<L>,
    kind: PolicyKind,
    mut report: Report<L>,
) -> Result<Lowered, Vec<Diagnostic<L>>> {
    check::check(policy, kind, &mut report);
    if !report.is_empty() {
        return Err(report.into_diagnostics());
    }
    let Some(lowered) = lower::lower(policy) else {
        // Unreachable while the checker refuses all that cannot be lowered.
        report.add(policy.at, Rule::Syntax, "this policy cannot be lowered");
        return Err(report.into_diagnostics());
    };
    check::check_length(policy.at, &lowered.document, kind, &mut report);
    if report.is_empty() { Ok(lowered) } else { Err(report.into_diagnostics()) }
}
