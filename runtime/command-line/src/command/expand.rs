//! `expand`: the actions that patterns and selections cover.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use ram_policy_forms::selected;
use ram_policy_model::catalogue;
use ram_policy_model::catalogue::additions::{Additions, FILE_NAME};

use crate::actions::{Action, covered, list};
use crate::arguments::Format;
use crate::failure::{Failure, usage};
use crate::{additions_file, output};

/// Lists the actions that patterns and selections cover, with their access levels
#[derive(Args)]
#[command(after_help = "Example: ram-policy expand 'ecs:*Instance' 'every list of vpc'")]
pub(crate) struct Arguments {
    /// Actions or patterns, as ecs:Describe*; selections, as 'every read of ecs'
    #[arg(required = true, value_name = "PATTERN")]
    patterns: Vec<String>,
    /// Print the pin of each selection in place of its actions
    #[arg(long, conflicts_with = "format")]
    pin: bool,
    /// Local additions for selections; ram-catalogue.json of this folder by default
    #[arg(long, value_name = "FILE")]
    additions: Option<PathBuf>,
    /// Text or JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What begins a selection.
const EVERY: &str = "every ";

/// Lists.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let beside = Path::new(FILE_NAME);
    let file = arguments.additions.as_deref().or_else(|| beside.is_file().then_some(beside));
    let additions = file.map_or_else(|| Ok(Additions::new()), additions_file::read)?;
    if arguments.pin {
        return pins(&arguments.patterns, &additions);
    }
    let mut actions = BTreeMap::new();
    for pattern in &arguments.patterns {
        if pattern.starts_with(EVERY) {
            for name in selected(pattern, &additions).map_err(usage)?.names() {
                let row = catalogue::find_action(&name);
                let action = row.map_or_else(|| Action::local(name.clone()), Action::of);
                actions.insert(place(&name), action);
            }
        } else {
            for row in covered(pattern)? {
                actions.insert(place(row.full_name()), Action::of(row));
            }
        }
    }
    list(&actions.into_values().collect::<Vec<_>>(), arguments.format)
}

/// Where an action stands in a list: by its code, then by its name.
fn place(full_name: &str) -> (String, String) {
    let (code, name) = full_name.split_once(':').unwrap_or((full_name, ""));
    (code.to_ascii_lowercase(), name.to_ascii_lowercase())
}

/// Prints the pins of selections.
fn pins(patterns: &[String], additions: &Additions) -> Result<(), Failure> {
    let mut out = output::out();
    for pattern in patterns {
        if !pattern.starts_with(EVERY) {
            let message = format!("`{pattern}` is no selection, only `every ...` has a pin");
            return Err(usage(message));
        }
        writeln!(out, "{}", selected(pattern, additions).map_err(usage)?.pin())?;
    }
    out.flush()?;
    Ok(())
}
