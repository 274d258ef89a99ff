//! `unused`: what of a policy a stream of requests has never used.

use std::fmt::Write as _;

use clap::Args;
use ram_policy_model::{OpenUsage, Unused};
use serde::Serialize;

use crate::arguments::Format;
use crate::exercised::Exercised;
use crate::failure::{Failure, usage};
use crate::output;
use crate::report::counted;

/// Reports what of a policy was never used
///
/// Statements that have decided no request, actions and resources that were never asked for, and the
/// policy without them, which is proved to be within the policy. Where it depends on a part of the policy
/// that is not known whether something was used, it says perhaps, and the exit code is 1.
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
    /// The policy without it; `null` where nothing was allowed, it is not proved, or no document says it.
    tightened: Option<serde_json::Value>,
    /// Where a part of the policy is not known.
    #[serde(flatten)]
    open: Option<Open>,
}

/// What depends on a part of the policy that is not known.
#[derive(Serialize)]
struct Open {
    /// Requests of which it is not known whether the policy allows them.
    undetermined: usize,
    perhaps_unused: Vec<Never>,
    not_known: String,
}

/// Something that was never used.
#[derive(Debug, Serialize)]
pub(super) struct Never {
    statement: usize,
    /// `statement`, `action`, `actions` or `resource`.
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    actions: Vec<&'static str>,
}

impl From<Unused> for Never {
    fn from(one: Unused) -> Self {
        let statement = one.statement();
        let (what, pattern, actions) = match one {
            Unused::Action { action, .. } => ("action", Some(action), Vec::new()),
            Unused::Actions { pattern, actions, .. } => ("actions", Some(pattern), actions),
            Unused::Resource { resource, .. } => ("resource", Some(resource), Vec::new()),
            Unused::Statement { .. } | _ => ("statement", None, Vec::new()),
        };
        Self { statement, what, pattern, actions }
    }
}

/// Tells.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let loaded = arguments.exercised.policy()?;
    let policy = loaded.open()?;
    let requests = arguments.exercised.requests()?;
    let mut usage_of = OpenUsage::of(&policy);
    for owned in &requests {
        let request = owned.request_unlisted().map_err(|error| usage(error.to_string()))?;
        usage_of.ask(&request);
    }
    let (unused, perhaps) = (usage_of.unused(), usage_of.perhaps_unused());
    let is_open = !perhaps.is_empty() || usage_of.undetermined() > 0;
    let is_used = unused.is_empty() && perhaps.is_empty();
    if arguments.tightened {
        let tightened = usage_of.tightened().map_err(|error| usage(error.to_string()))?;
        let text = tightened.to_json_pretty().ok_or_else(|| loaded.not_known())?;
        output::document(&format!("{text}\n"))?;
        if tightened.as_policy().is_none() {
            loaded.written_as_spelt()?;
        }
    } else {
        let not_known = loaded.unknown();
        match arguments.format {
            Format::Json => output::json(&told(&usage_of, unused, perhaps, not_known)?)?,
            Format::Text => {
                output::text(&in_words(&usage_of, &unused, &perhaps, not_known.as_deref()))?;
            }
        }
    }
    let fails = (arguments.check && !is_used) || (!arguments.tightened && is_open);
    if fails { Err(Failure::Refused) } else { Ok(()) }
}

fn in_words(
    usage: &OpenUsage<'_>,
    unused: &[Unused],
    perhaps: &[Unused],
    not_known: Option<&str>,
) -> String {
    let mut text = String::new();
    let requests = counted(usage.requests(), "request", "requests");
    // Writing to a text cannot fail.
    if unused.is_empty() && perhaps.is_empty() {
        let _ = writeln!(text, "{requests} used everything");
    }
    for one in unused {
        let _ = writeln!(text, "{one}");
    }
    for one in perhaps {
        let _ = writeln!(text, "perhaps {one}");
    }
    if usage.refused() > 0 {
        let _ = writeln!(text, "{} of {requests} not allowed", usage.refused());
    }
    if usage.undetermined() > 0 {
        let _ = writeln!(text, "{} of {requests} perhaps allowed", usage.undetermined());
    }
    let hangs = !perhaps.is_empty() || usage.undetermined() > 0;
    if let Some(not_known) = not_known.filter(|_| hangs) {
        let _ = writeln!(text, "not known: {not_known}");
    }
    text
}

fn told(
    usage: &OpenUsage<'_>,
    unused: Vec<Unused>,
    perhaps: Vec<Unused>,
    not_known: Option<String>,
) -> Result<Told, Failure> {
    let tightened = usage.tightened().ok().and_then(|policy| policy.to_json());
    let tightened = tightened.map(|text| serde_json::from_str(&text)).transpose()?;
    Ok(Told {
        requests: usage.requests(),
        refused: usage.refused(),
        unused: unused.into_iter().map(Never::from).collect(),
        tightened,
        open: not_known.map(|not_known| Open {
            undetermined: usage.undetermined(),
            perhaps_unused: perhaps.into_iter().map(Never::from).collect(),
            not_known,
        }),
    })
}
