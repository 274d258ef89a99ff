//! `ram-policy`: checks, decides, converts and describes policies of Alibaba Cloud RAM.
//!
//! source → `read` (policies embedded in a file) → `judge` (the library's checker) → `report`, or
//! `write` to another form. A command only puts these together.

mod account;
mod claims;
mod command;
mod describe;
mod failure;
mod judge;
mod load;
mod output;
mod place;
mod read;
mod report;
mod requests;
mod source;
#[doc(hidden)]
pub mod text;
mod write;

use std::process::ExitCode;

/// Reads the arguments of the process and does what they ask for.
///
/// ```no_run
/// let code = ram_policy_cli::run();
/// ```
#[must_use]
pub fn run() -> ExitCode {
    command::run()
}
