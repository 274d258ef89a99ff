//! `diff`: what a new policy allows that the old one did not, and the reverse.
//!
//! For every action of the catalogue the statements that name it are compared, by effect, resources
//! and conditions. Where they differ, and for every request at once, a proof decides; a request
//! shows each difference.

mod changes;
mod words;

use std::ffi::OsString;

use clap::Args;
use ram_policy_model::Proof;
use ram_policy_model::catalogue::ActionRow;
use serde::Serialize;

use self::changes::Changes;
use crate::actions::full_name;
use crate::answer::Answer;
use crate::arguments::{Format, Kind, Select};
use crate::failure::{Failure, usage};
use crate::one_policy::one;
use crate::output;
use crate::policies::{Loaded, Wanted};

/// Compares two policies, for every request
///
/// Reports known actions that are newly allowed, no longer allowed, or allowed for more, fewer or other
/// requests, each with a request that shows it. What the catalogue does not have yet is compared too.
/// Of policies with unknown parts it reports what is true whatever these contain. The exit code is 0, or 1
/// where the answer depends on an unknown part, and as --fail-on-more says.
#[derive(Args)]
#[command(after_help = "Example: ram-policy diff old.json new.json --fail-on-more")]
pub(crate) struct Arguments {
    /// The old policy
    old: OsString,
    /// The new policy
    new: OsString,
    #[command(flatten)]
    select: Select,
    /// The name in the file of the new policy, where it has another one there
    #[arg(long, value_name = "NAME")]
    select_new: Option<String>,
    /// What the policies are attached to
    #[arg(long, value_enum, default_value_t = Kind::Auto)]
    kind: Kind,
    /// Exit code 1 unless it is proved that the new policy allows no more and denies no less
    #[arg(long)]
    fail_on_more: bool,
    /// Text or JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How two policies differ.
#[derive(Debug, Serialize)]
struct Difference {
    /// Whether both allow the same requests.
    same: bool,
    newly_allowed: Vec<String>,
    no_longer_allowed: Vec<String>,
    other_limits: Vec<Limits>,
    /// Whether the new policy is within the old one; the counterexample is newly allowed.
    new_within_old: Answer,
    /// Whether the old policy is within the new one; the counterexample is no longer allowed.
    old_within_new: Answer,
    /// Whether the new policy denies what the old one denies; the counterexample is no longer denied.
    denials_kept: Answer,
    /// Statements of the old policy that the new one does not have, in one stable form.
    removed_statements: Vec<String>,
    /// Statements of the new policy that the old one does not have, in one stable form.
    added_statements: Vec<String>,
}

/// Actions that both policies allow in some way, with what each says about them.
#[derive(Debug, Serialize)]
struct Limits {
    actions: Vec<String>,
    /// `more`, `fewer` or `other`; `perhaps other` where it is not known.
    requests: &'static str,
    before: Vec<String>,
    after: Vec<String>,
    new_within_old: Answer,
    old_within_new: Answer,
}

/// Compares.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let wanted = |select| Wanted {
        kind: arguments.kind,
        select,
        variables: arguments.select.variables(),
        ..Wanted::default()
    };
    let select = arguments.select.name();
    let old = one(&arguments.old, &wanted(select))?;
    let new = one(&arguments.new, &wanted(arguments.select_new.as_deref().or(select)))?;
    if old.checked.kind != new.checked.kind {
        return Err(usage("the two are policies of different kinds"));
    }
    if old.unknown().is_some() || new.unknown().is_some() {
        return as_far_as_known(arguments, &old, &new);
    }
    let changes = Changes::of(old.document()?, new.document()?);
    match arguments.format {
        Format::Json => output::json(&difference(&changes)?)?,
        Format::Text => output::text(&words::told(&changes))?,
    }
    if arguments.fail_on_more && !changes.is_no_more() { Err(Failure::Refused) } else { Ok(()) }
}

/// How two policies differ whatever the unknown parts of them contain. Single actions and denials are not
/// compared: what they are may depend on these parts.
#[derive(Debug, Serialize)]
struct OpenDifference {
    /// Whether both allow the same requests.
    same: bool,
    /// As in [`Difference`].
    new_within_old: Answer,
    old_within_new: Answer,
    /// What is not known of the policies.
    not_known: Vec<String>,
}

/// Compares policies of which something is not known, for every request at once.
fn as_far_as_known(arguments: &Arguments, old: &Loaded, new: &Loaded) -> Result<(), Failure> {
    let (before, after) = (old.open()?, new.open()?);
    let (within, without_loss) = (after.within(&before), before.within(&after));
    let not_known: Vec<String> = [old.unknown(), new.unknown()].into_iter().flatten().collect();
    let same = within.is_yes() && without_loss.is_yes();
    match arguments.format {
        Format::Json => output::json(&OpenDifference {
            same,
            new_within_old: Answer::of(&within)?,
            old_within_new: Answer::of(&without_loss)?,
            not_known,
        })?,
        Format::Text => output::text(&words::as_far_as_known(&within, &without_loss, &not_known))?,
    }
    let is_decided = |proof: &Proof| !matches!(proof, Proof::Unknown(_));
    let fails = arguments.fail_on_more || !is_decided(&within) || !is_decided(&without_loss);
    // A denial that is not known may be gone.
    if fails { Err(Failure::Refused) } else { Ok(()) }
}

fn difference(changes: &Changes) -> Result<Difference, Failure> {
    let names = |rows: &[ActionRow]| rows.iter().map(|row| full_name(*row)).collect::<Vec<_>>();
    let limits = |limits: &changes::Limits| -> Result<Limits, Failure> {
        Ok(Limits {
            actions: names(&limits.rows),
            requests: words::kind(&limits.within, &limits.without_loss),
            before: limits.before.iter().cloned().collect(),
            after: limits.after.iter().cloned().collect(),
            new_within_old: Answer::of(&limits.within)?,
            old_within_new: Answer::of(&limits.without_loss)?,
        })
    };
    Ok(Difference {
        same: changes.is_same(),
        newly_allowed: names(&changes.more),
        no_longer_allowed: names(&changes.less),
        other_limits: changes.others.iter().map(limits).collect::<Result<_, _>>()?,
        new_within_old: Answer::of(&changes.within)?,
        old_within_new: Answer::of(&changes.without_loss)?,
        denials_kept: Answer::of(&changes.denies_all)?,
        removed_statements: changes.removed.clone(),
        added_statements: changes.added.clone(),
    })
}
