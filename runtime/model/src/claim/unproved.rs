//! Claims about all requests where there are no proofs.

use alloc::format;

use crate::policy::Policy;
use crate::report::diagnostic::Report;
use crate::report::rule::Rule;

/// Reports that it cannot be decided whether a policy allows something that must never be.
pub(super) fn never<L>(at: L, _: &Policy, _: &Policy, report: &mut Report<L>) {
    refuse(at, "never", report);
}

/// Reports that it cannot be decided whether a policy goes beyond its boundary.
pub(super) fn within<L>(at: L, _: &Policy, _: Option<&Policy>, _: &str, report: &mut Report<L>) {
    refuse(at, "within", report);
}

fn refuse<L>(at: L, word: &str, report: &mut Report<L>) {
    let message = format!(
        "`{word}` is a claim about all requests; to decide it, switch on the feature `proofs` of `ram-policy`"
    );
    report.add_with(at, Rule::FailedClaim, message, []);
}
