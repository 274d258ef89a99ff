//! Checks a role as its author declares it.

use alloc::{format, string::String};

use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::syntax;
use crate::text::place::Text;
use crate::{catalogue, check};

/// The condition key that a service-linked role is made and deleted under.
pub(crate) const SERVICE_NAME: &str = "ram:ServiceName";

const ROLE_PREFIX: &str = "AliyunServiceRoleFor";
const POLICY_PREFIX: &str = "AliyunServiceRolePolicyFor";
/// RAM: Limits.
const MAX_ROLE_NAME: usize = 64;
/// RAM: Limits.
const MAX_POLICY_NAME: usize = 128;

/// A role as its author declares it.
#[derive(Debug, Clone)]
pub struct Declaration<L> {
    /// Place for what is missing.
    pub at: L,
    /// The role's name.
    pub name: Text<L>,
    /// The name of its policy.
    pub policy_name: Text<L>,
    /// The service that may assume it; `None` when no document names one.
    pub service: Option<Text<L>>,
    /// What it may do.
    pub permissions: syntax::Policy<L>,
}

/// Reports what is wrong with a role but its permissions.
pub fn check<L: Copy>(role: &Declaration<L>, report: &mut Report<L>) {
    let mut wrong = |at: L, message: String| report.add(at, Rule::ServiceLinkedRole, message);
    let name = role.name.value.as_str();
    let purpose = name.strip_prefix(ROLE_PREFIX).filter(|purpose| !purpose.is_empty());
    if purpose.is_none() {
        wrong(role.name.at, format!("the role `{name}` is not named `{ROLE_PREFIX}<Purpose>`"));
    }
    if name.len() > MAX_ROLE_NAME {
        wrong(
            role.name.at,
            format!(
                "the role name has {} characters, at most {MAX_ROLE_NAME} are allowed",
                name.len()
            ),
        );
    }
    // A suffix of the user's own follows an underscore.
    let purpose = purpose.map(|purpose| purpose.split('_').next().unwrap_or(purpose));
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if !name.chars().all(plain) {
        wrong(
            role.name.at,
            format!(
                "the role name `{name}` has other characters than letters, digits, `.`, `-`, `_`"
            ),
        );
    }
    let policy_name = role.policy_name.value.as_str();
    if let Some(purpose) = purpose
        && policy_name.strip_prefix(POLICY_PREFIX) != Some(purpose)
    {
        wrong(
            role.policy_name.at,
            format!(
                "the policy of `{name}` is named `{POLICY_PREFIX}{purpose}`, not `{policy_name}`"
            ),
        );
    }
    if policy_name.len() > MAX_POLICY_NAME {
        wrong(
            role.policy_name.at,
            format!(
                "the policy name has {} characters, at most {MAX_POLICY_NAME} are allowed",
                policy_name.len()
            ),
        );
    }
    if let Some(service) = &role.service {
        check_service(service, purpose.is_some().then_some(name), &mut wrong);
    }
    for statement in &role.permissions.statements {
        for value in service_names(statement) {
            match &role.service {
                Some(service) if service.value != value.value => wrong(
                    value.at,
                    format!(
                        "the role trusts `{}`, but this condition names `{}`",
                        service.value, value.value
                    ),
                ),
                None => wrong(
                    value.at,
                    format!(
                        "the role declares no service, but this condition names `{}`",
                        value.value
                    ),
                ),
                Some(_) => {}
            }
        }
    }
}

fn check_service<L: Copy>(
    service: &Text<L>,
    role: Option<&str>,
    wrong: &mut impl FnMut(L, String),
) {
    let name = service.value.as_str();
    if let Some(message) = check::malformed_service(name) {
        wrong(service.at, message);
        return;
    }
    let known = catalogue::SERVICE_PRINCIPALS.iter().find(|known| known.principal == name);
    if let Some(known) = known
        && !known.role.is_empty()
        && role.is_some_and(|role| !role.starts_with(known.role))
    {
        wrong(service.at, format!("the role that trusts `{name}` is `{}`", known.role));
    }
}

/// The values a statement compares `ram:ServiceName` with.
fn service_names<L>(statement: &syntax::Statement<L>) -> impl Iterator<Item = &Text<L>> {
    statement
        .conditions()
        .flat_map(|condition| &condition.keys)
        .filter(|key| key.key.value == SERVICE_NAME)
        .flat_map(|key| &key.values.items)
}
