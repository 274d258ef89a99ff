//! `check`: all findings of all policies in files.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use ram_policy_model::catalogue::additions::FILE_NAME;
use ram_policy_model::{Checker, Level, Strictness};

use crate::arguments::{Kind, Select, form};
use crate::failure::{Failure, usage};
use crate::files::{Walk, has_words};
use crate::policies::{Files, Wanted};
use crate::{additions_file, guardrails_file, output, report};
use ram_policy_forms::Form;

/// Finds mistakes in policies
///
/// Reads files, folders, globs and standard input (`-`). In a folder, files without a policy are
/// skipped. What cannot be read is reported, and the rest is checked. Exit code 1 when a finding is an
/// error, 2 when a file that is named contains no policy, or when a file or a folder cannot be read.
#[derive(Args)]
#[command(after_help = "Example: ram-policy check --deny star_on_star policies/ infra/")]
pub(crate) struct Arguments {
    /// Files, folders, globs; `-` reads standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<OsString>,
    /// What the policies are attached to
    #[arg(long, value_enum, default_value_t = Kind::Auto)]
    kind: Kind,
    #[command(flatten)]
    select: Select,
    #[command(flatten)]
    levels: Levels,
    /// A ram-guardrails.json with what an organisation asks of every policy; one in the working folder
    /// is read in any case
    #[arg(long, value_name = "FILE")]
    guardrails: Option<PathBuf>,
    /// What files are read as, whatever their names say
    #[arg(long, value_parser = form(), value_name = "FORM")]
    from: Option<Form>,
    /// Skips files that are named and contain no policy, as hooks name every file
    #[arg(long)]
    pass_over: bool,
    /// Reads hidden files and those that git ignores, too
    #[arg(long)]
    all: bool,
    /// How findings are reported
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    format: CheckFormat,
}

/// The levels of rules, and actions that are vouched for.
#[derive(Args)]
pub(crate) struct Levels {
    /// Makes what the catalogue does not know an error, as the macros do; otherwise only what RAM
    /// refuses and what has no effect is one
    #[arg(long)]
    strict: bool,
    /// Makes findings of a rule errors; takes precedence over --warn and --allow
    #[arg(long, value_name = "RULE")]
    deny: Vec<String>,
    /// Makes findings of a rule warnings; takes precedence over --allow
    #[arg(long, value_name = "RULE")]
    warn: Vec<String>,
    /// Does not report findings of a rule
    #[arg(long, value_name = "RULE")]
    allow: Vec<String>,
    /// A ram-catalogue.json that adds to the catalogue, corrects and retires; one in the working
    /// folder is read in any case
    #[arg(long, value_name = "FILE")]
    additions: Option<PathBuf>,
    /// Vouches for an action that the catalogue does not have, spelt as in the policy
    #[arg(long, value_name = "ACTION")]
    unlisted: Vec<String>,
}

impl Levels {
    /// The checker with these levels.
    pub(crate) fn checker(&self) -> Result<Checker, Failure> {
        let strictness = if self.strict { Strictness::Strict } else { Strictness::Audit };
        let mut checker = Checker::at(strictness);
        let groups =
            [(&self.allow, Level::Allow), (&self.warn, Level::Warning), (&self.deny, Level::Error)];
        for (rules, level) in groups {
            for rule in rules {
                checker = checker.level(rule, level).map_err(|error| usage(error.to_string()))?;
            }
        }
        let beside = Path::new(FILE_NAME);
        let file = self.additions.as_deref().or_else(|| beside.is_file().then_some(beside));
        if let Some(file) = file {
            checker = checker.with_additions(additions_file::read(file)?);
        }
        Ok(self.unlisted.iter().fold(checker, Checker::unlisted))
    }
}

/// How findings are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// Source lines with marks, for people.
    Text,
    /// For programs; the schema is in the README of the command line.
    Json,
    /// SARIF 2.1.0, for code hosts.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}

/// Of folders: how many policies are in which form, and what may contain one and was not read.
fn tell_of_folders(
    walk: &Walk,
    files: &Files,
    arguments: &Arguments,
    summary: &report::Summary,
    unrecognised: &[String],
) {
    if !arguments.paths.iter().any(|path| Path::new(path).is_dir()) {
        return;
    }
    if !summary.forms.is_empty() {
        let forms: Vec<String> =
            summary.forms.iter().map(|(form, count)| format!("{form} {count}")).collect();
        output::tell(&format!("policies by form: {}", forms.join(", ")));
    }
    for name in unrecognised {
        output::tell(&format!("note: `{name}` may contain a policy, and none was found in it"));
    }
    let unread = walk.unread(&arguments.paths).into_iter();
    for path in unread.filter(|path| !files.was_named(path)) {
        let path = path.display();
        output::tell(&format!("note: `{path}` may contain a policy and was not read, see --from"));
    }
}

/// Checks and reports.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let checker = arguments.levels.checker()?;
    let walk = Walk { form: arguments.from, all: arguments.all };
    let wanted = Wanted {
        kind: arguments.kind,
        select: arguments.select.name(),
        variables: arguments.select.variables(),
        organisation: guardrails_file::of(arguments.guardrails.as_deref(), checker.additions())?,
        checker,
        ..Wanted::default()
    };
    let (mut reports, mut files) = (Vec::new(), Files::with(&wanted)?);
    let mut out = output::styled();
    let mut summary = report::Summary::default();
    let (mut without, mut unrecognised) = (Vec::new(), Vec::new());
    for mut source in walk.find(&arguments.paths)? {
        source.named &= !arguments.pass_over;
        let report = files.check(&source, &wanted);
        summary.add(&report);
        if report.is_empty() {
            if source.named {
                without.push(report.says_none());
            } else if report.form != Some(Form::Rust) && has_words(&report.text) {
                // Rust source has such words wherever it is about policies.
                unrecognised.push(report.name.clone());
            }
        }
        match arguments.format {
            CheckFormat::Text => report::text::write(&report, &mut out)?,
            CheckFormat::Github => report::github::write(&report, &mut out)?,
            CheckFormat::Json | CheckFormat::Sarif => reports.push(report),
        }
    }
    match arguments.format {
        CheckFormat::Text => {
            out.flush()?;
            output::tell(&summary.to_string());
            tell_of_folders(&walk, &files, arguments, &summary, &unrecognised);
        }
        CheckFormat::Github => out.flush()?,
        CheckFormat::Json => {
            drop(out);
            output::json(&report::json::of(&reports, &summary))?;
        }
        CheckFormat::Sarif => {
            drop(out);
            output::json(&report::sarif::of(&reports))?;
        }
    }
    match (without.as_slice(), summary.errors, summary.unread) {
        ([], 0, 0) => Ok(()),
        ([], 0, 1..) => Err(Failure::Unread),
        ([], 1.., _) => Err(Failure::Refused),
        // Who names a file wants to know that nothing of it was checked.
        (without, ..) => Err(usage(without.join("\nerror: "))),
    }
}
