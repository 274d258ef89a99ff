//! The actions a pattern covers.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::catalogue::pattern_runs::{covered_runs, pattern_runs};
use crate::catalogue::{self, ActionId, ActionRow};
use crate::terms::pattern::ActionPattern;

/// The actions of the catalogue that a classified pattern covers; one that several runs cover comes
/// once for each.
pub fn covered(pattern: &ActionPattern) -> impl Iterator<Item = ActionRow> + use<> {
    rows_of(pattern_runs(pattern))
}

/// The actions of the catalogue that one of several classified patterns covers, each once, in the
/// order of codes and names.
pub fn covered_by(patterns: &[ActionPattern]) -> impl Iterator<Item = ActionRow> + use<> {
    rows_of(covered_runs(patterns))
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
/// `None` for a text that is neither `*` nor `code:Name`, where both may have `*` and `?`.
#[must_use]
pub fn matching(text: &str) -> Option<impl Iterator<Item = ActionRow> + use<>> {
    let is_good = text == "*" || ActionPattern::mistake(text).is_none();
    is_good.then(|| covered(&ActionPattern::new(Cow::Owned(text.into()))))
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::String, vec::Vec};

    use super::matching;
    use crate::catalogue::find;

    fn names(pattern: &str) -> Option<Vec<String>> {
        let rows = matching(pattern)?;
        Some(rows.map(|row| format!("{}:{}", row.service().code, row.name())).collect())
    }

    #[test]
    fn covers_what_a_policy_would() {
        for (pattern, expected) in [
            ("ecs:StopInstance", &["ecs:StopInstance"][..]),
            ("ECS:stopinstanc?", &["ecs:StopInstance"]),
            ("ecs:Stop*s", &["ecs:StopInstances"]),
            ("?cs:StopInstance", &["ecs:StopInstance"]),
            ("sts:AssumeRole*", &["sts:AssumeRole", "sts:AssumeRoleWithSAML"]),
            ("ecs:NoSuch*", &[]),
            ("nosuch:*", &[]),
        ] {
            let found = names(pattern).unwrap_or_default();
            assert!(expected.iter().all(|name| found.iter().any(|one| one == name)), "{pattern}");
            let stem = |text: &str| text.replace(['*', '?'], "").to_ascii_lowercase().len();
            assert!(found.iter().all(|name| name.len() >= stem(pattern)), "{pattern}: {found:?}");
            assert_eq!(found.is_empty(), expected.is_empty(), "{pattern}: {found:?}");
        }
    }

    #[test]
    fn everything_is_every_service() {
        for pattern in ["*", "*:*", "**:*", "*:**"] {
            let found = names(pattern).map(|names| names.len());
            assert_eq!(found, Some(find::actions().count()), "{pattern}");
        }
    }

    #[test]
    fn a_malformed_pattern_covers_nothing() {
        for pattern in
            ["", "ecs", "ecs:", ":Stop*", "ecs:Stop:*", "ecs: Stop*", "ecs:{#x}", "e\u{4e2d}:*"]
        {
            assert_eq!(names(pattern), None, "{pattern:?}");
        }
    }
}
