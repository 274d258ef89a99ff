//! `diff`: what a new policy allows that the old one did not, and the reverse.
//!
//! Action by action: for every action of the catalogue the statements that name it are compared, by
//! effect, resources and conditions. Where these are the same, both policies decide the same. Where
//! they differ, the policies may still decide the same, when a limit is written in another way; so
//! this is told as another limit, never as more or less.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt::Write as _;

use clap::Args;
use ram_policy_model::Policy;
use ram_policy_model::catalogue::{self, ActionRow, ServiceEntry};
use ram_policy_model::lowered::{Document, Effect, Statement};
use serde::Serialize;

use super::expand::full_name;
use super::{Format, Kind};
use crate::describe::{self, limits};
use crate::failure::{Failure, usage};
use crate::load::{Loaded, load};
use crate::output;
use crate::report::counted;
use ram_policy_model::least::wildcards;

/// Most actions that are told by name; more are told by patterns.
const MOST_NAMES: usize = 12;

/// Compares two policies
///
/// Tells known actions that are newly allowed, no longer allowed, or named under other limits
/// (resources, conditions, denials). Actions that the catalogue does not have are told by the
/// statements that name them. The exit code is 0 unless --fail-on-more is given.
#[derive(Args)]
#[command(after_help = "Example: ram-policy diff old.json new.json --fail-on-more")]
pub(crate) struct Arguments {
    /// The old policy
    old: OsString,
    /// The new policy
    new: OsString,
    /// What the policies are attached to
    #[arg(long, value_enum, default_value_t = Kind::Auto)]
    kind: Kind,
    /// Exit code 1 unless the new policy surely allows no more: when an action is newly allowed or
    /// named under other limits, or a wildcard or an unknown action is newly allowed or no longer
    /// denied
    #[arg(long)]
    fail_on_more: bool,
    /// Text or JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How two policies differ.
#[derive(Debug, Serialize)]
struct Difference {
    /// Whether every known action is named by the same statements.
    same: bool,
    newly_allowed: Vec<String>,
    no_longer_allowed: Vec<String>,
    other_limits: Vec<Limits>,
    /// Statements of the old policy that the new one does not have, in one stable form.
    removed_statements: Vec<String>,
    /// Statements of the new policy that the old one does not have, in one stable form.
    added_statements: Vec<String>,
}

/// Actions that both policies allow in some way, with what each says about them.
#[derive(Debug, Serialize)]
struct Limits {
    actions: Vec<String>,
    before: Vec<String>,
    after: Vec<String>,
}

/// Compares.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let old = one(&arguments.old, arguments.kind)?;
    let new = one(&arguments.new, arguments.kind)?;
    if old.checked.kind != new.checked.kind {
        return Err(usage("the two are policies of different kinds"));
    }
    let (difference, text) = compare(&old.document, &new.document);
    match arguments.format {
        Format::Json => output::json(&difference)?,
        Format::Text => output::text(&text, None, false)?,
    }
    let more = !difference.newly_allowed.is_empty()
        || !difference.other_limits.is_empty()
        || may_allow_more(&old.document, &new.document);
    if arguments.fail_on_more && more { Err(Failure::Refused) } else { Ok(()) }
}

/// The one policy of a file, which is not about principals.
pub(super) fn one(file: &OsString, kind: Kind) -> Result<Loaded, Failure> {
    let loaded = load(std::slice::from_ref(file), None, kind)?;
    let shown = file.to_string_lossy();
    let [one] = <[Loaded; 1]>::try_from(loaded)
        .map_err(|found| usage(format!("`{shown}` has {} policies, not one", found.len())))?;
    if one.checked.kind == ram_policy_model::lowered::PolicyKind::Trust {
        return Err(usage("trust policies are about principals, which are not compared"));
    }
    Ok(one)
}

/// What a policy says about actions that the catalogue does not have: patterns of statements of an
/// effect, with their limits. A wildcard covers such actions, those to come.
fn unknown(document: &Document, effect: Effect) -> BTreeSet<(String, String)> {
    let mut unknown = BTreeSet::new();
    for statement in document.statements.iter().filter(|statement| statement.effect == effect) {
        let Some((actions, negated)) = statement.actions() else { continue };
        let patterns: BTreeSet<&str> = actions.items.iter().map(|item| &*item.text).collect();
        if negated {
            unknown.insert((limits(statement), format!("all but {patterns:?}")));
            continue;
        }
        let is_open =
            |text: &&str| text.contains(['*', '?']) || catalogue::find_action(text).is_none();
        let open = patterns.into_iter().filter(is_open);
        unknown.extend(open.map(|text| (limits(statement), text.to_owned())));
    }
    unknown
}

