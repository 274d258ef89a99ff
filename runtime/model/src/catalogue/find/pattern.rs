//! The actions a pattern covers.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::catalogue::{self, ActionId, ActionRow};
use crate::check;
use crate::decide::dispatch;
use crate::document::{ActionPattern, classify};
use crate::request::RequestError;

/// The actions of the catalogue that a classified pattern covers; one that several runs cover comes
/// once for each.
pub fn covered(pattern: &ActionPattern) -> impl Iterator<Item = ActionRow> + use<> {
    rows_of(dispatch::pattern_runs(pattern))
}

/// The actions of the catalogue that one of several classified patterns covers, each once, in the
/// order of codes and names.
pub fn covered_by(patterns: &[ActionPattern]) -> impl Iterator<Item = ActionRow> + use<> {
    rows_of(dispatch::covered_runs(patterns))
}

fn rows_of(runs: Vec<(u32, u32)>) -> impl Iterator<Item = ActionRow> {
    runs.into_iter().flat_map(|(first, last)| {
        let (first, last) = (ActionId::from_number(first), ActionId::from_number(last));
        // A run is one of a service, or of all services.
        (first.service()..=last.service()).map_while(catalogue::service).flat_map(move |service| {
            let start = if service.index() == first.service() { first.row() } else { 0 };
            let end = if service.index() == last.service() { last.row() } else { u16::MAX };
            let end = service.len().min(end.saturating_add(1));
            (start..end).filter_map(move |row| service.row(row))
        })
    })
}

/// The actions of the catalogue that an `Action` element of a policy with this text covers.
///
/// # Errors
///
/// The text is neither `*` nor `code:Name`, where both may have `*` and `?`.
pub fn matching(text: &str) -> Result<impl Iterator<Item = ActionRow> + use<>, RequestError> {
    if text != "*" && check::malformed_action(text).is_some() {
        return Err(RequestError::MalformedAction);
    }
    Ok(covered(&classify::action(Cow::Owned(text.into()))))
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::String, vec::Vec};

    use super::matching;
    use crate::catalogue::find;
    use crate::request::RequestError;

    fn names(pattern: &str) -> Result<Vec<String>, RequestError> {
        let rows = matching(pattern)?;
        Ok(rows.map(|row| format!("{}:{}", row.service().code, row.name())).collect())
    }

    #[test]
    fn covers_what_a_policy_would() -> Result<(), RequestError> {
        for (pattern, expected) in [
            ("ecs:StopInstance", &["ecs:StopInstance"][..]),
            ("ECS:stopinstanc?", &["ecs:StopInstance"]),
            ("ecs:Stop*s", &["ecs:StopInstances"]),
            ("?cs:StopInstance", &["ecs:StopInstance"]),
            ("sts:AssumeRole*", &["sts:AssumeRole", "sts:AssumeRoleWithSAML"]),
            ("ecs:NoSuch*", &[]),
            ("nosuch:*", &[]),
        ] {
            let found = names(pattern)?;
            assert!(expected.iter().all(|name| found.iter().any(|one| one == name)), "{pattern}");
            let stem = |text: &str| text.replace(['*', '?'], "").to_ascii_lowercase().len();
            assert!(found.iter().all(|name| name.len() >= stem(pattern)), "{pattern}: {found:?}");
            assert_eq!(found.is_empty(), expected.is_empty(), "{pattern}: {found:?}");
        }
        Ok(())
    }

    #[test]
    fn everything_is_every_service() -> Result<(), RequestError> {
        for pattern in ["*", "*:*", "**:*", "*:**"] {
            assert_eq!(names(pattern)?.len(), find::actions().count(), "{pattern}");
        }
        Ok(())
    }

    #[test]
    fn a_malformed_pattern_is_an_error() {
        for pattern in
            ["", "ecs", "ecs:", ":Stop*", "ecs:Stop:*", "ecs: Stop*", "ecs:{#x}", "e\u{4e2d}:*"]
        {
            assert_eq!(names(pattern), Err(RequestError::MalformedAction), "{pattern:?}");
        }
    }
}
