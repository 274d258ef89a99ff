//! The policies of files: all that were found, for a report, or those that RAM accepts.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use ram_policy_forms::{Checked, Contents, Embedded, Form, Lines, Reader, Tree};
use ram_policy_model::Checker;
use ram_policy_model::lowered::Document;

use crate::arguments::Kind;
use crate::failure::{Failure, usage};
use crate::files::{Source, Unreadable, Walk};
use crate::report::{self, FileReport};

/// A policy of a file.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The file and, where the policy has one, its name.
    pub(crate) label: String,
    pub(crate) checked: Checked,
    pub(crate) document: Document,
}

/// Reads one file and checks every policy in it.
pub(crate) fn check(source: &Source, kind: Kind, checker: &Checker) -> Result<FileReport, Failure> {
    let name = source.name();
    let text = match source.text() {
        Ok(text) => text,
        Err(Unreadable::System(error)) => {
            return Err(usage(format!("`{name}` cannot be read: {error}")));
        }
        Err(unreadable) => return Ok(FileReport::unreadable(name, &unreadable, source.named)),
    };
    let form = source.form.unwrap_or_else(|| Form::of_text(&text));
    let reader = Reader::new(form);
    let reader = if source.named { reader } else { reader.of_anything() };
    let Contents { policies, skipped } = reader.read(&text);
    let folder = source.path.as_deref().and_then(of_crate);
    let policies = policies.into_iter().map(|mut policy: Embedded| {
        if let Tree::Typed(typed) = &mut policy.tree {
            typed.folder.clone_from(&folder);
        }
        policy.check(kind.asked(), checker)
    });
    let policies = policies.collect();
    let lines = Lines::new(&text);
    let placed = skipped.into_iter().map(|skipped| (lines.position(skipped.at.start), skipped));
    let skipped = placed.collect();
    Ok(FileReport { name, policies, skipped, unreadable: None, text })
}

/// The folder of the crate that a file belongs to.
fn of_crate(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let mut folders = path.ancestors().skip(1);
    folders.find(|folder| folder.join("Cargo.toml").is_file()).map(Into::into)
}

/// The policies of files that are named one by one; each holds at least one that RAM accepts.
pub(crate) fn load(
    paths: &[OsString],
    form: Option<Form>,
    kind: Kind,
) -> Result<Vec<Loaded>, Failure> {
    load_with(paths, form, kind, &Checker::new())
}

/// As [`load`], checked in this way.
pub(crate) fn load_with(
    paths: &[OsString],
    form: Option<Form>,
    kind: Kind,
    checker: &Checker,
) -> Result<Vec<Loaded>, Failure> {
    let mut loaded = Vec::new();
    for source in (Walk { form, all: false }).find(paths)? {
        loaded.extend(of_source(&source, kind, checker)?);
    }
    Ok(loaded)
}

/// The policies of the file at a path.
pub(crate) fn load_path(path: &Path, kind: Kind) -> Result<Vec<Loaded>, Failure> {
    if !path.is_file() {
        return Err(usage(format!("there is no file `{}`", path.display())));
    }
    let form = Form::of_path(path);
    of_source(&Source { path: Some(path.into()), named: true, form }, kind, &Checker::new())
}

/// The policies of one file; what RAM refuses in it is told.
fn of_source(source: &Source, kind: Kind, checker: &Checker) -> Result<Vec<Loaded>, Failure> {
    let report = check(source, kind, checker)?;
    let refused = report.policies.iter().any(|policy| policy.document.is_none());
    if refused || report.unreadable.is_some() || !report.skipped.is_empty() {
        let mut told = anstream::stderr().lock();
        report::text::write(&report, &mut told)?;
        return Err(Failure::Refused);
    }
    if report.policies.is_empty() && source.named {
        return Err(usage(format!("`{}` holds no policy", report.name)));
    }
    let FileReport { name, policies, .. } = report;
    let of = |mut checked: Checked| {
        let document = checked.document.take()?;
        let label = if checked.name.is_empty() {
            name.clone()
        } else {
            format!("{name}: {}", checked.name)
        };
        Some(Loaded { label, checked, document })
    };
    Ok(policies.into_iter().filter_map(of).collect())
}
