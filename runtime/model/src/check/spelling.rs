//! Finds names that RAM reads as meant, although they are not written as its pages write them, and
//! names of operations that are on their way out.

use alloc::{format, vec::Vec};

use super::action::Coverage;
use super::context::Check;
use crate::catalogue::additions::KnownAction;
use crate::catalogue::{self, Evidence};
use crate::report::rule::Rule;

/// Most actions of a pattern that are looked up one by one; no operations with so many share a pattern of
/// their own.
const MOST_OF_PATTERN: usize = 64;

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
            if let Some(instead) = replaced(row) {
                if !coverage.has(instead) {
                    let message = format!(
                        "the API operation behind `{}` is deprecated, its successor is `{instead}`",
                        action.value
                    );
                    self.report.add(action.at, Rule::ReplacedAction, message);
                }
            } else if row.evidence() == Evidence::DeprecatedOperation {
                let message = format!("the API operation behind `{}` is deprecated", action.value);
                self.report.add(action.at, Rule::DeprecatedAction, message);
            }
        }
        for (pattern, covered) in coverage.patterns() {
            if covered.len() > MOST_OF_PATTERN {
                continue;
            }
            let instead: Option<Vec<&str>> = covered.rows().map(|row| replaced(&row)).collect();
            let Some(instead) = instead else { continue };
            if let Some(first) = instead.into_iter().find(|instead| !coverage.has(instead)) {
                let message = format!(
                    "the API operations behind all that `{}` covers are deprecated, one successor is `{first}`",
                    pattern.value
                );
                self.report.add(pattern.at, Rule::ReplacedAction, message);
            }
        }
    }
}

/// The action that the vendor names instead of one of the catalogue.
fn replaced(action: &KnownAction<'_>) -> Option<&'static str> {
    catalogue::replaced_by(action.code(), action.name())
}
