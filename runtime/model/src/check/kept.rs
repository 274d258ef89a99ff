//! Checks policies that are kept with a resource: whom they name, and what their service has no effect
//! for or refuses.

use alloc::collections::BTreeSet;
use alloc::{format, string::String};

use super::context::Check;
use crate::report::rule::Rule;
use crate::source::syntax::{Principals, Statement};
use crate::terms::arn::Arn;
use crate::terms::characters::is_account;
use crate::terms::cover::covers_ignore_case;
use crate::terms::effect::Effect;
use crate::terms::kind::{ResourceKind, ResourceRules, Resources, covers_name};
use crate::terms::layout::Shape;
use crate::terms::overlap::{is_wild, overlap_ignore_case};
use crate::terms::principal::{Naming, PrincipalKind};
use crate::text::place::Text;

/// Most bytes of a value of a policy of OSS (OSS: 0030-00000003).
const MOST_OF_A_VALUE: usize = 4095;

impl<L: Copy> Check<'_, L> {
    /// Checks a statement of a policy that is kept with a resource.
    pub(super) fn kept(&mut self, statement: &Statement<L>, kind: ResourceKind) {
        let rules = kind.rules();
        for principals in statement.named() {
            self.named(statement, principals, kind);
        }
        self.effects(statement, rules);
        self.own_resources(statement, rules);
        if rules.refuses_runs {
            self.values_of_oss(statement);
        }
        if rules.pairs_source_ip {
            self.source_ip(statement);
        }
        if rules.wildcards_at_ends {
            self.wildcards_inside(statement);
        }
    }

    fn named(&mut self, statement: &Statement<L>, principals: &Principals<L>, kind: ResourceKind) {
        let rules = kind.rules();
        let name = self.kind.rules().name;
        match (principals, rules.naming) {
            (Principals::Listed(values), Naming::Listed { takes_text, names_sessions }) => {
                if values.items.is_empty() {
                    let message = "an empty list of principals means everybody, write `[\"*\"]` if they are meant";
                    self.report.add(values.at, Rule::EmptyPrincipal, message);
                }
                if values.shape == Shape::One && !takes_text {
                    let message =
                        format!("{name} has a list of principals, put `[` and `]` around it");
                    self.report.add(values.at, Rule::Principal, message);
                }
                for value in &values.items {
                    if let Some(wrong) = wrong_number(&value.value, names_sessions) {
                        let message = format!("the principal `{}` {wrong}", value.value);
                        self.report.add(value.at, Rule::Principal, message);
                    }
                    if value.value == "*" {
                        self.everybody(statement, value, kind);
                    }
                }
            }
            (Principals::ByType(groups), Naming::Ram) => {
                for group in groups {
                    for value in &group.values.items {
                        if let Some(wrong) = wrong_arn(group.kind, &value.value) {
                            let message = format!("the principal `{}` {wrong}", value.value);
                            self.report.add(value.at, Rule::Principal, message);
                        }
                    }
                }
            }
            (Principals::Listed(values), Naming::Ram) => {
                let message = format!("{name} names principals as `{{\"RAM\": [...]}}`");
                self.report.add(values.at, Rule::Principal, message);
            }
            (Principals::ByType(groups), Naming::Listed { .. }) => {
                let message = format!(
                    "{name} has a list of the numbers of accounts and users, not an object"
                );
                if let Some(group) = groups.first() {
                    self.report.add(group.at, Rule::Principal, message);
                }
            }
        }
        let mut seen = BTreeSet::new();
        for value in principals.texts() {
            if !seen.insert(value.value.as_str()) {
                let message = format!("the principal `{}` appears here twice", value.value);
                self.report.add(value.at, Rule::DuplicatePrincipal, message);
            }
        }
    }

    /// Reports what is given to everybody. What only narrows gives nothing.
    fn everybody(&mut self, statement: &Statement<L>, value: &Text<L>, kind: ResourceKind) {
        let is_conditional = statement.conditions().next().is_some();
        if statement.effect() == Some(Effect::Allow)
            && !is_conditional
            && kind == ResourceKind::Bucket
        {
            let message =
                "everybody is let in, anonymous callers too; name who is meant, or add a condition";
            self.report.add(value.at, Rule::Public, message);
        }
    }

    /// Reports actions that a policy of this kind has no effect for.
    fn effects(&mut self, statement: &Statement<L>, rules: &ResourceRules) {
        let Some((actions, negated)) = statement.actions() else { return };
        let Some(code) = rules.code.filter(|_| !negated) else { return };
        let kind = self.kind.rules().name;
        for action in &actions.items {
            let text = action.value.as_str();
            let Some((of, name)) = text.split_once(':') else {
                if text == "*" && !rules.takes_every_action {
                    let message = format!("{kind} is about `{code}` alone, write `{code}:*`");
                    self.report.add(action.at, Rule::IneffectiveAction, message);
                }
                continue;
            };
            if !covers_ignore_case(of, code) {
                let message =
                    format!("{kind} is about `{code}` alone, `{text}` has no effect in it");
                self.report.add(action.at, Rule::IneffectiveAction, message);
                continue;
            }
            let is_supported =
                |known: &&str| covers_name(known, name) || overlap_ignore_case(name, known);
            if !rules.supports.is_empty() && !rules.supports.iter().any(is_supported) {
                let message =
                    format!("KMS does not list `{text}` for {kind}, where it has no effect");
                self.report.add(action.at, Rule::IneffectiveAction, message);
            }
        }
    }

    /// Reports resources that a policy of this kind is not about.
    fn own_resources(&mut self, statement: &Statement<L>, rules: &ResourceRules) {
        let Some(resources) = statement.resources() else { return };
        let kind = self.kind.rules().name;
        for resource in &resources.items {
            let text = resource.value.as_str();
            let wrong = match rules.resources {
                Resources::ItselfAsStar if text != "*" => {
                    format!("{kind} has the resource `*` alone, which is the one it is kept with")
                }
                Resources::Under(start) if text != "*" => {
                    let Ok(Arn { relative_id: id, .. }) = Arn::split(text) else { continue };
                    let reaches = overlap_ignore_case(id, &format!("{start}*"));
                    if reaches {
                        continue;
                    }
                    format!("{kind} is about `{start}<name>`, `{text}` is something else")
                }
                Resources::Arns | Resources::Under(_) | Resources::ItselfAsStar => continue,
            };
            self.report.add(resource.at, Rule::UselessResource, wrong);
        }
    }

    /// Reports what OSS refuses in a value.
    fn values_of_oss(&mut self, statement: &Statement<L>) {
        let resources = statement.resources().into_iter().flat_map(|values| &values.items);
        let keys = statement.conditions().flat_map(|condition| &condition.keys);
        for text in resources.chain(keys.flat_map(|key| &key.values.items)) {
            if text.value.contains("**") {
                let message = format!("`{}` has a run of `*`, write one", text.value);
                self.report.add(text.at, Rule::StarRun, message);
            }
            if text.value.len() > MOST_OF_A_VALUE {
                let message = format!(
                    "the value has {} bytes, OSS takes at most {MOST_OF_A_VALUE}",
                    text.value.len()
                );
                self.report.add(text.at, Rule::TooLong, message);
            }
        }
    }

    fn source_ip(&mut self, statement: &Statement<L>) {
        let keys = || statement.conditions().flat_map(|condition| &condition.keys);
        let has_vpc = keys().any(|key| key.key.value == "acs:SourceVpc");
        let alone = keys().find(|key| key.key.value == "acs:SourceIp").filter(|_| !has_vpc);
        if let Some(key) = alone {
            let message = "`acs:SourceIp` needs `acs:SourceVpc` beside it; for public addresses, `StringNotLike` with `vpc-*`";
            self.report.add(key.key.at, Rule::SourceIpAlone, message);
        }
    }

    /// Reports wildcards where Tablestore does not read them.
    fn wildcards_inside(&mut self, statement: &Statement<L>) {
        let is_inside = |field: &str| {
            let middle = field.strip_prefix('*').unwrap_or(field);
            is_wild(middle.strip_suffix('*').unwrap_or(middle))
        };
        let actions = statement.actions().into_iter().flat_map(|(actions, _)| &actions.items);
        let resources = statement.resources().into_iter().flat_map(|values| &values.items);
        for text in actions.chain(resources) {
            if text.value.split(':').any(is_inside) {
                let message = format!(
                    "`{}` has a wildcard inside a part; Tablestore reads one at the start or the end",
                    text.value
                );
                self.report.add(text.at, Rule::WildcardInside, message);
            }
        }
    }
}

