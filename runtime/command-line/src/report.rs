//! Tells findings: for people, for programs, for code hosts.

mod excerpt;
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
    /// Why the file has no text.
    pub(crate) unread: Option<Unread>,
}

/// Why a file has no text.
#[derive(Debug)]
pub(crate) struct Unread {
    pub(crate) reason: String,
    pub(crate) how: NotRead,
}

/// What it means that a file has no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotRead {
    /// A note: it is no text, and nobody said that it contains a policy.
    Skipped,
    /// An error: it was named and is no text.
    Expected,
    /// The system does not give it, so that nobody knows what it says.
    Failed,
}

impl NotRead {
    pub(crate) const fn level(self) -> Level {
        match self {
            Self::Skipped => Level::Note,
            Self::Expected | Self::Failed => Level::Error,
        }
    }
}

impl FileReport {
    /// A file without a text.
    pub(crate) fn unreadable(name: String, reason: &Unreadable, named: bool) -> Self {
        let (subject, how) = match reason {
            Unreadable::Folder(_) => ("what is here", NotRead::Failed),
            Unreadable::System(_) => ("the file", NotRead::Failed),
            Unreadable::NoFile => ("what has this name", NotRead::Failed),
            Unreadable::TooLong | Unreadable::NotUtf8 { .. } if named => {
                ("the file", NotRead::Expected)
            }
            Unreadable::TooLong | Unreadable::NotUtf8 { .. } => ("the file", NotRead::Skipped),
        };
        Self {
            name,
            form: None,
            text: String::new(),
            policies: Vec::new(),
            skipped: Vec::new(),
            unread: Some(Unread { reason: format!("{subject} {reason}"), how }),
        }
    }
}

impl FileReport {
    /// Whether there is nothing in the file that is or may be a policy.
    pub(crate) fn is_empty(&self) -> bool {
        self.policies.is_empty() && self.skipped.is_empty() && self.unread.is_none()
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
    /// Files and folders that the system does not give.
    pub(crate) unread: usize,
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
        match report.unread.as_ref().map(|unread| unread.how) {
            Some(NotRead::Expected) => self.errors += 1,
            Some(NotRead::Skipped) => self.skipped += 1,
            Some(NotRead::Failed) => self.unread += 1,
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
        let Self { files, policies, errors, warnings, notes, skipped, unread, forms: _ } = *self;
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
        if unread > 0 {
            write!(f, ", {unread} not read")?;
        }
        Ok(())
    }
}

/// `1 file`, `2 files`.
pub(crate) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
