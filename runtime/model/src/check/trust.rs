//! Checks trust policies: who may assume a role, and under which conditions (RAM: Edit the trust
//! policy of a RAM role).

use alloc::collections::BTreeSet;
use alloc::{format, string::String};

use super::action::Coverage;
use super::context::Check;
use crate::catalogue;
use crate::report::rule::Rule;
use crate::source::syntax::{KeyCondition, Principal, Statement};
use crate::terms::arn::Arn;
use crate::terms::characters::{is_account, is_code};
use crate::terms::effect::Effect;
use crate::terms::overlap::is_wild;
use crate::terms::principal::{ASSUME_ROLE, PrincipalKind, SESSION_ACTIONS};
use crate::text::place::Text;
use crate::text::suggest;

/// Where the console sends SAML assertions, for the international site and for China.
const SAML_RECIPIENTS: [&str; 2] =
    ["https://signin.alibabacloud.com/saml-role/sso", "https://signin.aliyun.com/saml-role/sso"];

impl<L: Copy> Check<'_, L> {
    /// Checks a statement of a trust policy.
    pub(super) fn trust(&mut self, statement: &Statement<L>) {
        if let Some((actions, negated)) = statement.actions() {
            if negated {
                self.report.add(
                    actions.at,
                    Rule::Trust,
                    format!("a trust policy names `{ASSUME_ROLE}`, it has no `NotAction`"),
                );
            }
            for action in &actions.items {
                let is_it = |known: &str| action.value.eq_ignore_ascii_case(known);
                if !is_it(ASSUME_ROLE) && !SESSION_ACTIONS.into_iter().any(is_it) {
                    let [identity, tags] = SESSION_ACTIONS;
                    let message = format!(
                        "a trust policy names `{ASSUME_ROLE}`, and beside it `{identity}` and `{tags}`, not `{}`",
                        action.value
                    );
                    self.report.add(action.at, Rule::Trust, message);
                }
            }
        }
        let mut seen = BTreeSet::new();
        for principal in statement.principals() {
            for value in &principal.values.items {
                self.principal(principal.kind, value);
                if !seen.insert(value.value.as_str()) {
                    let message = format!("the principal `{}` appears here twice", value.value);
                    self.report.add(value.at, Rule::DuplicatePrincipal, message);
                }
                let conditional = statement.conditions().next().is_some();
                if !conditional && value.value.ends_with(":root") && allows(statement) {
                    let message = "every user and role of the account is trusted; name those that are meant, or add a condition";
                    self.report.add(value.at, Rule::TrustOfWholeAccount, message);
                }
            }
            if principal.kind == PrincipalKind::Federated {
                self.federated(statement, principal);
            }
        }
        // Every key of a role's trust comes with `sts:AssumeRole`.
        self.conditions(statement, &Coverage::of_anything());
    }
}

fn allows<L>(statement: &Statement<L>) -> bool {
    statement.effect() == Some(Effect::Allow)
}

impl<L: Copy> Check<'_, L> {
    /// Checks the form of one principal.
    fn principal(&mut self, kind: PrincipalKind, principal: &Text<L>) {
        let text = principal.value.as_str();
        if text.is_empty() {
            self.report.add(principal.at, Rule::EmptyText, "a principal is empty");
            return;
        }
        if kind == PrincipalKind::Service {
            // The service of another account is written `<account>@<service>` (SLS: data delivery
            // across accounts).
            let name = match text.split_once('@') {
                Some((account, name)) if is_account(account) => name,
                _ => text,
            };
            if let Some(message) = malformed_service(name) {
                self.report.add(principal.at, Rule::Trust, message);
            }
            return;
        }
        let Some(plain) = self.plain_arn(principal) else { return };
        let types: &[&str] = match kind {
            PrincipalKind::Federated => &["saml-provider/", "oidc-provider/"],
            PrincipalKind::Ram | PrincipalKind::Service => &["user/", "role/"],
        };
        let Ok(Arn { service, region, account, relative_id }) = Arn::split(&plain) else {
            let message = format!(
                "the principal `{text}` is not an ARN, as `acs:ram::1234567890123456:root`"
            );
            self.report.add(principal.at, Rule::Trust, message);
            return;
        };
        let names_one = types
            .iter()
            .any(|kind| relative_id.strip_prefix(kind).is_some_and(|name| !name.is_empty()))
            || (kind == PrincipalKind::Ram && relative_id == "root");
        let wrong = if is_wild(text) {
            Some("a principal has no wildcards".into())
        } else if service != "ram" {
            Some(format!("a principal is of `ram`, not of `{service}`"))
        } else if !region.is_empty() {
            Some(
                "the region of a principal is empty, as in `acs:ram::1234567890123456:root`".into(),
            )
        } else if !is_account(account) {
            Some("the account of a principal is its number".into())
        } else if !names_one {
            Some(match kind {
                PrincipalKind::Federated => {
                    "a federated principal is `saml-provider/<name>` or `oidc-provider/<name>`"
                        .into()
                }
                PrincipalKind::Ram | PrincipalKind::Service => {
                    String::from("a RAM principal is `root`, `user/<name>` or `role/<name>`")
                }
            })
        } else {
            None
        };
        if let Some(wrong) = wrong {
            self.report.add(
                principal.at,
                Rule::Trust,
                format!("the principal `{text}` is wrong: {wrong}"),
            );
        }
    }
}

