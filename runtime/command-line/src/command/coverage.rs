//! `coverage`: which statements of a policy the requests of a test suite decide.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use ram_policy_model::{Coverage, Policy};
use serde::Serialize;

use super::diff::one;
use super::{Format, Kind};
use crate::failure::{Failure, usage};
use crate::output;
use crate::requests::{RecordForm, all};

/// Tells which statements of a policy a stream of requests decides
///
/// The exit code is 1 when a statement has decided none.
#[derive(Args)]
#[command(after_help = "Example: ram-policy coverage policy.json tests.jsonl")]
pub(crate) struct Arguments {
    /// The policy
    #[arg(value_name = "POLICY")]
    policy: OsString,
    /// Requests, one JSON object a line, or ActionTrail events; `-` reads standard input
    #[arg(value_name = "FILE")]
    requests: PathBuf,
    /// What the records are
    #[arg(long, value_enum, default_value_t = RecordForm::Auto)]
    records: RecordForm,
    /// Text or JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What was decided.
#[derive(Serialize)]
struct Told {
    requests: usize,
    /// Requests that each statement has decided.
    decided: Vec<usize>,
    /// Statements that have decided none.
    undecided: Vec<usize>,
}

/// Tells.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let policy = Policy::from_document(one(&arguments.policy, Kind::Auto)?.document);
    let coverage = Coverage::of(&policy);
    for owned in all(&arguments.requests, arguments.records)? {
        let request = owned.request_unlisted().map_err(|error| usage(error.to_string()))?;
        coverage.evaluate(&request);
    }
    let undecided = coverage.undecided();
    let is_covered = undecided.is_empty();
    match arguments.format {
        Format::Json => output::json(&Told {
            requests: coverage.requests(),
            decided: coverage.counts(),
            undecided,
        })?,
        Format::Text => output::text(&format!("{coverage}\n"), None, false)?,
    }
    if is_covered { Ok(()) } else { Err(Failure::Refused) }
}
