//! `convert`: policies in another form.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use ram_policy_forms::{Form, Kept, Named, Target, Written};
use ram_policy_model::Policy;
use ram_policy_model::document::{Document, Indent};
use serde::Serialize;

use crate::arguments::{Format, Kind, Select, form};
use crate::failure::{Failure, usage};
use crate::output;
use crate::policies::{Loaded, Wanted, load};
use crate::report::counted;

/// Writes policies in another form
///
/// Reads every form that check reads. What the other form cannot say is reported on standard error.
#[derive(Args)]
#[command(after_help = "Example: ram-policy convert policy.json --to rust --output src/policy.rs")]
pub(crate) struct Arguments {
    /// Files; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    /// The form to write
    #[arg(long, value_enum, value_name = "FORM")]
    to: To,
    /// What files are read as, whatever their names say
    #[arg(long, value_parser = form(), value_name = "FORM")]
    from: Option<Form>,
    /// What the policies are attached to
    #[arg(long, value_enum, default_value_t = Kind::Auto)]
    kind: Kind,
    #[command(flatten)]
    select: Select,
    /// What the policy is called in the other form; only for one policy
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// JSON: spaces per level
    #[arg(long, value_name = "N", default_value_t = 2, conflicts_with = "minified")]
    indent: u8,
    /// JSON: one line without blanks
    #[arg(long)]
    minified: bool,
    /// Puts the policy into one stable form first: sorted, without duplicates
    #[arg(long)]
    normalised: bool,
    /// Writes into a file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrites a file that exists
    #[arg(long, requires = "output")]
    force: bool,
    /// The text itself, or JSON with the text and what was lost
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// A form to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// The document.
    Json,
    /// Constants by policy! in its typed form.
    Rust,
    /// The data source alicloud_ram_policy_document.
    Terraform,
    /// A resource with jsonencode.
    TerraformJsonencode,
    /// A ROS template in YAML.
    Ros,
    /// A ROS template in JSON.
    RosJson,
}

#[derive(Serialize)]
struct Converted<'c> {
    policies: Vec<Source<'c>>,
    text: &'c str,
    lost: &'c [String],
}

#[derive(Serialize)]
struct Source<'c> {
    name: &'c str,
    kind: &'static str,
}

/// Converts.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let wanted = Wanted {
        form: arguments.from,
        kind: arguments.kind,
        select: arguments.select.name(),
        variables: arguments.select.variables(),
        ..Wanted::default()
    };
    let loaded = load(&arguments.files, &wanted)?;
    if arguments.name.is_some() && loaded.len() > 1 {
        return Err(usage("--name is for one policy, the files have several"));
    }
    let target = target(arguments);
    let documents: Vec<Option<Document>> = loaded
        .iter()
        .map(|policy| document(policy, target, arguments.normalised))
        .collect::<Result<_, Failure>>()?;
    let named: Vec<Named<'_>> = loaded
        .iter()
        .zip(&documents)
        .map(|(policy, document)| Named {
            name: name(policy, arguments.name.as_deref()),
            kind: policy.checked.kind,
            document: document.as_ref(),
            kept: kept(policy, target, arguments.normalised),
            broken: policy.checked.errors_to_a_macro(),
        })
        .collect();
    let mut written = write(&named, target)?;
    let mut is_whole = true;
    for (policy, named) in loaded.iter().zip(&named) {
        if named.kept.is_some() {
            if arguments.normalised {
                let label = &policy.label;
                written.lost.push(format!("{label}: it is not sorted, since it has expressions"));
            }
            continue;
        }
        for (at, unknown) in &policy.unknown_at {
            is_whole = false;
            let (file, line, column) = (&policy.file, at.line, at.column);
            written
                .lost
                .push(format!("{file}:{line}:{column}: {unknown}; it is written as it is spelt"));
        }
    }
    let mut commented: Vec<(&str, usize)> =
        loaded.iter().map(|policy| (policy.file.as_str(), policy.comments)).collect();
    commented.dedup();
    for (file, comments) in commented.into_iter().filter(|(_, comments)| *comments > 0) {
        let count = counted(comments, "comment", "comments");
        written.lost.push(format!("{count} of `{file}`: another form does not keep them"));
    }
    match arguments.format {
        Format::Text => {
            output::document_into(&written.text, arguments.output.as_deref(), arguments.force)?;
            for lost in &written.lost {
                output::tell(&format!("note: {lost}"));
            }
        }
        Format::Json => {
            let policies = named
                .iter()
                .map(|named| Source { name: &named.name, kind: named.kind.rules().word })
                .collect();
            if arguments.output.is_some() {
                output::document_into(&written.text, arguments.output.as_deref(), arguments.force)?;
            }
            output::json(&Converted { policies, text: &written.text, lost: &written.lost })?;
        }
    }
    if is_whole { Ok(()) } else { Err(Failure::Partly) }
}

/// The policy with its expressions, where the form to write keeps them.
fn kept(policy: &Loaded, target: Target, normalised: bool) -> Option<&Kept> {
    // What is known can be sorted without them.
    let is_wanted = |_: &&Kept| !(normalised && policy.checked.unknown.is_empty());
    let kept = policy.checked.kept.as_ref().filter(is_wanted)?;
    (Some(kept.language) == target.language()).then_some(kept)
}

/// The document of a policy that can be written: what decides what else it contains is known, or is
/// written as an expression.
fn document(
    policy: &Loaded,
    target: Target,
    normalised: bool,
) -> Result<Option<Document>, Failure> {
    let is_whole = policy.checked.unknown.iter().all(|part| part.within.is_none());
    match (&policy.checked.known_part, is_whole, kept(policy, target, normalised)) {
        (Some(document), true, _) if normalised => {
            let policy = Policy::from_document(document.clone());
            Ok(Some(policy.normalised().document().into_owned()))
        }
        (Some(document), true, _) => Ok(Some(document.clone())),
        (_, _, Some(_)) => Ok(None),
        _ => Err(Failure::NotKnown(policy.unknown().unwrap_or_default())),
    }
}

const fn target(arguments: &Arguments) -> Target {
    match arguments.to {
        To::Json if arguments.minified => Target::Json(Indent::Minified),
        To::Json => Target::Json(Indent::Spaces(arguments.indent as usize)),
        To::Rust => Target::Rust,
        To::Terraform => Target::TerraformDataSource,
        To::TerraformJsonencode => Target::TerraformJsonencode,
        To::Ros => Target::Ros,
        To::RosJson => Target::RosJson,
    }
}

fn write(named: &[Named<'_>], target: Target) -> Result<Written, Failure> {
    if matches!(target, Target::Json(_)) && named.len() != 1 {
        let names: Vec<&str> = named.iter().map(|named| named.name.as_str()).collect();
        let names = names.join("`, `");
        return Err(usage(format!("JSON has one policy, --select one of `{names}`")));
    }
    ram_policy_forms::write(target, named).map_err(|error| usage(error.to_string()))
}

/// What a policy is called: as asked, as its file calls it, or as its file is called.
fn name(policy: &Loaded, asked: Option<&str>) -> String {
    if let Some(asked) = asked {
        return asked.to_owned();
    }
    // A key in brackets may have dots in it.
    let own = policy.checked.name.as_str();
    let (address, key) = own.split_at(own.rfind('[').unwrap_or(own.len()));
    let own = format!("{}{key}", address.rsplit('.').next().unwrap_or(""));
    if !own.is_empty() {
        return own;
    }
    let stem = Path::new(&policy.label).file_stem();
    stem.map_or_else(|| "policy".into(), |stem| stem.to_string_lossy().replace("<stdin>", "policy"))
}
