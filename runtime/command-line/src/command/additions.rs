//! `additions`: what a file of local additions changes, and what can go.

use std::path::PathBuf;

use clap::Args;
use ram_policy_model::catalogue::additions::FILE_NAME;
use serde::Serialize;

use crate::arguments::Format;
use crate::failure::Failure;
use crate::{additions_file, output};

/// Reports what a ram-catalogue.json overrides
///
/// One line an entry: what it adds, corrects or retires, and whether the built-in catalogue has
/// caught up with it.
#[derive(Args)]
#[command(after_help = "Example: ram-policy additions ram-catalogue.json")]
pub(crate) struct Arguments {
    /// The file
    #[arg(default_value = FILE_NAME)]
    file: PathBuf,
    /// Text or JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// An entry of the file.
#[derive(Debug, Serialize)]
struct Entry {
    line: usize,
    caught_up: bool,
    text: String,
}

/// Reports.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let additions = additions_file::read(&arguments.file)?;
    let report = additions.report();
    match arguments.format {
        Format::Json => {
            let entries: Vec<Entry> = report
                .iter()
                .map(|entry| Entry {
                    line: entry.line(),
                    caught_up: entry.is_caught_up(),
                    text: entry.to_string(),
                })
                .collect();
            output::json(&entries)
        }
        Format::Text => {
            let lines: String = report.iter().map(|entry| format!("{entry}\n")).collect();
            output::text(&lines)
        }
    }
}
