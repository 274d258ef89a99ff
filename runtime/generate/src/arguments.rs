//! The arguments of the command.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use ram_policy_generate::About;

/// Writes the generated files and prints which actions changed.
#[derive(Parser, Debug)]
#[command(name = "ram-policy-generate", args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    /// Compare only, and exit with 1 when a file is stale
    #[arg(long)]
    pub(crate) check: bool,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What changes the data before the files are written; and a list that helps to fetch them.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Add the operations of a package of the vendor's Python SDK
    ImportSdk {
        #[command(flatten)]
        about: About,
        /// The unpacked package
        #[arg(value_name = "FOLDER")]
        package: PathBuf,
    },
    /// Add a table "RAM authorization", copied from its page or as Markdown
    AddTable {
        #[command(flatten)]
        about: About,
        /// The table; standard input without it
        #[arg(value_name = "FILE")]
        table: Option<PathBuf>,
    },
    /// Take in the descriptions of the vendor's OpenAPI portal: every
    /// `<product>/<version>/api-docs.json` of a folder
    ImportMetadata {
        /// Leave out, and print, entries that are not understood
        #[arg(long)]
        leave_out: bool,
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
    /// Print the products and versions of the portal's list of products, one a line
    ListProducts {
        /// The list
        #[arg(value_name = "FILE")]
        list: PathBuf,
    },
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        <Arguments as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn every_mistake_is_an_error() {
        for line in [
            "--chek",
            "--check import-sdk --code a b",
            "import-sdk --code a",
            "import-sdk a",
            "add-table --code a --code b",
            "add-table --code a b c",
            "add-table --kode a",
            "import-metadata",
            "import-metadata --code a b",
            "list-products",
        ] {
            let words = ["ram-policy-generate"].into_iter().chain(line.split(' '));
            assert!(Arguments::try_parse_from(words).is_err(), "{line}");
        }
    }

    #[test]
    fn options_and_a_path() {
        let line = "g import-sdk --code ots --title Tablestore a/b --type Ots --source docs-2021";
        let read = Arguments::try_parse_from(line.split(' ')).ok();
        let command = read.and_then(|read| read.command);
        let expected = About {
            code: "ots".to_owned(),
            title: Some("Tablestore".to_owned()),
            type_name: Some("Ots".to_owned()),
            source: Some("docs-2021".to_owned()),
        };
        assert!(matches!(
            command,
            Some(Command::ImportSdk { about, package })
                if about == expected && package == Path::new("a/b")
        ));
    }
}
