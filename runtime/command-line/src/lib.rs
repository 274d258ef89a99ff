//! `ram-policy`: checks, decides, converts and describes policies of Alibaba Cloud RAM.
//!
//! `files` (what the arguments name) → `policies` (read and checked by `ram-policy-forms`) → a
//! subcommand → `report` or `output`. A subcommand never imports another one: what several have in
//! common is a file beside `command`.

mod account;
mod actions;
mod additions_file;
mod answer;
mod arguments;
mod command;
mod describe;
mod exercised;
mod failure;
mod files;
mod guardrails_file;
mod one_policy;
mod output;
mod policies;
mod progress;
mod report;
mod requests;

use std::process::ExitCode;

use ram_policy_model::text::steps;

/// Reads the arguments of the process and does what they ask for.
///
/// ```no_run
/// let code = ram_policy_cli::run();
/// ```
#[must_use]
pub fn run() -> ExitCode {
    let code = command::run();
    // Only tests count, so that they can say how much work a file makes.
    if let Some(steps) = steps::taken()
        && std::env::var_os("RAM_POLICY_SHOW_STEPS").is_some()
    {
        anstream::eprintln!("steps: {steps}");
    }
    code
}