/// Whether the new policy may allow more of what the catalogue does not have.
fn may_allow_more(old: &Document, new: &Document) -> bool {
    let lacks = |these: &Document, those: &Document, effect| {
        !unknown(these, effect).is_subset(&unknown(those, effect))
    };
    lacks(new, old, Effect::Allow) || lacks(old, new, Effect::Deny)
}

/// A statement in one stable form.
fn stable(statement: &Statement) -> String {
    let document = Document {
        layout: ram_policy_model::lowered::Layout::VersionFirst,
        statements: vec![statement.clone()].into(),
    };
    let text = Policy::from_document(document).normalised().to_json();
    let inside = text.split_once("\"Statement\":[").map_or(text.as_str(), |(_, inside)| inside);
    inside.strip_suffix("]}").unwrap_or(inside).to_owned()
}

/// What a policy says about an action: for each statement that names it, effect and limits.
fn says(document: &Document) -> BTreeMap<u32, BTreeSet<String>> {
    let mut says: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for statement in document.statements.iter() {
        let limits = limits(statement);
        for row in describe::covered(statement) {
            says.entry(row.id().number()).or_default().insert(limits.clone());
        }
    }
    says
}

fn compare(old: &Document, new: &Document) -> (Difference, String) {
    let (before, after) = (says(old), says(new));
    let (allowed_before, allowed_after) = (describe::allowed(old), describe::allowed(new));
    let nothing = BTreeSet::new();
    let (mut more, mut less) = (Vec::new(), Vec::new());
    let mut others: Others<'_> = BTreeMap::new();
    let mut same = true;
    for row in catalogue::services().flat_map(ServiceEntry::actions) {
        let number = row.id().number();
        let said = before.get(&number).unwrap_or(&nothing);
        let says = after.get(&number).unwrap_or(&nothing);
        if said == says {
            continue;
        }
        same = false;
        match (allowed_before.contains(&number), allowed_after.contains(&number)) {
            (false, true) => more.push(row),
            (true, false) => less.push(row),
            (true, true) => others.entry((said, says)).or_default().push(row),
            // Neither allows it, whatever they say.
            (false, false) => {}
        }
    }
    let stable_all =
        |document: &Document| document.statements.iter().map(stable).collect::<Vec<String>>();
    let (olds, news) = (stable_all(old), stable_all(new));
    let lacking = |these: &[String], those: &[String]| {
        these.iter().filter(|text| !those.contains(text)).cloned().collect::<Vec<String>>()
    };
    let text = told(&more, &less, &others, (&lacking(&olds, &news), &lacking(&news, &olds)), same);
    let names = |rows: &[ActionRow]| rows.iter().map(|row| full_name(*row)).collect();
    let difference = Difference {
        same,
        newly_allowed: names(&more),
        no_longer_allowed: names(&less),
        other_limits: others
            .iter()
            .map(|((before, after), rows)| Limits {
                actions: names(rows),
                before: before.iter().cloned().collect(),
                after: after.iter().cloned().collect(),
            })
            .collect(),
        removed_statements: lacking(&olds, &news),
        added_statements: lacking(&news, &olds),
    };
    (difference, text)
}

type Others<'l> = BTreeMap<(&'l BTreeSet<String>, &'l BTreeSet<String>), Vec<ActionRow>>;

/// The difference in words.
fn told(
    more: &[ActionRow],
    less: &[ActionRow],
    others: &Others<'_>,
    (removed, added): (&[String], &[String]),
    same: bool,
) -> String {
    let mut text = String::new();
    let count = |rows: &[ActionRow]| counted(rows.len(), "known action", "known actions");
    // Writing to a text cannot fail.
    if !more.is_empty() {
        let _ = writeln!(text, "newly allowed, {}:\n{}", count(more), names(more));
    }
    if !less.is_empty() {
        let _ = writeln!(text, "no longer allowed, {}:\n{}", count(less), names(less));
    }
    for ((before, after), rows) in others {
        let _ = writeln!(text, "under other limits, {}:\n{}", count(rows), names(rows));
        for (sign, limits) in [('-', before), ('+', after)] {
            for limit in *limits {
                let _ = writeln!(text, "    {sign} {limit}");
            }
        }
    }
    if same {
        let _ = writeln!(text, "both decide the same for every known action");
    }
    for (sign, statements) in [('-', removed), ('+', added)] {
        for statement in statements {
            let _ = writeln!(text, "{sign} {statement}");
        }
    }
    text
}

/// Actions by name, many of them by patterns.
fn names(rows: &[ActionRow]) -> String {
    let names = if rows.len() <= MOST_NAMES {
        rows.iter().map(|row| full_name(*row)).collect()
    } else {
        wildcards::fewest(rows).patterns
    };
    names.iter().map(|name| format!("  {name}")).collect::<Vec<String>>().join("\n")
}