/// What is wrong with a text of a list of principals.
fn wrong_number(text: &str, names_sessions: bool) -> Option<String> {
    if text == "*" || is_account(text) {
        return None;
    }
    if let Some(session) = text.strip_prefix("arn:sts::") {
        let has_form = session.split_once(':').is_some_and(|(account, rest)| {
            (account == "*" || is_account(account)) && rest.split('/').count() == 3
        });
        return match (names_sessions, has_form) {
            (true, true) => None,
            (true, false) => {
                Some(String::from("is not `arn:sts::<account>:assumed-role/<role>/<session>`"))
            }
            (false, _) => Some(String::from("names a role session, which no page shows here")),
        };
    }
    Some(if text.starts_with("acs:ram:") {
        String::from("is an ARN, which no page shows here; write the number of the account or user")
    } else {
        String::from("is not the number of an account or user, or `*`")
    })
}

/// What is wrong with a principal of a policy of KMS.
fn wrong_arn(kind: PrincipalKind, text: &str) -> Option<String> {
    if kind != PrincipalKind::Ram {
        return Some(format!("is of type `{}`, which no page shows here", kind.name()));
    }
    let Ok(Arn { service, region, account, relative_id: id }) = Arn::split(text) else {
        return Some(String::from("is not an ARN, as `acs:ram::<account>:role/<name>`"));
    };
    let is_named = id.split_once('/').is_some_and(|(of, name)| {
        matches!(of, "user" | "role") && !name.is_empty() && !is_wild(name)
    });
    let has_form = service == "ram" && region.is_empty() && is_account(account);
    (!has_form || !(id == "*" || is_named))
        .then(|| String::from("is not `acs:ram::<account>:*`, `:user/<name>` or `:role/<name>`"))
}
