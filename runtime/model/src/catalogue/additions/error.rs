//! What is wrong with a file of additions, and where.

use alloc::{string::String, vec, vec::Vec};
use core::fmt;

use crate::text::json::TextRange;
use crate::text::order;
use crate::text::place::Text;
use crate::text::position::position;
use crate::text::shown::shown;

/// Every mistake of a file, in the order of its text.
///
/// ```
/// use ram_policy::Additions;
///
/// let error = Additions::from_json(r#"{"action": {}}"#).unwrap_err();
/// assert_eq!(error.to_string(), "1:2: the file has no `action`, did you mean `actions`?");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdditionsError {
    mistakes: Vec<Mistake>,
}

impl AdditionsError {
    pub(super) fn new(text: &str, mut found: Vec<Text<TextRange>>) -> Self {
        order::sort_by(&mut found, |left, right| left.at.cmp(&right.at));
        let mistake = |found: Text<TextRange>| {
            let (line, column) = position(text, found.at.start);
            Mistake { line, column, range: found.at, message: shown(found.value) }
        };
        Self { mistakes: found.into_iter().map(mistake).collect() }
    }

    /// A mistake of a text that cannot be read at all.
    pub(super) fn outside((line, column): (usize, usize), message: String) -> Self {
        let range = TextRange { start: 0, end: 0 };
        Self { mistakes: vec![Mistake { line, column, range, message }] }
    }

    /// The mistakes; at least one.
    #[must_use]
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }
}

/// One mistake a line.
impl fmt::Display for AdditionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.mistakes.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{mistake}")?;
        }
        Ok(())
    }
}

impl core::error::Error for AdditionsError {}

/// One mistake of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    line: usize,
    column: usize,
    range: TextRange,
    message: String,
}

impl Mistake {
    /// Line of the text, from 1.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }

    /// Column of the line in characters, from 1.
    #[must_use]
    pub const fn column(&self) -> usize {
        self.column
    }

    /// One sentence: what is wrong and what was meant.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The part of the text that is wrong, in bytes.
    #[doc(hidden)]
    #[must_use]
    pub const fn range(&self) -> TextRange {
        self.range
    }
}

/// `3:17: unknown access level ...`.
impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}
