//! `cargo run -p ram-policy-generate` writes the generated files and says which actions changed;
//! with `-- --check` it only compares and exits with 1 when one is stale. `-- import-sdk` and
//! `-- add-table` change the data first.

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use ram_policy_generate::{Arguments, add_table, check, import_sdk, write};

const USAGE: &str = "\
usage: ram-policy-generate [--check]
       ram-policy-generate import-sdk --code <code> [--title <title>] [--type <enum>] <unpacked package>
       ram-policy-generate add-table --code <code> [--title <title>] [--type <enum>] [--source <tag>] [file]";

fn main() -> ExitCode {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../.."));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.split_first() {
        None => generate(root),
        Some((word, [])) if word == "--check" => compare(root),
        Some((word, rest)) if word == "import-sdk" => import(root, rest),
        Some((word, rest)) if word == "add-table" => add(root, rest),
        Some(_) => Err(USAGE.to_owned()),
    };
    match result {
        Ok(lines) => {
            for line in lines {
                println!("{line}");
            }
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn generate(root: &Path) -> Result<Vec<String>, String> {
    write(root).map_err(|error| error.to_string())
}

fn compare(root: &Path) -> Result<Vec<String>, String> {
    let mut stale = check(root).map_err(|error| error.to_string())?;
    if stale.is_empty() {
        return Ok(stale);
    }
    stale.push("run `cargo run -p ram-policy-generate`".to_owned());
    Err(stale.join("\n"))
}

fn import(root: &Path, arguments: &[String]) -> Result<Vec<String>, String> {
    let arguments = Arguments::read(arguments)?;
    let message = import_sdk(root, &arguments).map_err(|error| error.to_string())?;
    Ok([message].into_iter().chain(generate(root)?).collect())
}

fn add(root: &Path, arguments: &[String]) -> Result<Vec<String>, String> {
    let arguments = Arguments::read(arguments)?;
    let pasted = match &arguments.path {
        Some(path) => std::fs::read_to_string(path),
        None => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map(|_| text)
        }
    };
    let pasted = pasted.map_err(|error| format!("the table cannot be read: {error}"))?;
    let message = add_table(root, &arguments, &pasted).map_err(|error| error.to_string())?;
    Ok([message].into_iter().chain(generate(root)?).collect())
}
