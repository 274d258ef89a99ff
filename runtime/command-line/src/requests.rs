//! Requests of a file: JSON lines or ActionTrail events, read by the reader of logs.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use clap::ValueEnum;
use ram_policy_batch::Records;
use ram_policy_model::OwnedRequest;

use crate::failure::{Failure, usage};
use crate::progress;

/// What the records of a stream are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RecordForm {
    /// Recognised for every record by its members.
    Auto,
    /// {"action": ..., "resource": ..., "context": {...}}
    Request,
    /// Events of ActionTrail.
    ActionTrail,
}

impl From<RecordForm> for ram_policy_batch::RecordForm {
    fn from(form: RecordForm) -> Self {
        match form {
            RecordForm::Auto => Self::Auto,
            RecordForm::Request => Self::Request,
            RecordForm::ActionTrail => Self::ActionTrail,
        }
    }
}

/// A log that is open.
pub(crate) struct Log {
    pub(crate) input: Box<dyn Read>,
    /// How many bytes it has, where that is known.
    pub(crate) length: Option<u64>,
}

impl Log {
    /// Opens a file, or standard input for `-`.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        if is_input(path) {
            return Ok(Self { input: Box::new(io::stdin().lock()), length: None });
        }
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        let length = file.metadata().ok().map(|data| data.len());
        Ok(Self { input: Box::new(file), length })
    }
}

/// Whether standard input is meant.
pub(crate) fn is_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// That a log cannot be read, and why.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Failure {
    usage(format!("`{}` cannot be read: {error}", path.display()))
}

/// Every request of a file or of standard input.
///
/// # Errors
///
/// The file cannot be read, or a record is no request.
pub(crate) fn all(path: &Path, form: RecordForm) -> Result<Vec<OwnedRequest>, Failure> {
    let log = Log::open(path)?;
    let progress = progress::bar(log.length);
    let mut requests = Vec::new();
    for record in Records::new(progress.wrap_read(log.input)).with_form(form.into()) {
        let record = record.map_err(|error| unreadable(path, &error))?;
        let of_record = record.requests.map_err(|wrong| {
            usage(format!("`{}`: line {}: {}", path.display(), wrong.line, wrong.reason))
        })?;
        requests.extend(of_record);
    }
    progress.finish_and_clear();
    Ok(requests)
}
