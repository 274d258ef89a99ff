//! `shrink`: the fewest wildcards that cover some actions and nothing else of the catalogue.

use std::ffi::OsString;
use std::io::Write as _;

use clap::Args;
use serde::Serialize;

use super::expand::covered;
use super::{Format, Kind};
use crate::failure::{Failure, usage};
use crate::load::load;
use crate::output;
use ram_policy_model::least::wildcards;

/// Finds the fewest wildcards that cover exactly these actions
///
/// They cover nothing else of the catalogue; an action the catalogue does not have yet may be
/// covered too. Patterns are tried with stars at the start, at the end, at both and in the middle.
#[derive(Args)]
#[command(after_help = "Example: ram-policy shrink ecs:DescribeTags ecs:DescribeTagKeys")]
pub(crate) struct Arguments {
    /// Actions or patterns
    #[arg(value_name = "ACTION", required_unless_present = "policy")]
    actions: Vec<String>,
    /// The actions that the Allow statements of a policy name
    #[arg(long, value_name = "FILE", conflicts_with = "actions")]
    policy: Option<OsString>,
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

/// Shrinks.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut patterns = arguments.actions.clone();
    if let Some(policy) = &arguments.policy {
        for loaded in load(std::slice::from_ref(policy), None, Kind::Auto)? {
            for statement in loaded.document.statements.iter() {
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
                anstream::eprintln!("note: fewer may do, the search was cut off");
            }
            Ok(())
        }
    }
}
