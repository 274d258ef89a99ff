//! `cargo run -p ram-policy-generate` writes the generated files; with `-- --check` it only
//! compares and exits with 1 when one is stale.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../.."));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => ram_policy_generate::write(root).map(|()| Vec::new()),
        ["--check"] => ram_policy_generate::check(root),
        _ => {
            eprintln!("usage: ram-policy-generate [--check]");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(stale) if stale.is_empty() => ExitCode::SUCCESS,
        Ok(stale) => {
            for line in stale {
                eprintln!("{line}");
            }
            eprintln!("run `cargo run -p ram-policy-generate`");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
