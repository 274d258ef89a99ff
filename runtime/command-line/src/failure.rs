//! Why a command stops, and with which exit code.

use std::io;

/// Why a command stops before it is done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What was asked for is not there or makes no sense.
    Usage(String),
    /// A policy was refused; why has been reported.
    Refused,
    /// The system did not give all files; which has been reported.
    Unread,
    /// What was asked for depends on something that is only known when something else runs.
    NotKnown(String),
    /// It was done, but parts of a policy were not known; that has been reported.
    Partly,
    /// Writing failed.
    Write(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Write(error.into())
    }
}

/// A failure of usage.
pub(crate) fn usage(message: impl Into<String>) -> Failure {
    Failure::Usage(message.into())
}
