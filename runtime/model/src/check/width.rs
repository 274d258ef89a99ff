//! Finds grants that are wider than they look.

use crate::diagnostic::Report;
use crate::lowered::{Effect, PolicyKind};
use crate::rule::Rule;
use crate::syntax::Statement;

pub(super) fn check<L: Copy>(statement: &Statement<L>, kind: PolicyKind, report: &mut Report<L>) {
    // Session and control policies only narrow what others grant.
    if kind != PolicyKind::Identity {
        return;
    }
    if statement.effect() != Some(Effect::Allow) || statement.conditions().next().is_some() {
        return;
    }
    let Some((actions, negated)) = statement.actions() else { return };
    if negated {
        report.add(
            actions.at,
            Rule::NotActionAllow,
            "the statement allows everything but the actions listed; list what is to be allowed",
        );
        return;
    }
    let Some(resources) = statement.resources() else { return };
    let everything = actions.items.iter().find(|action| action.value == "*");
    if let Some(action) = everything
        && resources.items.iter().any(|resource| resource.value == "*")
    {
        report.add(
            action.at,
            Rule::StarOnStar,
            "the statement allows every action on every resource; name the actions that are needed",
        );
    }
}
