//! `shrink`: a policy in its shortest form, or the fewest wildcards for some actions.

use std::ffi::OsString;
use std::io::Write as _;

use clap::Args;
use ram_policy_model::catalogue::wildcards;
use ram_policy_model::document::Document;
use ram_policy_model::{Checker, Effect, OpenPolicy, Strictness};
use serde::Serialize;

use crate::actions::covered;
use crate::arguments::{Format, Select};
use crate::failure::{Failure, usage};
use crate::one_policy::one;
use crate::output;
use crate::policies::{Loaded, Wanted, load};

/// Shortens a policy, or finds the fewest wildcards that cover exactly some actions
///
/// A policy is printed in the shortest form found that decides every request in the same way, which is
/// proved. Statements of which something is not known stay as they are spelt; then the exit code is 3.
/// The wildcards for actions cover nothing else of the catalogue; an action the catalogue
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
    /// Of a policy: it is the only one of its caller, so that denials without an effect in it are removed
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
            Err(usage(format!("`{file}` is no action as `code:Name`; a file is named alone")))
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
    let policy = loaded.open()?;
    let short = if arguments.alone { policy.simplified_alone() } else { policy.simplified() };
    let length = |policy: &OpenPolicy| policy.written().map(Document::characters);
    let (Some(before), Some(after)) = (length(&policy), length(&short)) else {
        return Err(loaded.not_known());
    };
    let text = if arguments.minified { short.to_json() } else { short.to_json_pretty() };
    let text = text.unwrap_or_default();
    match arguments.format {
        Format::Json => {
            let document = serde_json::from_str(&text)?;
            output::json(&Shortened { before, after, document })?;
        }
        Format::Text => {
            output::document(&format!("{text}\n"))?;
            output::tell(&format!("note: {before} characters minified before, {after} now"));
        }
    }
    let spelt = loaded.written_as_spelt();
    match arguments.check {
        true if after < before => Err(Failure::Refused),
        true => Ok(()),
        false => spelt,
    }
}

/// The actions that the Allow statements of a policy name. They are known where they are the same in
/// the policy that allows the most.
fn allowed(loaded: &Loaded) -> Result<Vec<String>, Failure> {
    let policy = loaded.open()?;
    let Some(written) = policy.written() else { return Err(loaded.not_known()) };
    let mut patterns = Vec::new();
    for (statement, most) in written.statements.iter().zip(policy.bounds().most.statements.iter()) {
        let Some((actions, false)) = statement.actions() else {
            return Err(usage("a statement has `NotAction`, which names what is left out"));
        };
        if statement.effect == Effect::Deny {
            continue;
        }
        if most.actions().is_none_or(|(most, _)| most.items != actions.items) {
            return Err(loaded.not_known());
        }
        patterns.extend(actions.items.iter().map(|action| action.text.to_string()));
    }
    Ok(patterns)
}

/// Prints the fewest wildcards.
fn actions(arguments: &Arguments) -> Result<(), Failure> {
    let mut patterns = arguments.what.clone();
    if let Some(policy) = &arguments.policy {
        for loaded in load(std::slice::from_ref(policy), &arguments.wanted())? {
            patterns.extend(allowed(&loaded)?);
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
