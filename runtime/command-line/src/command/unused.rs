//! `unused`: what of a policy a stream of requests has never used.

use std::fmt::Write as _;

use clap::Args;
use ram_policy_model::{Unused, Usage};
use serde::Serialize;

use crate::arguments::Format;
use crate::exercised::Exercised;
use crate::failure::{Failure, usage};
use crate::output;
use crate::report::counted;

/// Tells what of a policy was never used
///
/// Statements that have decided no request, actions and resources that were never asked for, and the
/// policy without them, which is proved to be within the policy.
#[derive(Args)]
#[command(after_help = "Example: ram-policy unused policy.json events.jsonl --tightened")]
pub(crate) struct Arguments {
    #[command(flatten)]
    exercised: Exercised,
    /// Prints the policy without what was never used, and nothing else
    #[arg(long)]
    tightened: bool,
    /// Exit code 1 when something was never used
    #[arg(long)]
    check: bool,
    /// Text or JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What was never used.
#[derive(Serialize)]
struct Told {
    requests: usize,
    /// Requests that the policy does not allow.
    refused: usize,
    unused: Vec<Never>,
    /// The policy without it; `null` where nothing was allowed, or it is not proved.
    tightened: Option<serde_json::Value>,
}

/// Something that was never used.
#[derive(Serialize)]
struct Never {
    statement: usize,
    /// `statement`, `action`, `actions` or `resource`.
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    actions: Vec<&'static str>,
}

/// Tells.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let policy = arguments.exercised.policy()?;
    let requests = arguments.exercised.requests()?;
    let usage_of = policy.used_by(&requests).map_err(|error| usage(error.to_string()))?;
    let unused = usage_of.unused();
    if arguments.tightened {
        let tightened = usage_of.tightened().map_err(|error| usage(error.to_string()))?;
        output::document(&format!("{}\n", tightened.to_json_pretty()))?;
    } else {
        match arguments.format {
            Format::Json => output::json(&told(&usage_of, unused.clone())?)?,
            Format::Text => output::text(&in_words(&usage_of, &unused))?,
        }
    }
    if arguments.check && !unused.is_empty() { Err(Failure::Refused) } else { Ok(()) }
}

fn in_words(usage: &Usage<'_>, unused: &[Unused]) -> String {
    let mut text = String::new();
    let requests = counted(usage.requests(), "request", "requests");
    // Writing to a text cannot fail.
    if unused.is_empty() {
        let _ = writeln!(text, "{requests} used everything");
    }
    for one in unused {
        let _ = writeln!(text, "{one}");
    }
    if usage.refused() > 0 {
        let _ = writeln!(text, "{} of {requests} not allowed", usage.refused());
    }
    text
}

fn told(usage: &Usage<'_>, unused: Vec<Unused>) -> Result<Told, Failure> {
    let tightened = match usage.tightened() {
        Ok(policy) => Some(serde_json::from_str(&policy.to_json())?),
        Err(_) => None,
    };
    let never = unused.into_iter().map(|one| {
        let statement = one.statement();
        let (what, pattern, actions) = match one {
            Unused::Action { action, .. } => ("action", Some(action), Vec::new()),
            Unused::Actions { pattern, actions, .. } => ("actions", Some(pattern), actions),
            Unused::Resource { resource, .. } => ("resource", Some(resource), Vec::new()),
            Unused::Statement { .. } | _ => ("statement", None, Vec::new()),
        };
        Never { statement, what, pattern, actions }
    });
    Ok(Told {
        requests: usage.requests(),
        refused: usage.refused(),
        unused: never.collect(),
        tightened,
    })
}
