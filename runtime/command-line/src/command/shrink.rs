//! `shrink`: a policy in its shortest form, or the fewest wildcards for some actions.

use std::ffi::OsString;
use std::io::Write as _;

use clap::Args;
use ram_policy_model::advice::least::wildcards;
use ram_policy_model::{Checker, Policy, Strictness};
use serde::Serialize;

use crate::actions::covered;
use crate::arguments::{Format, Select};
use crate::failure::{Failure, usage};
use crate::one_policy::one;
use crate::output;
use crate::policies::{Wanted, load};

/// Shortens a policy, or finds the fewest wildcards that cover exactly some actions
///
/// A policy is printed in the shortest form found that decides every request in the same way, which is
/// proved. The wildcards for actions cover nothing else of the catalogue; an action the catalogue
/// does not have yet may be covered too. What has no colon, and is not *, is taken for a file.
#[derive(Args)]
#[command(after_help = "Examples:\n  ram-policy shrink policy.json --check\n  ram-policy shrink \
                  ecs:DescribeTags ecs:DescribeTagKeys")]
pub(crate) struct Arguments {
    /// The file of a policy, or actions and patterns
    #[arg(value_name = "FILE|ACTION", required_unless_present = "policy")]
    what: Vec<String>,
    /// The actions that the Allow statements of a policy name
    #[arg(long, value_name = "FILE", conflicts_with = "what")]
    policy: Option<OsString>,
    #[command(flatten)]
    select: Select,
    /// Of a policy: exit code 1 when there is a shorter form
    #[arg(long)]
    check: bool,
    /// Of a policy: it is the only one of its caller, so that denials that take nothing from it go
    #[arg(long)]
    alone: bool,
    /// Of a policy: prints on one line
    #[arg(long)]
    minified: bool,
    /// Text or JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Serialize)]
struct Shrunk {
    actions: usize,
    patterns: Vec<String>,
    /// Whether no smaller number of patterns of these forms does it.
    fewest: bool,
}

/// A policy with its characters, minified, before and after.
#[derive(Serialize)]
struct Shortened {
    before: usize,
    after: usize,
    document: serde_json::Value,
}

/// Shrinks.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let is_file = |text: &&String| !text.contains(':') && *text != "*";
    match (arguments.what.as_slice(), arguments.what.iter().find(is_file)) {
        ([file], Some(_)) => shorten(arguments, &file.into()),
        (_, Some(file)) => {
            Err(usage(format!("`{file}` is no action as `code:Name`; a file stands alone")))
        }
        (_, None) if arguments.check || arguments.alone || arguments.minified => {
            Err(usage("--check, --alone and --minified are for the file of a policy"))
        }
        (_, None) => actions(arguments),
    }
}

impl Arguments {
    fn wanted(&self) -> Wanted<'_> {
        let checker = Checker::at(Strictness::Audit).at_any_length();
        Wanted {
            select: self.select.name(),
            variables: self.select.variables(),
            checker,
            ..Wanted::default()
        }
    }
}

/// Prints the shorter form of a policy.
fn shorten(arguments: &Arguments, file: &OsString) -> Result<(), Failure> {
    let loaded = one(file, &arguments.wanted())?;
    let policy = Policy::from_document(loaded.document()?.clone());
    let short = if arguments.alone { policy.simplified_alone() } else { policy.simplified() };
    let length = |policy: &Policy| policy.document().characters();
    let (before, after) = (length(&policy), length(&short));
    match arguments.format {
        Format::Json => {
            let document = serde_json::from_str(&short.to_json())?;
            output::json(&Shortened { before, after, document })?;
        }
        Format::Text => {
            let text = if arguments.minified { short.to_json() } else { short.to_json_pretty() };
            output::document(&format!("{text}\n"))?;
            output::tell(&format!("note: {before} characters minified before, {after} now"));
        }
    }
    if arguments.check && after < before { Err(Failure::Refused) } else { Ok(()) }
}

/// Prints the fewest wildcards.
fn actions(arguments: &Arguments) -> Result<(), Failure> {
    let mut patterns = arguments.what.clone();
    if let Some(policy) = &arguments.policy {
        for loaded in load(std::slice::from_ref(policy), &arguments.wanted())? {
            for statement in loaded.document()?.statements.iter() {
                let Some((actions, false)) = statement.actions() else {
                    return Err(usage("a statement has `NotAction`, which names what is left out"));
                };
                if statement.effect == ram_policy_model::Effect::Allow {
                    patterns.extend(actions.items.iter().map(|action| action.text.to_string()));
                }
            }
        }
    }
    let mut rows = Vec::new();
    for pattern in &patterns {
        rows.extend(covered(pattern)?);
    }
    rows.sort_by_key(|row| row.id());
    rows.dedup_by_key(|row| row.id());
    let cover = wildcards::fewest(&rows);
    let shrunk = Shrunk { actions: rows.len(), patterns: cover.patterns, fewest: cover.fewest };
    match arguments.format {
        Format::Json => output::json(&shrunk),
        Format::Text => {
            let mut out = output::out();
            for pattern in &shrunk.patterns {
                writeln!(out, "{pattern}")?;
            }
            out.flush()?;
            if !shrunk.fewest {
                output::tell("note: fewer may do, the search was cut off");
            }
            Ok(())
        }
    }
}
