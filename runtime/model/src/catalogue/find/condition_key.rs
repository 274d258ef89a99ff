//! What goes with a condition key: actions and operators.

use crate::catalogue::additions::KnownAction;
use crate::catalogue::condition_key::KnownKey;
use crate::catalogue::{self, ActionRow, ConditionKey, GLOBAL_KEYS, KeyType};
use crate::terms::family::Family;

/// Whether an action can fill a key, as far as the tables tell; `known` is the catalogue's row of
/// the key, if it has one.
///
/// RAM itself fills the `acs:` keys. Of the others, an action fills those its own row names; those
/// whose complete list of actions names it; and, where no complete list is known, those of its
/// service.
#[must_use]
pub fn can_fill(row: ActionRow, key: &str, known: Option<KnownKey<'_>>) -> bool {
    fills(KnownAction::Listed(row), key, known)
}

/// As [`can_fill`], for actions and keys as local additions leave them.
#[must_use]
pub(crate) fn fills(action: KnownAction<'_>, key: &str, known: Option<KnownKey<'_>>) -> bool {
    let code = code_of(key);
    if code == "acs" {
        return true;
    }
    let head = catalogue::tag_prefix(key).unwrap_or(key);
    if action.names_key(head) {
        return true;
    }
    match known {
        Some(known) if !known.filled_by.is_empty() => is_listed(action, known.filled_by),
        _ => action.code() == code,
    }
}

/// Whether a key is filled by all actions of its service, as far as the tables tell.
#[must_use]
pub(crate) const fn fills_by_code(known: Option<KnownKey<'_>>) -> bool {
    match known {
        Some(known) => known.filled_by.is_empty(),
        None => true,
    }
}

/// Whether an action that the catalogue does not have may fill a key: the `acs:` keys, and those of
/// its service unless their complete list of actions is known.
#[must_use]
pub fn can_fill_unlisted(code: &str, known: &ConditionKey) -> bool {
    match code_of(known.name) {
        "acs" => true,
        filling => filling == code && known.filled_by.is_empty(),
    }
}

/// The service whose actions fill a key.
#[must_use]
pub(crate) fn code_of(key: &str) -> &str {
    match key.split(':').next().unwrap_or("") {
        // Role single sign-on: the identity provider fills these when a role is assumed.
        "saml" | "oidc" => "sts",
        code => code,
    }
}

/// The actions a document says fill a key: the complete list where one is known, else those whose
/// own row names it.
pub fn fillers(key: &str) -> impl Iterator<Item = ActionRow> {
    let known = catalogue::find_key(key);
    let head = catalogue::tag_prefix(key).unwrap_or(key);
    super::actions().filter(move |row| match known {
        Some(known) if !known.filled_by.is_empty() => {
            is_listed(KnownAction::Listed(*row), known.filled_by)
        }
        _ => row.condition_keys().any(|named| named == head),
    })
}

/// Every key of the catalogue: those of no single service, then those of each.
pub fn keys() -> impl Iterator<Item = &'static ConditionKey> {
    GLOBAL_KEYS
        .iter()
        .chain(catalogue::services().flat_map(|service| service.table().condition_keys))
}

/// Whether a key's complete list names an action.
fn is_listed(action: KnownAction<'_>, filled_by: &[&str]) -> bool {
    filled_by.iter().any(|filler| {
        filler
            .split_once(':')
            .is_some_and(|(code, name)| code == action.code() && name == action.name())
    })
}

/// Whether operators fit a key of this name and type.
///
/// Services type their own keys loosely: Function Compute's samples compare a Boolean by
/// `StringEquals` (Function Compute: Policies and sample policies).
#[must_use]
pub fn operator_fits(operators: Family, key: &str, value_type: KeyType) -> bool {
    let Some(family) = value_type.family() else {
        return true;
    };
    let loose = matches!(
        (operators, family),
        (Family::String, Family::Boolean) | (Family::Boolean, Family::String)
    );
    operators == family || (loose && !key.starts_with("acs:"))
}

#[cfg(test)]
mod tests {
    use super::{can_fill, fillers};
    use crate::catalogue;
    use crate::catalogue::condition_key::KnownKey;

    #[test]
    fn tells_which_keys_go_with_which_actions() {
        for (action, key, can, does) in [
            ("ecs:RunCommand", "acs:SourceIp", true, false),
            ("ecs:RunCommand", "ecs:CommandRunAs", true, true),
            ("ecs:StopInstance", "ecs:CommandRunAs", false, false),
            ("ecs:StopInstance", "ecs:tag/owner", true, false),
            ("ecs:AttachClassicLinkVpc", "vpc:tag/owner", true, true),
            ("ecs:StopInstance", "vpc:tag/owner", false, false),
            ("sts:AssumeRoleWithSAML", "saml:recipient", true, false),
            ("ecs:StopInstance", "saml:recipient", false, false),
            ("ram:DeleteServiceLinkedRole", "ram:ServiceName", true, true),
            // The lists of services' keys have gaps.
            ("oss:GetObject", "oss:BrandNew", true, false),
        ] {
            let known = catalogue::find_key(key).map(KnownKey::of);
            let row = catalogue::find_action(action);
            let found = row.map(|row| can_fill(row, key, known));
            assert_eq!(found, Some(can), "{action} can fill {key}");
            let filled = fillers(key).any(|filler| Some(filler.id()) == row.map(|row| row.id()));
            assert_eq!(filled, does, "{action} fills {key}");
        }
    }
}
