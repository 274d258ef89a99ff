//! `describe`: policies as a page people can read.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::arguments::{Kind, Select, form};
use crate::describe::{Page, describe, html, markdown};
use crate::failure::Failure;
use crate::output;
use crate::policies::{Loaded, Wanted, load};
use ram_policy_forms::Form;
use ram_policy_model::text::shown::escaped_lines;

/// Describes policies as a page
///
/// For each statement what it says in words, the actions it covers by access level, its resources,
/// conditions and findings; and a matrix of services by access level.
#[derive(Args)]
#[command(
    after_help = "Example: ram-policy describe policy.json --format html --output policy.html"
)]
pub(crate) struct Arguments {
    /// Files; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    /// What files are read as, whatever their names say
    #[arg(long, value_parser = form(), value_name = "FORM")]
    from: Option<Form>,
    /// What the policies are attached to
    #[arg(long, value_enum, default_value_t = Kind::Auto)]
    kind: Kind,
    #[command(flatten)]
    select: Select,
    /// The form of the page
    #[arg(long, value_enum, default_value_t = PageFormat::Markdown)]
    format: PageFormat,
    /// Writes into a file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrites a file that exists
    #[arg(long, requires = "output")]
    force: bool,
}

/// The form of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PageFormat {
    /// Markdown.
    Markdown,
    /// One HTML file that needs nothing else.
    Html,
    /// For programs; the schema is in the README of the command line.
    Json,
}

/// Describes.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let wanted = Wanted {
        form: arguments.from,
        kind: arguments.kind,
        select: arguments.select.name(),
        variables: arguments.select.variables(),
        ..Wanted::default()
    };
    let loaded = load(&arguments.files, &wanted)?;
    let page = |policy: &Loaded| match &policy.checked.known_part {
        Some(document) => Ok(describe(&policy.label, &policy.checked, document)),
        None => Err(Failure::NotKnown(policy.unknown().unwrap_or_default())),
    };
    let pages: Vec<Page> = loaded.iter().map(page).collect::<Result<_, _>>()?;
    for unknown in loaded.iter().filter_map(Loaded::unknown) {
        output::tell(&format!("note: not known: {unknown}"));
    }
    let text = match arguments.format {
        PageFormat::Markdown => escaped_lines(&markdown::write(&pages)),
        PageFormat::Html => escaped_lines(&html::write(&pages)),
        PageFormat::Json => format!("{}\n", serde_json::to_string_pretty(&pages)?),
    };
    output::document_into(&text, arguments.output.as_deref(), arguments.force)
}
