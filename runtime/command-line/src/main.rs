//! `ram-policy`: checks, decides, converts and describes policies of Alibaba Cloud RAM.
//!
//! source → `read` (policies embedded in a file) → `judge` (the library's checker) → `report`, or
//! `write` to another form. A command only puts these together.

mod account;
mod claims;
mod command;
mod cover;
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
mod write;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::run()
}
