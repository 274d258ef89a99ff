//! Selections: actions that the author chooses by what they do, and the names that take their place.

use alloc::collections::BTreeSet;
use alloc::{format, string::String, vec::Vec};
use core::ops::Range;

use super::syntax::{ElementKind, Policy, Statement};
use crate::catalogue::AccessLevel;
use crate::catalogue::additions::Additions;
use crate::catalogue::choice::{Choice, Chosen, Nothing};
use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::terms::cover::covers_ignore_case;
use crate::terms::overlap::is_wild;
use crate::text::place::Text;
use crate::text::suggest::did_you_mean;

/// `every read of ecs`: actions by access level, service and resource type.
#[derive(Debug, Clone)]
pub struct Selection<L> {
    /// What its author wrote, on one line, at the place of the whole.
    pub text: Text<L>,
    /// Access levels, one of which an action has; empty where any will do.
    pub levels: Vec<AccessLevel>,
    /// The code of their service.
    pub service: Option<Text<L>>,
    /// The resource type that they take, as `vpc:VPC`.
    pub resource: Option<Text<L>>,
    /// Whether a level that no document gives is good enough.
    pub inferred: bool,
    /// Whether the fewest patterns are written in the place of names.
    pub as_patterns: bool,
    /// What tells the actions from others, as the author saw them last.
    pub pin: Option<Text<L>>,
    /// Where its actions are among those of the statement; empty until they are written there.
    pub actions: Range<usize>,
}

impl<L: Copy> Selection<L> {
    /// The actions it chooses; `None` where that has been reported.
    pub fn chosen<'a>(
        &self,
        additions: &'a Additions,
        report: &mut Report<L>,
    ) -> Option<Chosen<'a>> {
        let choice = Choice {
            levels: &self.levels,
            service: self.service.as_ref().map(|code| code.value.as_str()),
            resource: self.resource.as_ref().and_then(|kind| kind.value.split_once(':')),
            inferred: self.inferred,
        };
        let nothing = match choice.actions(additions) {
            Ok(chosen) => {
                self.check_pin(&chosen, report);
                return Some(chosen);
            }
            Err(nothing) => nothing,
        };
        let text = &self.text;
        let (at, message) = match (nothing, &self.service, &self.resource) {
            (Nothing::Service(near), Some(code), _) => {
                let hint = did_you_mean(&near);
                (code.at, format!("the catalogue has no service `{}`{hint}", code.value))
            }
            (Nothing::Resource(near), _, Some(kind)) => {
                let name = kind.value.replacen(':', "::", 1);
                (kind.at, format!("no action takes a resource `{name}`{}", did_you_mean(&near)))
            }
            (Nothing::Action { likely: likely @ 1.., .. }, ..) if !self.inferred => {
                let message = format!(
                    "`{}` selects no action: no document gives one that level; `even inferred` selects {likely} by their verbs",
                    text.value
                );
                (text.at, message)
            }
            (Nothing::Action { levels, .. }, ..) if !levels.is_empty() => {
                let levels: Vec<String> = levels.into_iter().collect();
                let message = format!(
                    "`{}` selects no action: the actions there have other levels, {}",
                    text.value,
                    levels.join(", ")
                );
                (text.at, message)
            }
            (Nothing::Action { .. } | Nothing::Service(_) | Nothing::Resource(_), ..) => {
                (text.at, format!("`{}` selects no action of the catalogue", text.value))
            }
        };
        report.add(at, Rule::Grammar, message);
        None
    }

    /// Reports a pin that is not that of the actions.
    fn check_pin(&self, chosen: &Chosen<'_>, report: &mut Report<L>) {
        let Some(pin) = &self.pin else { return };
        let now = chosen.pin();
        if pin.value == now {
            return;
        }
        let message = if pin.value.is_empty() {
            format!("the pin of `{}` is not written yet, write `pinned \"{now}\"`", self.text.value)
        } else {
            format!(
                "`{}` selects other actions than when `{}` was written; read them with `ram-policy expand`, then write `pinned \"{now}\"`",
                self.text.value, pin.value
            )
        };
        report.add(pin.at, Rule::FailedClaim, message);
    }
}

/// Most selections of a policy; each is compared with the whole catalogue, before the length of the
/// document is known.
pub const MOST_SELECTIONS: usize = 64;

/// The policy with the actions of its selections in their places; `None` where it has no selection.
pub fn expanded<L: Copy>(
    policy: &Policy<L>,
    additions: &Additions,
    report: &mut Report<L>,
) -> Option<Policy<L>> {
    if policy.statements.iter().all(|statement| statement.selections.is_empty()) {
        return None;
    }
    let mut policy = policy.clone();
    let mut all = policy.statements.iter().flat_map(|statement| &statement.selections);
    if let Some(one_too_many) = all.nth(MOST_SELECTIONS) {
        let at = one_too_many.text.at;
        let message = format!("a policy has at most {MOST_SELECTIONS} selections");
        report.add(at, Rule::Grammar, message);
        for statement in &mut policy.statements {
            statement.broken |= !statement.selections.is_empty();
            statement.selections.clear();
        }
        return Some(policy);
    }
    let mut most = 0;
    for statement in &mut policy.statements {
        let Statement { elements, selections, broken, .. } = statement;
        let lists = elements.iter_mut().find_map(|element| match &mut element.kind {
            ElementKind::Action(values) | ElementKind::NotAction(values) => Some(values),
            ElementKind::Effect(_)
            | ElementKind::Resource(_)
            | ElementKind::Principal(_)
            | ElementKind::Condition(_)
            | ElementKind::Sid(_)
            | ElementKind::Hole(..) => None,
        });
        let Some(values) = lists else { continue };
        let all_chosen = write(&mut values.items, selections, additions, report);
        *broken |= !all_chosen;
        for selection in selections {
            if selection.actions.len() > most {
                most = selection.actions.len();
                // What is too long is too long for the longest of them.
                policy.at = selection.text.at;
            }
        }
    }
    Some(policy)
}

/// Writes the actions of selections among those that are written out, and says whether there are some
/// of each. An action that is written out or that another one covers is not written again.
pub fn write<L: Copy>(
    items: &mut Vec<Text<L>>,
    selections: &mut [Selection<L>],
    additions: &Additions,
    report: &mut Report<L>,
) -> bool {
    let by_hand = core::mem::take(items);
    let mut seen: BTreeSet<String> =
        by_hand.iter().map(|item| item.value.to_ascii_lowercase()).collect();
    let wide: Vec<String> =
        by_hand.iter().filter(|item| is_wild(&item.value)).map(|item| item.value.clone()).collect();
    let is_covered = |text: &str| wide.iter().any(|wide| covers_ignore_case(wide, text));
    let mut all_chosen = true;
    let mut by_hand = by_hand.into_iter();
    let mut written = 0;
    for selection in selections {
        let before = selection.actions.start.saturating_sub(written);
        items.extend(by_hand.by_ref().take(before));
        written = written.max(selection.actions.start);
        let start = items.len();
        match selection.chosen(additions, report) {
            None => all_chosen = false,
            Some(chosen) => {
                let texts: Vec<String> = if selection.as_patterns {
                    chosen.patterns()
                } else {
                    chosen.names().collect()
                };
                for text in texts {
                    if !is_covered(&text) && seen.insert(text.to_ascii_lowercase()) {
                        items.push(Text::new(text, selection.text.at));
                    }
                }
            }
        }
        selection.actions = start..items.len();
    }
    items.extend(by_hand);
    all_chosen
}
