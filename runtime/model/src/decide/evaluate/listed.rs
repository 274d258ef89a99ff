//! Whom the principals of a policy that is kept with a resource mean: numbers of accounts and users,
//! role sessions, and ARNs.
//!
//! What no document says is not known: it is denied and not allowed.

use super::principal::names;
use super::truth::Truth;
use crate::terms::arn::Arn;
use crate::terms::caller::{Asker, Caller};
use crate::terms::effect::Effect;
use crate::terms::glob::Pattern;
use crate::terms::kind::ResourceKind;
use crate::terms::principal::{Naming, PrincipalKind};

/// Whether a statement that names nobody means who asks.
#[must_use]
pub fn names_nobody(
    kind: ResourceKind,
    asker: Asker<'_>,
    owns: bool,
    is_unconditional: bool,
) -> Truth {
    if kind.rules().may_name_nobody {
        everybody(kind, asker, owns, is_unconditional)
    } else {
        Truth::Unknown
    }
}

/// Whether a list of principals means who asks; an empty one means everybody (OSS: Authorization syntax
/// and elements).
#[must_use]
pub fn names_listed<'t>(
    kind: ResourceKind,
    texts: impl Iterator<Item = &'t str>,
    asker: Asker<'_>,
    owns: bool,
    is_unconditional: bool,
) -> Truth {
    let Naming::Listed { names_sessions, .. } = kind.rules().naming else {
        // No document has a list here.
        return Truth::Unknown;
    };
    let everybody = everybody(kind, asker, owns, is_unconditional);
    let mut is_empty = true;
    let found = texts.fold(Truth::No, |so_far, text| {
        is_empty = false;
        let one = if text == "*" { everybody } else { listed(text, asker, names_sessions) };
        so_far.or(one)
    });
    if is_empty { everybody } else { found }
}

/// Whether principals by type mean who asks. No document has services and identity providers in the
/// policies of keys.
#[must_use]
pub fn names_by_type<'t>(
    kind: ResourceKind,
    mut texts: impl Iterator<Item = (PrincipalKind, &'t str)>,
    asker: Asker<'_>,
) -> Truth {
    match kind.rules().naming {
        Naming::Ram => texts.fold(Truth::No, |so_far, (kind, text)| {
            so_far.or(match kind {
                PrincipalKind::Ram => ram(text, asker),
                PrincipalKind::Service | PrincipalKind::Federated => {
                    let is_it = names(Effect::Allow, kind, text, asker.caller());
                    if is_it { Truth::Unknown } else { Truth::No }
                }
            })
        }),
        // No document has an object here; one that names nobody means nobody.
        Naming::Listed { .. } => {
            if texts.next().is_some() {
                Truth::Unknown
            } else {
                Truth::No
            }
        }
    }
}

/// Whether a statement that names everybody means who asks: not the owner of the resource itself, where
/// the kind spares the owner and the statement has no condition.
fn everybody(kind: ResourceKind, asker: Asker<'_>, owns: bool, is_unconditional: bool) -> Truth {
    let is_owner = owns && matches!(asker.caller(), Caller::Root { .. });
    exactly(!(kind.rules().spares_owner && is_unconditional && is_owner))
}

/// Whether a text of a list of principals, beside `*`, means who asks.
///
/// - The number of an account means its owner; whether it means the users and roles of the account too
///   is not documented.
/// - The number of a user means that user. No document has the number of a role here.
/// - `arn:sts::<account>:assumed-role/<role>/<session>` means role sessions, where the kind has them;
///   `*` stands for any part (OSS: Bucket Policy Examples).
fn listed(text: &str, asker: Asker<'_>, names_sessions: bool) -> Truth {
    let caller = asker.caller();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return numbered(text, asker);
    }
    let Some(session) = text.strip_prefix("arn:sts::") else { return Truth::Unknown };
    let Caller::Role { account, name } = caller else { return Truth::No };
    if !names_sessions || session.contains('?') {
        return Truth::Unknown;
    }
    let Some((of_account, rest)) = session.split_once(':') else { return Truth::Unknown };
    let mut parts = rest.split('/');
    let [Some(kind), Some(role), Some(of_session), None] = [(); 4].map(|()| parts.next()) else {
        return Truth::Unknown;
    };
    let role = match matches(role, name) {
        Truth::No if pattern(role).matches_ignore_case(name) => Truth::Unknown,
        known @ (Truth::Yes | Truth::No | Truth::Unknown) => known,
    };
    let of_session = match asker.session_name() {
        Some(session) => matches(of_session, session),
        None if of_session == "*" => Truth::Yes,
        None => Truth::Unknown,
    };
    matches(of_account, account).and(matches(kind, "assumed-role")).and(role).and(of_session)
}

fn numbered(number: &str, asker: Asker<'_>) -> Truth {
    let caller = asker.caller();
    match caller {
        Caller::Root { account } => exactly(account == number),
        Caller::User { account, .. } if account == number => Truth::Unknown,
        Caller::User { .. } => match asker.user_id() {
            Some(id) => exactly(id == number),
            None => Truth::Unknown,
        },
        Caller::Role { account, .. } if account == number => Truth::Unknown,
        Caller::Role { .. }
        | Caller::Service { .. }
        | Caller::Federated { .. }
        | Caller::Anonymous => Truth::No,
    }
}

/// Whether the ARN of a policy of KMS means who asks: `acs:ram::<account>:*` an account,
/// `...:user/<name>` a user, `...:role/<name>` a role (KMS: `SetKeyPolicy`).
///
/// That a role's name is spelt in another case, that an account stands for its owner, and every other
/// form, is not documented.
fn ram(text: &str, asker: Asker<'_>) -> Truth {
    let caller = asker.caller();
    let Ok(Arn { service, region, account, relative_id: id }) = Arn::split(text) else {
        return Truth::Unknown;
    };
    let is_wild = |part: &str| part.contains(['*', '?']);
    if service != "ram" || !region.is_empty() || is_wild(account) || (id != "*" && is_wild(id)) {
        return Truth::Unknown;
    }
    if caller.account() != Some(account) {
        return Truth::No;
    }
    match (caller, id.split_once('/')) {
        (Caller::User { .. } | Caller::Role { .. }, None) if id == "*" => Truth::Yes,
        (Caller::User { name, .. }, Some(("user", user))) => exactly(user == name),
        (Caller::Role { name, .. }, Some(("role", role))) if role == name => Truth::Yes,
        (Caller::Role { name, .. }, Some(("role", role))) if role.eq_ignore_ascii_case(name) => {
            Truth::Unknown
        }
        (_, Some(("user" | "role", _))) => Truth::No,
        _ => Truth::Unknown,
    }
}

fn matches(text: &str, name: &str) -> Truth {
    exactly(pattern(text).matches(name))
}

fn pattern(text: &str) -> Pattern<'_> {
    Pattern::General(text)
}

const fn exactly(is_it: bool) -> Truth {
    if is_it { Truth::Yes } else { Truth::No }
}
