//! Finds grants that are wider than they look. Only what an identity policy allows is judged:
//! session and control policies narrow what others grant.

use alloc::{format, string::String};

use super::action::Coverage;
use super::context::Check;
use super::trust;
use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::syntax::{Statement, Values};
use crate::terms::arn::Arn;
use crate::terms::effect::Effect;
use crate::terms::operator::Operator;
use crate::terms::overlap::is_wild;
use crate::text::place::Text;

/// Fewest actions a pattern covers when it is called wide.
const MANY_ACTIONS: usize = 100;

impl<L: Copy> Check<'_, L> {
    /// Checks how much a statement grants.
    pub(super) fn width(&mut self, statement: &Statement<L>, coverage: &Coverage<'_, L>) {
        let (kind, report) = (self.kind, &mut self.report);
        if !kind.rules().gives || statement.effect() != Some(Effect::Allow) {
            return;
        }
        let Some((actions, negated)) = statement.actions() else { return };
        if negated {
            let message = "the statement allows everything but the actions listed; list what is to be allowed";
            report.add(actions.at, Rule::NotActionAllow, message);
            return;
        }
        codes(actions, report);
        patterns(coverage, report);
        service_names(statement, coverage, report);
        if let Some(resource) = everywhere(statement) {
            everything(statement, actions, resource, report);
        }
        if is_on_anything(statement) {
            roles(coverage, report);
        }
    }
}

/// Everything of all services, or of one, on every resource.
fn everything<L: Copy>(
    statement: &Statement<L>,
    actions: &Values<L>,
    resource: &str,
    report: &mut Report<L>,
) {
    let conditional = statement.conditions().next().is_some();
    for action in &actions.items {
        let text = action.value.as_str();
        if text == "*" {
            if !conditional {
                let message = "the statement allows every action on every resource; name the actions that are needed";
                report.add(action.at, Rule::StarOnStar, message);
            }
        } else if let Some(code) = text.strip_suffix(":*") {
            let message =
                format!("`{text}` on `{resource}` allows everything `{code}` has and will have");
            report.add(action.at, Rule::WholeService, message);
        }
    }
}

/// The first resource of the statement that stands for all of a service.
fn everywhere<L>(statement: &Statement<L>) -> Option<&str> {
    let is_everything =
        |fields: Option<Arn<'_>>| fields.is_none_or(|fields| fields.is_whole_service());
    fields(statement).find(|(_, fields)| is_everything(*fields)).map(|(text, _)| text)
}

/// Whether a resource of the statement stands for any role, user or policy.
pub(super) fn is_on_anything<L>(statement: &Statement<L>) -> bool {
    fields(statement).any(|(_, fields)| {
        fields.is_none_or(|Arn { relative_id: id, .. }| {
            id == "*" || id.split_once('/').is_some_and(|(_, name)| name == "*")
        })
    })
}

/// The statement's ARNs with their fields, `None` for `*` alone; what is no ARN is left out.
fn fields<L>(statement: &Statement<L>) -> impl Iterator<Item = (&str, Option<Arn<'_>>)> {
    let resources = statement.resources().map_or(&[][..], |resources| &resources.items);
    resources.iter().filter_map(|resource| {
        let text = resource.value.as_str();
        if text == "*" {
            return Some((text, None));
        }
        Arn::split(text).ok().map(|fields| (text, Some(fields)))
    })
}

/// Patterns that reach over services.
fn codes<L: Copy>(actions: &Values<L>, report: &mut Report<L>) {
    for action in &actions.items {
        let Some((code, _)) = action.value.split_once(':') else { continue };
        if is_wild(code) {
            let message = format!("`{}` covers actions of services that come later", action.value);
            report.add(action.at, Rule::WildcardService, message);
        }
    }
}

/// Patterns that cover one action, or very many.
fn patterns<L: Copy>(coverage: &Coverage<'_, L>, report: &mut Report<L>) {
    for (pattern, rows) in coverage.patterns() {
        if rows.is_chosen() {
            continue;
        }
        let text = pattern.value.as_str();
        match rows.len() {
            1 => {
                let Some(only) = rows.rows().next() else { continue };
                let message = format!(
                    "`{text}` covers one known action, `{}:{}`; name it, or what comes later is covered too",
                    only.code(),
                    only.name()
                );
                report.add(pattern.at, Rule::SingleActionWildcard, message);
            }
            number if number >= MANY_ACTIONS && !text.ends_with(":*") => {
                let message = format!("`{text}` covers {number} known actions");
                report.add(pattern.at, Rule::WideWildcard, message);
            }
            _ => {}
        }
    }
}

/// Actions that hand over a role, on any role.
fn roles<L: Copy>(coverage: &Coverage<'_, L>, report: &mut Report<L>) {
    for (action, row) in &coverage.named {
        let (rule, message) = match (row.code(), row.name()) {
            ("ram", "PassRole") => (
                Rule::PassRoleAnywhere,
                "`ram:PassRole` on any role lets the caller hand every role of the account to a service; name the roles",
            ),
            ("sts", "AssumeRole") => (
                Rule::AssumeRoleAnywhere,
                "`sts:AssumeRole` on any role lets the caller become every role that trusts it; name the roles",
            ),
            _ => continue,
        };
        report.add(action.at, rule, message);
    }
}

/// `ram:ServiceName` says for which service a role may be created (RAM: Service-linked roles).
fn service_names<L: Copy>(
    statement: &Statement<L>,
    coverage: &Coverage<'_, L>,
    report: &mut Report<L>,
) {
    let keys = || {
        statement.conditions().flat_map(|condition| {
            let operator = Operator::from_name(&condition.operator.value);
            condition.keys.iter().map(move |key| (operator, key))
        })
    };
    let mut limited = false;
    for (operator, key) in keys().filter(|(_, key)| key.key.value == "ram:ServiceName") {
        limited = true;
        let like = operator.is_some_and(|operator| operator.is_like());
        for value in &key.values.items {
            if let Some(message) = wrong_service_name(value, like) {
                report.add(value.at, Rule::ServiceName, message);
            }
        }
    }
    if limited {
        return;
    }
    for (action, row) in &coverage.named {
        if row.code() == "ram" && row.name() == "CreateServiceLinkedRole" {
            report.add(
                action.at,
                Rule::ServiceLinkedRoleAnywhere,
                "`ram:CreateServiceLinkedRole` without `ram:ServiceName` creates the role of any service; say of which",
            );
        }
    }
}

fn wrong_service_name<L>(value: &Text<L>, like: bool) -> Option<String> {
    let text = value.value.as_str();
    if text.contains(['$', '{', '<']) {
        // A placeholder, which is judged elsewhere.
        return None;
    }
    if like {
        let message = "a service's name is compared by `StringEquals`; a pattern may cover services that come later";
        return Some(message.into());
    }
    trust::malformed_service(text)
}
