//! Lines of a log that are no requests.

use core::fmt;

/// A line that is no request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wrong {
    /// Its number, from 1; where the log is a list, that of the item.
    pub line: u64,
    /// What is wrong. Texts of the log may stand in it: escape it before it is shown.
    pub reason: String,
}

impl Wrong {
    pub(crate) const fn new(line: u64, reason: String) -> Self {
        Self { line, reason }
    }
}

/// The line and the reason.
impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.reason)
    }
}

impl std::error::Error for Wrong {}
