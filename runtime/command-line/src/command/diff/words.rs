//! A difference in words.

use std::fmt::Write as _;

use ram_policy_model::Proof;
use ram_policy_model::catalogue::wildcards;
use ram_policy_model::catalogue::{ActionRow, find};

use super::changes::{Changes, Limits};
use crate::actions::full_name;
use crate::report::counted;

/// Most actions that are told by name; more are told by patterns.
const MOST_NAMES: usize = 12;

/// Most actions that are held against others of their services to find patterns for them.
const MOST_COMPARED: usize = 4_000;

/// Most requests that are shown; more of them hide what else differs.
const MOST_EXAMPLES: usize = 20;

/// The difference in words.
pub(super) fn told(changes: &Changes) -> String {
    let mut text = String::new();
    // The last three are about everything.
    let mut left = MOST_EXAMPLES - 3;
    let mut not_shown = 0;
    let count = |rows: &[ActionRow]| counted(rows.len(), "known action", "known actions");
    // Writing to a text cannot fail.
    for (rows, what) in [(&changes.more, "newly allowed"), (&changes.less, "no longer allowed")] {
        if !rows.is_empty() {
            let _ = writeln!(text, "{what}, {}:\n{}", count(rows), names(rows));
        }
    }
    for limits in &changes.others {
        let Limits { rows, before, after, within, without_loss } = limits;
        let how = kind(within, without_loss);
        let _ = writeln!(text, "allowed for {how} requests, {}:\n{}", count(rows), names(rows));
        for (sign, limits) in [('-', before), ('+', after)] {
            for limit in limits {
                let _ = writeln!(text, "    {sign} {limit}");
            }
        }
        let each = [("    newly allowed", within), ("    no longer allowed", without_loss)];
        for (what, proof) in each {
            match (proof, left.checked_sub(1)) {
                (Proof::No(_), None) => not_shown += 1,
                (Proof::No(_), Some(fewer)) => {
                    left = fewer;
                    shown(&mut text, what, proof);
                }
                (Proof::Yes | Proof::Unknown(_), _) => shown(&mut text, what, proof),
            }
        }
    }
    if not_shown > 0 {
        let requests = counted(not_shown, "more request", "more requests");
        let _ = writeln!(text, "{requests} that show a difference: see --format json");
    }
    if changes.is_same() {
        let _ = writeln!(text, "both allow the same requests");
    }
    shown(&mut text, "the new policy allows what the old one did not", &changes.within);
    shown(&mut text, "the old policy allowed what the new one does not", &changes.without_loss);
    shown(&mut text, "no longer denied", &changes.denies_all);
    for (sign, statements) in [('-', &changes.removed), ('+', &changes.added)] {
        for statement in statements {
            let _ = writeln!(text, "{sign} {statement}");
        }
    }
    text
}

/// How policies differ of which something is not known.
pub(super) fn as_far_as_known(
    within: &Proof,
    without_loss: &Proof,
    not_known: &[String],
) -> String {
    let mut text = String::new();
    // Writing to a text cannot fail.
    if within.is_yes() && without_loss.is_yes() {
        let _ = writeln!(text, "both allow the same requests, whatever the unknown parts contain");
    }
    shown(&mut text, "the new policy allows what the old one did not", within);
    shown(&mut text, "the old policy allowed what the new one does not", without_loss);
    for what in not_known {
        let _ = writeln!(text, "not known: {what}");
    }
    text
}

/// Whether requests of some actions are more, fewer or others than before.
pub(super) const fn kind(within: &Proof, without_loss: &Proof) -> &'static str {
    match (within, without_loss) {
        (Proof::No(_), Proof::Yes) => "more",
        (Proof::Yes, Proof::No(_)) => "fewer",
        (Proof::No(_), Proof::No(_)) => "other",
        (Proof::Yes, Proof::Yes) => "the same",
        (Proof::Unknown(_), _) | (_, Proof::Unknown(_)) => "perhaps other",
    }
}

/// A request that shows what is not so, or why that is not known.
fn shown(text: &mut String, what: &str, proof: &Proof) {
    let _ = match proof {
        Proof::Yes => Ok(()),
        Proof::No(request) => writeln!(text, "{what}, for example {request}"),
        Proof::Unknown(reason) => writeln!(text, "{what}, or not: {reason}"),
    };
}

/// Actions by name; many of them by service, by patterns where some are found soon.
fn names(rows: &[ActionRow]) -> String {
    let names = if rows.len() <= MOST_NAMES {
        rows.iter().map(|row| full_name(*row)).collect()
    } else {
        by_service(rows)
    };
    names.iter().map(|name| format!("  {name}")).collect::<Vec<String>>().join("\n")
}

/// The pattern of what the names of a service begin with, if it covers these actions and no others.
fn beginning(rows: &[ActionRow]) -> Option<String> {
    let (first, last) = (rows.first()?, rows.last()?);
    // They are in the order of their names.
    let both = first.name().char_indices().zip(last.name().chars());
    let ends = |((_, one), other): &((usize, char), char)| !one.eq_ignore_ascii_case(other);
    let end = both.clone().find(ends).map_or(both.count(), |((at, _), _)| at);
    let prefix = first.name().get(..end)?;
    let (from, to) = first.service().rows_with_prefix(prefix);
    let is_it = usize::from(to - from) == rows.len();
    is_it.then(|| format!("{}:{prefix}*", first.service().table().code))
}

fn by_service(rows: &[ActionRow]) -> Vec<String> {
    if rows.len() == find::actions().count() {
        return vec!["*".to_owned()];
    }
    let mut names = Vec::new();
    let mut left = MOST_COMPARED;
    for rows in rows.chunk_by(|left, right| left.id().service() == right.id().service()) {
        let Some(first) = rows.first() else { continue };
        let all = usize::from(first.service().len());
        if let Some(pattern) = beginning(rows) {
            names.push(pattern);
            continue;
        }
        let compared = if rows.len() == all { 0 } else { rows.len() * all };
        let patterns = if compared <= left {
            left -= compared;
            wildcards::fewest(rows).patterns
        } else {
            Vec::new()
        };
        if patterns.is_empty() || patterns.len() > MOST_NAMES {
            let (code, number) = (first.service().table().code, rows.len());
            names.push(format!("{code}: {number} of {all}, as {}", full_name(*first)));
        } else {
            names.extend(patterns);
        }
    }
    names
}
