//! Finds names that RAM reads as meant, although they are not written as its pages write them, and
//! names of operations that are on their way out.

use alloc::format;

use super::action::Coverage;
use super::context::Check;
use crate::catalogue::Evidence;
use crate::report::rule::Rule;

impl<L: Copy> Check<'_, L> {
    /// Reports how known actions are written.
    pub(super) fn spelling(&mut self, coverage: &Coverage<'_, L>) {
        for (action, row) in &coverage.named {
            let code = row.code();
            let known = action.value.split_once(':').is_some_and(|(written, name)| {
                // Where only an operation has the name, the case of the action is a guess.
                written == code && (name == row.name() || row.evidence() != Evidence::Documented)
            });
            if !known {
                let message = format!("`{}` is written `{code}:{}`", action.value, row.name());
                self.report.add(action.at, Rule::ActionCase, message);
            }
            if row.evidence() == Evidence::DeprecatedOperation {
                let message = format!("the API operation behind `{}` is deprecated", action.value);
                self.report.add(action.at, Rule::DeprecatedAction, message);
            }
        }
    }
}
