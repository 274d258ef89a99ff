//! `fmt`: lays policies out where they are written.

use std::ffi::OsString;
use std::fs;

use clap::Args;
use ram_policy_forms::{Edit, Form, Format, Formatted, Lines, format};

use crate::failure::{Failure, usage};
use crate::files::{Source, Walk};
use crate::output;
use crate::report::counted;

/// Formats JSON policies, and the macros of Rust source
///
/// Files are written in place; of Rust source only the input of policy!, trust_policy!, policy_file! and
/// service_linked_role! changes. Comments are kept, the order of elements too without --canonical. What
/// cannot be read stays as it is and is reported; then the exit code is 1.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  ram-policy fmt src/ policies/\n  ram-policy fmt --check .\n  \
                  ram-policy fmt --canonical - < policy.json"
)]
pub(crate) struct Arguments {
    /// Files, folders and globs; `-` formats standard input onto standard output
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<OsString>,
    /// Writes nothing, shows what would change, and exits with 1 when something would
    #[arg(long)]
    check: bool,
    /// Puts elements into the order of RAM's documents: Effect, Principal, Action, Resource, Condition
    #[arg(long)]
    canonical: bool,
    /// JSON files: spaces per level
    #[arg(long, value_name = "N", default_value_t = 2)]
    indent: u8,
    /// What files are read as, whatever their names say
    #[arg(long, value_parser = ["json", "rust"], value_name = "FORM")]
    from: Option<String>,
    /// Skips files that are named and contain no policy, as hooks do that name every file
    #[arg(long)]
    pass_over: bool,
    /// Formats hidden files and those that git ignores too
    #[arg(long)]
    all: bool,
}

/// What was done with all files.
#[derive(Default)]
struct Summary {
    files: usize,
    changed: usize,
    left: usize,
    unread: usize,
}

/// Formats.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let form = arguments.from.as_deref().and_then(|name| name.parse().ok());
    let walk = Walk { form, all: arguments.all };
    let how = Format { canonical: arguments.canonical, indent: usize::from(arguments.indent) };
    let mut summary = Summary::default();
    for mut source in walk.find(&arguments.paths)? {
        source.named &= !arguments.pass_over;
        one(&source, arguments, how, &mut summary)?;
    }
    let Summary { files, changed, left, unread } = summary;
    let is_stream = arguments.paths.iter().all(|path| path == "-");
    if !is_stream || arguments.check {
        let (verb, of) = (
            if arguments.check { "would change" } else { "changed" },
            counted(files, "file", "files"),
        );
        output::tell(&format!("{changed} of {of} with policies {verb}"));
    }
    match (unread, left, arguments.check && changed > 0) {
        (0, 0, false) => Ok(()),
        (0, 1.., _) | (0, 0, true) => Err(Failure::Refused),
        (1.., ..) => Err(Failure::Unread),
    }
}

/// Formats one file.
fn one(
    source: &Source,
    arguments: &Arguments,
    how: Format,
    summary: &mut Summary,
) -> Result<(), Failure> {
    let name = source.name();
    let text = match source.text() {
        Ok(text) => text,
        Err(unreadable) => {
            summary.unread += 1;
            output::tell(&format!("error: `{name}` {unreadable}"));
            return Ok(());
        }
    };
    let form = source.form.unwrap_or_else(|| Form::of_text(&text));
    let formatted = format(&text, form, how);
    // A folder has files of other forms, and JSON that is no policy; who names one expects more.
    let Some(Formatted { text: now, edits, left, policies }) = formatted else {
        return if source.named {
            Err(usage(format!("`{name}` is {form}; JSON and Rust source are formatted")))
        } else {
            Ok(())
        };
    };
    let is_of_policies = policies > 0 || !left.is_empty();
    if !is_of_policies && source.named && form == Form::Json {
        return Err(usage(format!("`{name}` is no policy")));
    }
    // Other JSON of a folder, and Rust that is not complete, may be anything.
    let is_expected = source.named || policies > 0 || form == Form::Rust;
    if is_expected {
        for left in &left {
            let at = Lines::new(&text).position(left.at.start);
            let (line, column, reason) = (at.line, at.column, &left.reason);
            output::tell(&format!("{name}:{line}:{column}: left as it is: {reason}"));
        }
        summary.left += left.len();
    }
    summary.files += usize::from(is_of_policies && is_expected);
    summary.changed += usize::from(!edits.is_empty());
    if arguments.check {
        return output::text(&differences(&name, &text, &edits));
    }
    match &source.path {
        None => output::document(&now),
        Some(path) if !edits.is_empty() => fs::write(path, now)
            .map_err(|error| usage(format!("cannot write `{}`: {error}", path.display()))),
        Some(_) => Ok(()),
    }
}

/// What edits change, a part for each: the lines before with `-`, the lines now with `+`. Lines that are the
/// same at both ends are not shown.
fn differences(name: &str, text: &str, edits: &[Edit]) -> String {
    let lines = Lines::new(text);
    let mut shown = String::new();
    for edit in edits {
        let start =
            text.get(..edit.at.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let rest = text.get(edit.at.end..).unwrap_or("");
        let end = rest.find('\n').map_or(text.len(), |at| edit.at.end + at);
        let slice = |from: usize, to: usize| text.get(from..to).unwrap_or("");
        let before: Vec<&str> = slice(start, end).split('\n').collect();
        let now =
            format!("{}{}{}", slice(start, edit.at.start), edit.text, slice(edit.at.end, end));
        let now: Vec<&str> = now.split('\n').collect();
        let least = before.len().min(now.len());
        let same = before.iter().zip(&now).take_while(|(before, now)| before == now).count();
        let ends = before.iter().rev().zip(now.iter().rev());
        let same_at_end = ends.take(least - same).take_while(|(before, now)| before == now).count();
        let first = lines.position(start).line + same;
        shown.push_str(&format!("--- {name}:{first}\n"));
        for (sign, lines) in [('-', &before), ('+', &now)] {
            for line in lines.get(same..lines.len() - same_at_end).unwrap_or(&[]) {
                shown.push_str(&format!("{sign}{}\n", line.trim_end_matches('\r')));
            }
        }
    }
    shown
}
