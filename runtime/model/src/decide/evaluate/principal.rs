//! Who a trust policy names.

use crate::terms::arn::Arn;
use crate::terms::caller::Caller;
use crate::terms::effect::Effect;
use crate::terms::principal::PrincipalKind;

/// Whether a principal of a trust policy is the caller, or its whole account. The documents spell
/// role names in either case, so a denial ignores it.
#[must_use]
pub fn names(effect: Effect, kind: PrincipalKind, principal: &str, caller: Caller<'_>) -> bool {
    if effect == Effect::Deny && !is_documented(kind, principal) {
        return true;
    }
    match kind {
        PrincipalKind::Service => {
            return matches!(caller, Caller::Service { principal: asks } if asks == principal);
        }
        PrincipalKind::Federated => {
            return matches!(caller, Caller::Federated { provider } if provider == principal);
        }
        PrincipalKind::Ram => {}
    }
    let Ok(arn) = Arn::split(principal) else { return false };
    let Arn { service, region, account, relative_id: id } = arn;
    if service != "ram" || !region.is_empty() || caller.account() != Some(account) {
        return false;
    }
    match caller {
        _ if id == "root" => true,
        Caller::User { name, .. } => id.strip_prefix("user/") == Some(name),
        Caller::Role { name, .. } => id.strip_prefix("role/").is_some_and(|role| {
            role == name || (effect == Effect::Deny && role.eq_ignore_ascii_case(name))
        }),
        Caller::Root { .. }
        | Caller::Service { .. }
        | Caller::Federated { .. }
        | Caller::Anonymous => false,
    }
}

/// Whether RAM's documents have principals of this form; what they do not have may stand for anybody.
fn is_documented(kind: PrincipalKind, principal: &str) -> bool {
    if principal.contains(['*', '?']) {
        return false;
    }
    match kind {
        PrincipalKind::Service => true,
        PrincipalKind::Ram | PrincipalKind::Federated => Arn::split(principal).is_ok(),
    }
}