/// What is wrong with a service's name, which is that of one known or of its form.
#[must_use]
pub fn malformed_service(name: &str) -> Option<String> {
    let well_formed =
        name.strip_suffix(".aliyuncs.com").is_some_and(|labels| labels.split('.').all(is_code));
    if !well_formed {
        return Some(format!(
            "the service `{name}` is not `<code>.aliyuncs.com` or `<feature>.<code>.aliyuncs.com` in lower case"
        ));
    }
    let known = catalogue::SERVICE_PRINCIPALS;
    if known.iter().any(|known| known.principal == name) {
        return None;
    }
    // Many services are in no list; only a slip of a long known name is reported.
    let slip = known
        .iter()
        .filter(|known| known.principal.len() > "1234.aliyuncs.com".len())
        .find(|known| suggest::distance(known.principal, name, 1).is_some())?;
    Some(format!("unknown service `{name}`, did you mean `{}`?", slip.principal))
}

impl<L: Copy> Check<'_, L> {
    /// Single sign-on needs to say where the assertion comes from (RAM: Create a RAM role for a trusted
    /// IdP).
    fn federated(&mut self, statement: &Statement<L>, principal: &Principal<L>) {
        let report = &mut self.report;
        let is_oidc =
            principal.values.items.iter().any(|value| value.value.contains(":oidc-provider/"));
        let is_saml =
            principal.values.items.iter().any(|value| value.value.contains(":saml-provider/"));
        let mut needs = |key: &str, example: &str| {
            let under_equals = statement
                .conditions()
                .filter(|condition| condition.operator.value == "StringEquals")
                .flat_map(|condition| &condition.keys)
                .any(|condition| condition.key.value == key);
            if !under_equals {
                report.add(
                    principal.at,
                    Rule::Trust,
                    format!("a federated principal needs `StringEquals` on `{key}`, {example}"),
                );
            }
        };
        if is_saml {
            needs("saml:recipient", "as `https://signin.alibabacloud.com/saml-role/sso`");
        }
        if is_oidc {
            needs("oidc:iss", "the issuer of the identity provider");
            let mut keys = statement.conditions().flat_map(|condition| &condition.keys);
            let narrows = |condition: &KeyCondition<L>| {
                let any = |value: &Text<L>| value.value.chars().all(|c| c == '*');
                matches!(condition.key.value.as_str(), "oidc:aud" | "oidc:sub")
                    && !condition.values.items.iter().any(any)
            };
            if allows(statement) && !keys.any(narrows) {
                let message = "every token of the identity provider is trusted; compare `oidc:aud` or `oidc:sub`";
                report.add(principal.at, Rule::OidcWithoutAudience, message);
            }
        }
        let recipients = statement
            .conditions()
            .flat_map(|condition| &condition.keys)
            .filter(|condition| condition.key.value == "saml:recipient")
            .flat_map(|condition| &condition.values.items);
        for recipient in recipients {
            if !SAML_RECIPIENTS.contains(&recipient.value.as_str()) {
                let [international, china] = SAML_RECIPIENTS;
                let message = format!(
                    "`saml:recipient` is `{international}` or `{china}`, not `{}`",
                    recipient.value
                );
                report.add(recipient.at, Rule::Trust, message);
            }
        }
    }
}
