//! Finds actions that do not work alone: the authorization tables name others that their caller
//! needs too.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::{format, string::String, vec::Vec};

use super::action::Coverage;
use super::context::Check;
use crate::report::rule::Rule;
use crate::terms::cover::covers_ignore_case;
use crate::terms::effect::Effect;
use crate::text::place::Text;

/// An action that is allowed, with what its caller needs too.
pub(super) struct Needy<'s, L> {
    action: &'s Text<L>,
    dependents: Vec<&'static str>,
}

/// The actions of a statement that need others.
pub(super) fn needy<'s, L>(coverage: &Coverage<'s, L>) -> impl Iterator<Item = Needy<'s, L>> {
    coverage.named.iter().filter_map(|(action, known)| {
        let dependents: Vec<&'static str> = known.row()?.dependents().collect();
        (!dependents.is_empty()).then_some(Needy { action, dependents })
    })
}

impl<L: Copy> Check<'_, L> {
    /// Reports what the policy allows without allowing what it needs. Another policy may allow that, so
    /// it is a note.
    pub(super) fn dependents(&mut self, needy: &[Needy<'_, L>]) {
        let (policy, kind, report) = (self.policy, self.kind, &mut self.report);
        if !kind.rules().gives || needy.is_empty() {
            return;
        }
        let is_allowed = |action: &str| {
            policy
                .statements
                .iter()
                .filter(|statement| statement.effect() == Some(Effect::Allow))
                .any(|statement| {
                    statement.actions().is_some_and(|(actions, negated)| {
                        actions.items.iter().any(|item| covers_ignore_case(&item.value, action))
                            != negated
                    })
                })
        };
        // Many actions need the same few others.
        let mut known: BTreeMap<&str, bool> = BTreeMap::new();
        let mut allowed = |action: &'static str| {
            *known.entry(action).or_insert_with_key(|action| is_allowed(action))
        };
        let mut reported: BTreeSet<String> = BTreeSet::new();
        for Needy { action, dependents } in needy {
            for dependent in dependents {
                if !allowed(dependent)
                    && reported.insert(format!("{} {dependent}", action.value.to_ascii_lowercase()))
                {
                    let message = format!(
                        "`{}` also needs `{dependent}`, which the policy does not allow",
                        action.value
                    );
                    report.add(action.at, Rule::MissingDependentAction, message);
                }
            }
        }
    }
}
