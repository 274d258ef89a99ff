//! `coverage`: which statements of a policy the requests of a test suite decide.

use clap::Args;
use ram_policy_model::Coverage;
use serde::Serialize;

use crate::arguments::Format;
use crate::exercised::Exercised;
use crate::failure::{Failure, usage};
use crate::output;

/// Tells which statements of a policy a stream of requests decides
///
/// The exit code is 1 when a statement has decided none.
#[derive(Args)]
#[command(after_help = "Example: ram-policy coverage policy.json tests.jsonl")]
pub(crate) struct Arguments {
    #[command(flatten)]
    exercised: Exercised,
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
    let policy = arguments.exercised.policy()?;
    let coverage = Coverage::of(&policy);
    for owned in arguments.exercised.requests()? {
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
        Format::Text => output::text(&format!("{coverage}\n"))?,
    }
    if is_covered { Ok(()) } else { Err(Failure::Refused) }
}
