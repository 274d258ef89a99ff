//! `expand`: the actions that patterns cover.

use clap::Args;

use crate::actions::{covered, list};
use crate::arguments::Format;
use crate::failure::Failure;

/// Lists the actions that patterns cover, with their access levels
#[derive(Args)]
#[command(after_help = "Example: ram-policy expand 'ecs:*Instance' 'vpc:Describe*'")]
pub(crate) struct Arguments {
    /// Actions or patterns, as ecs:Describe*
    #[arg(required = true, value_name = "PATTERN")]
    patterns: Vec<String>,
    /// Text or JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Lists.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut rows = Vec::new();
    for pattern in &arguments.patterns {
        rows.extend(covered(pattern)?);
    }
    rows.sort_by_key(|row| row.id());
    rows.dedup_by_key(|row| row.id());
    list(&rows, arguments.format)
}
