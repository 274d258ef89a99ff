//! `split`: a policy that is too long as several that decide the same together.

use std::ffi::OsString;
use std::fmt::Write as _;

use clap::Args;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::{Checker, OpenPolicy, SplitError, Strictness};
use serde::Serialize;

use crate::arguments::{Format, Select};
use crate::failure::{Failure, usage};
use crate::one_policy::one;
use crate::output;
use crate::policies::Wanted;

/// Splits a policy into several that fit
///
/// They decide together as the policy does, which is proved. Prints one document a line, minified. A
/// policy that is longer than RAM takes is read all the same; `shrink` may make it fit. A statement of
/// which something is not known is not divided, and is printed as it is spelt; then the exit code is 3.
#[derive(Args)]
#[command(after_help = "Example: ram-policy split policy.json --most 6144")]
pub(crate) struct Arguments {
    /// The policy
    #[arg(value_name = "FILE")]
    policy: OsString,
    #[command(flatten)]
    select: Select,
    /// Most characters of each, minified
    #[arg(long, value_name = "NUMBER", default_value_t = most())]
    most: usize,
    /// Text or JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What RAM takes.
fn most() -> usize {
    PolicyKind::Identity.rules().limit.map_or(usize::MAX, |limit| limit.most)
}

/// A part.
#[derive(Serialize)]
struct Part {
    characters: usize,
    document: serde_json::Value,
}

/// Splits.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let checker = Checker::at(Strictness::Audit).at_any_length();
    let wanted = Wanted {
        select: arguments.select.name(),
        variables: arguments.select.variables(),
        checker,
        ..Wanted::default()
    };
    let loaded = one(&arguments.policy, &wanted)?;
    let parts = loaded.open()?.split(arguments.most).map_err(|error| {
        let is_not_known = matches!(error, SplitError::NotKnown { .. });
        if is_not_known { loaded.not_known() } else { usage(error.to_string()) }
    })?;
    let texts = parts.iter().filter_map(OpenPolicy::to_json);
    match arguments.format {
        Format::Json => {
            let part = |text: String| -> Result<Part, serde_json::Error> {
                let document = serde_json::from_str(&text)?;
                Ok(Part { characters: text.chars().count(), document })
            };
            output::json(&texts.map(part).collect::<Result<Vec<Part>, _>>()?)?;
        }
        Format::Text => {
            let mut lines = String::new();
            for text in texts {
                // Writing to a text cannot fail.
                let _ = writeln!(lines, "{text}");
            }
            output::document(&lines)?;
        }
    }
    loaded.written_as_spelt()
}
