//! The binary `ram-policy`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ram_policy_cli::run()
}
