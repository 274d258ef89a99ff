//! Finds actions by which a caller can give itself any permission.

#[cfg(feature = "proofs")]
use alloc::string::String;
use alloc::{borrow::Cow, format, vec::Vec};

use super::action::{Coverage, OfPattern};
use super::context::Check;
use super::width::is_on_anything;
use crate::catalogue;
use crate::catalogue::additions::KnownAction;
use crate::report::rule::Rule;
use crate::source::syntax::Statement;
use crate::terms::effect::Effect;
use crate::terms::overlap::is_wild;
use crate::terms::pattern::ActionPattern;

/// A way to more permissions.
struct Way {
    code: &'static str,
    action: &'static str,
    /// What it does, behind "it".
    how: &'static str,
}

const fn way(code: &'static str, action: &'static str, how: &'static str) -> Way {
    Way { code, action, how }
}

/// Each is what the page of the API operation says it does (RAM: API overview; IMS: API overview;
/// Resource Management: API overview).
const WAYS: &[Way] = &[
    way("ram", "AttachPolicyToUser", "attaches any policy to any user"),
    way("ram", "AttachPolicyToGroup", "attaches any policy to any group, the caller's too"),
    way(
        "ram",
        "AttachPolicyToRole",
        "attaches any policy to any role, one the caller may assume too",
    ),
    way("ram", "AttachPolicy", "grants any policy on the account or a resource group"),
    way("ram", "CreatePolicyVersion", "changes what any custom policy says, an attached one too"),
    way("ram", "SetDefaultPolicyVersion", "brings back any older version of a policy"),
    way("ram", "AddUserToGroup", "puts the caller into any group"),
    way("ram", "UpdateRole", "lets any role be assumed by the caller"),
    way("ram", "CreateAccessKey", "makes an AccessKey for any user"),
    way("ram", "CreateLoginProfile", "sets the console password of any user without one"),
    way("ram", "UpdateLoginProfile", "changes the console password of any user"),
    way("ims", "CreateAccessKey", "makes an AccessKey for any user"),
    way("ims", "CreateLoginProfile", "sets the console password of any user without one"),
    way("ims", "UpdateLoginProfile", "changes the console password of any user"),
    way("ims", "AddUserToGroup", "puts the caller into any group"),
    way("resourcemanager", "AttachPolicy", "grants any policy on the account or a resource group"),
    way("resourcemanager", "CreatePolicyVersion", "changes what any custom policy says"),
    way("resourcemanager", "SetDefaultPolicyVersion", "brings back any older version of a policy"),
    way("resourcemanager", "UpdateRole", "lets any role be assumed by the caller"),
];

impl<L: Copy> Check<'_, L> {
    /// Reports what lets a caller give itself more.
    pub(super) fn escalation(&mut self, statement: &Statement<L>, coverage: &Coverage<'_, L>) {
        let (kind, report) = (self.kind, &mut self.report);
        let allows = statement.effect() == Some(Effect::Allow);
        let negated = statement.actions().is_none_or(|(_, negated)| negated);
        if !kind.rules().gives || !allows || negated || !is_on_anything(statement) {
            return;
        }
        for (action, row) in &coverage.named {
            if let Some(way) = way_of(*row) {
                let message = format!(
                    "with `{}:{}` on any resource the caller can give itself more: it {}",
                    way.code, way.action, way.how
                );
                report.add(action.at, Rule::PrivilegeEscalation, message);
            }
        }
        for (pattern, rows) in coverage.patterns() {
            let ways = ways_of(&pattern.value, &rows);
            let Some((first, others)) = ways.split_first() else { continue };
            let more = match others.len() {
                0 => "".into(),
                1 => " and one more".into(),
                number => format!(" and {number} more"),
            };
            let message = format!(
                "`{}` covers `{}:{}`{more}, with which the caller can give itself more: it {}",
                pattern.value, first.code, first.action, first.how
            );
            report.add(pattern.at, Rule::PrivilegeEscalation, message);
        }
    }
}

/// The actions by which a caller can give itself more, as `ram:CreateAccessKey`.
#[cfg(feature = "proofs")]
pub(crate) fn actions() -> impl Iterator<Item = String> {
    WAYS.iter().map(|way| format!("{}:{}", way.code, way.action))
}

/// The ways among the actions a pattern covers. Most patterns are of services that have none, and
/// macros run unoptimised.
fn ways_of(pattern: &str, rows: &OfPattern<'_, '_>) -> Vec<&'static Way> {
    let code = pattern.split(':').next().unwrap_or("");
    let is_open = is_wild(code) || rows.is_chosen();
    let pattern = ActionPattern::new(Cow::Owned(pattern.into()));
    let covered = |way: &&Way| {
        (is_open || way.code.eq_ignore_ascii_case(code))
            // Thousands of actions may be covered.
            && (rows.is_chosen() || pattern.matches(way.code, way.action))
            && catalogue::find_service(way.code)
                .and_then(|service| service.find(way.action))
                .is_some_and(|row| rows.has(row.id()))
    };
    WAYS.iter().filter(covered).collect()
}

fn way_of(row: KnownAction<'_>) -> Option<&'static Way> {
    let code = row.code();
    WAYS.iter().find(|way| way.code == code && way.action == row.name())
}

#[cfg(test)]
mod tests {
    use crate::catalogue;

    #[test]
    fn every_way_is_an_action() {
        for name in super::actions() {
            assert!(catalogue::find_action(&name).is_some(), "{name}");
        }
    }
}
