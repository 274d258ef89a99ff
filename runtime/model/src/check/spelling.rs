//! Finds names that RAM reads as meant, although they are not written as its pages write them, and
//! names of operations that are on their way out.

use alloc::format;

use super::action::Coverage;
use crate::catalogue::Evidence;
use crate::report::diagnostic::Report;
use crate::report::rule::Rule;

pub(super) fn check<L: Copy>(coverage: &Coverage<'_, L>, report: &mut Report<L>) {
    for (action, row) in &coverage.named {
        let code = row.code();
        let known = action.value.split_once(':').is_some_and(|(written, name)| {
            // Where only an operation has the name, the case of the action is a guess.
            written == code && (name == row.name() || row.evidence() != Evidence::Documented)
        });
        if !known {
            let message = format!("`{}` is written `{code}:{}`", action.value, row.name());
            report.add(action.at, Rule::ActionCase, message);
        }
        if row.evidence() == Evidence::DeprecatedOperation {
            let message = format!("the API operation behind `{}` is deprecated", action.value);
            report.add(action.at, Rule::DeprecatedAction, message);
        }
    }
}
