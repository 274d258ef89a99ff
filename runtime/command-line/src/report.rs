//! Tells findings: for people, for programs, for code hosts.

pub(crate) mod github;
pub(crate) mod json;
pub(crate) mod sarif;
pub(crate) mod table;
pub(crate) mod text;

use std::collections::BTreeMap;
use std::fmt;

use ram_policy_forms::{Checked, Form, Position, Skipped};
use ram_policy_model::Level;

use crate::files::Unreadable;

/// What was found in a file.
#[derive(Debug)]
pub(crate) struct FileReport {
    pub(crate) name: String,
    /// What it was read as.
    pub(crate) form: Option<Form>,
    pub(crate) text: String,
    pub(crate) policies: Vec<Checked>,
    pub(crate) skipped: Vec<(Position, Skipped)>,
    /// Why the file has no text, and whether that is an error.
    pub(crate) unreadable: Option<(String, bool)>,
}

impl FileReport {
    /// A file without a text; an error when it was to hold a policy.
    pub(crate) fn unreadable(name: String, reason: &Unreadable, named: bool) -> Self {
        Self {
            name,
            form: None,
            text: String::new(),
            policies: Vec::new(),
            skipped: Vec::new(),
            unreadable: Some((format!("the file {reason}"), named)),
        }
    }
}

impl FileReport {
    /// Whether there is nothing in the file that is or may be a policy.
    pub(crate) fn is_empty(&self) -> bool {
        self.policies.is_empty() && self.skipped.is_empty() && self.unreadable.is_none()
    }

    /// That it contains no policy.
    pub(crate) fn says_none(&self) -> String {
        let form = self.form.map_or(String::new(), |form| format!(" as {form}"));
        format!("`{}` contains no policy, read{form}", self.name)
    }
}

/// How much was found.
#[derive(Debug, Default, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Summary {
    pub(crate) files: usize,
    pub(crate) policies: usize,
    /// How many are in which form.
    pub(crate) forms: BTreeMap<&'static str, usize>,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
    pub(crate) skipped: usize,
}

impl Summary {
    pub(crate) fn add(&mut self, report: &FileReport) {
        self.files += 1;
        self.policies += report.policies.len();
        if let Some(form) = report.form
            && !report.policies.is_empty()
        {
            *self.forms.entry(form.name()).or_default() += report.policies.len();
        }
        self.skipped += report.skipped.len();
        match report.unreadable {
            Some((_, true)) => self.errors += 1,
            Some((_, false)) => self.skipped += 1,
            None => {}
        }
        for found in report.policies.iter().flat_map(|policy| &policy.findings) {
            match found.level {
                Level::Error => self.errors += 1,
                Level::Warning => self.warnings += 1,
                Level::Note => self.notes += 1,
                Level::Allow => {}
            }
        }
    }
}

/// `2 policies in 1 file: 1 error, 0 warnings, 0 notes`.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { files, policies, errors, warnings, notes, skipped, forms: _ } = *self;
        write!(
            f,
            "{} in {}: ",
            counted(policies, "policy", "policies"),
            counted(files, "file", "files")
        )?;
        write!(
            f,
            "{}, {}, {}",
            counted(errors, "error", "errors"),
            counted(warnings, "warning", "warnings"),
            counted(notes, "note", "notes")
        )?;
        if skipped > 0 {
            write!(f, ", {skipped} not checked")?;
        }
        Ok(())
    }
}

/// `1 file`, `2 files`.
pub(crate) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
