//! `coverage`: which statements of a policy the requests of a test suite decide.

use std::fmt::Write as _;

use clap::Args;
use ram_policy_model::{Coverage, OpenPolicy, OpenUsage, OwnedRequest, Request};
use serde::Serialize;

use crate::arguments::Format;
use crate::exercised::Exercised;
use crate::failure::{Failure, usage};
use crate::output;
use crate::policies::Loaded;
use crate::report::counted;

/// Reports which statements of a policy a stream of requests decides
///
/// The exit code is 1 when a statement has decided none, or when it depends on a part of the policy that is
/// not known whether it has.
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
    /// Requests that each statement has decided, at least.
    decided: Vec<usize>,
    /// Statements that have decided none.
    undecided: Vec<usize>,
    /// Where a part of the policy is not known.
    #[serde(flatten)]
    open: Option<Open>,
}

/// What depends on a part of the policy that is not known.
#[derive(Serialize)]
struct Open {
    /// Requests that each statement has decided, at most.
    perhaps_decided: Vec<usize>,
    /// Statements that have perhaps decided none.
    perhaps_undecided: Vec<usize>,
    not_known: String,
}

/// Tells.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let loaded = arguments.exercised.policy()?;
    let policy = loaded.open()?;
    let requests = arguments.exercised.requests()?;
    let asked = requests.iter().map(OwnedRequest::request_unlisted);
    let asked: Vec<Request<'_>> =
        asked.collect::<Result<_, _>>().map_err(|error| usage(error.to_string()))?;
    let Some(known) = policy.as_policy() else {
        return of_open(arguments, &loaded, &policy, &asked);
    };
    let coverage = Coverage::of(known);
    for request in &asked {
        coverage.evaluate(request);
    }
    let undecided = coverage.undecided();
    let is_covered = undecided.is_empty();
    match arguments.format {
        Format::Json => output::json(&Told {
            requests: coverage.requests(),
            decided: coverage.counts(),
            undecided,
            open: None,
        })?,
        Format::Text => output::text(&format!("{coverage}\n"))?,
    }
    if is_covered { Ok(()) } else { Err(Failure::Refused) }
}

/// Tells of a policy of which something is not known.
fn of_open(
    arguments: &Arguments,
    loaded: &Loaded,
    policy: &OpenPolicy,
    asked: &[Request<'_>],
) -> Result<(), Failure> {
    let mut usage = OpenUsage::of(policy);
    for request in asked {
        usage.ask(request);
    }
    let (undecided, perhaps) = (usage.undecided(), usage.not_known());
    let is_covered = undecided.is_empty() && perhaps.is_empty();
    let not_known = loaded.unknown().unwrap_or_default();
    let (decided, at_most): (Vec<usize>, Vec<usize>) = usage.counts().into_iter().unzip();
    match arguments.format {
        Format::Json => output::json(&Told {
            requests: usage.requests(),
            decided,
            undecided,
            open: Some(Open { perhaps_decided: at_most, perhaps_undecided: perhaps, not_known }),
        })?,
        Format::Text => {
            let all = decided.len();
            let certain = all - undecided.len() - perhaps.len();
            let requests = counted(usage.requests(), "request", "requests");
            // Writing to a text cannot fail.
            let mut text = format!("{certain} of {all} statements decided");
            if !perhaps.is_empty() {
                let _ = write!(text, ", perhaps {} more", perhaps.len());
            }
            let _ = writeln!(text, ", {requests}");
            for statement in &undecided {
                let _ = writeln!(text, "statement {statement} decided none");
            }
            for statement in &perhaps {
                let _ = writeln!(text, "perhaps statement {statement} decided none");
            }
            if !perhaps.is_empty() {
                let _ = writeln!(text, "not known: {not_known}");
            }
            output::text(&text)?;
        }
    }
    if is_covered { Ok(()) } else { Err(Failure::Refused) }
}
