//! `cargo run -p ram-policy-generate` writes the generated files and prints which actions changed;
//! with `-- --check` it only compares and exits with 1 when one is stale. The subcommands change
//! the data first.

mod arguments;

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use ram_policy_generate::{
    Error, add_table, check, import_metadata, import_sdk, list_products, write,
};

use crate::arguments::{Arguments, Command};

fn main() -> ExitCode {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let arguments = Arguments::parse();
    let result = match arguments.command {
        None if arguments.check => compare(root),
        None => generate(root),
        Some(command) => run(root, command),
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

fn run(root: &Path, command: Command) -> Result<Vec<String>, String> {
    let lines = match command {
        Command::ListProducts { list } => {
            let text = std::fs::read_to_string(&list)
                .map_err(|error| format!("{}: {error}", list.display()))?;
            return list_products(&list, &text).map_err(|error| error.to_string());
        }
        Command::ImportMetadata { leave_out, folder } => import_metadata(root, &folder, leave_out),
        Command::ImportSdk { about, package } => {
            import_sdk(root, &about, &package).map(|line| vec![line])
        }
        Command::AddTable { about, table } => {
            let name = table.as_deref().unwrap_or(Path::new("standard input"));
            let text =
                pasted(table.as_deref()).map_err(|error| format!("{}: {error}", name.display()))?;
            add_table(root, &about, name, &text).map(|line| vec![line])
        }
    };
    let lines = lines.map_err(|error: Error| error.to_string())?;
    Ok(lines.into_iter().chain(generate(root)?).collect())
}

/// The text of the file, or of standard input.
fn pasted(table: Option<&Path>) -> std::io::Result<String> {
    match table {
        Some(path) => std::fs::read_to_string(path),
        None => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map(|_| text)
        }
    }
}
