//! What was found in a document, with line, column and path.

use alloc::{string::String, vec::Vec};
use core::fmt;

use super::rule::{Level, Rule, Severity};

/// Something about a document, with its place.
///
/// ```
/// use ram_policy::{Level, Policy, Severity};
///
/// let found = Policy::from_json(
///     r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "ecs:RunInstance", "Resource": "*"}]}"#,
/// );
/// let findings = found.err().map(|error| error.into_findings()).unwrap_or_default();
/// let [finding] = findings.as_slice() else { panic!("one finding") };
/// assert_eq!(finding.rule(), "unknown_action");
/// assert_eq!(finding.level(), Level::Error);
/// assert_eq!(finding.severity(), Severity::Warning); // RAM takes it
/// assert_eq!((finding.line(), finding.column()), (1, 62));
/// assert_eq!(finding.path(), "Statement[0].Action");
/// assert_eq!(finding.message(), "unknown action `ecs:RunInstance`, did you mean `ecs:RunInstances`?");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub(crate) rule: Rule,
    pub(crate) level: Level,
    pub(crate) message: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) path: String,
}

impl Finding {
    /// The stable name of the rule, as `unknown_action`.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        self.rule.name()
    }

    /// Whether it is an error, a warning or a note.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// What RAM does about it.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.rule.severity()
    }

    /// One sentence: what is wrong and what was meant.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What RAM does about it, in the words after "RAM".
    #[must_use]
    pub const fn in_ram(&self) -> &'static str {
        self.rule.in_ram()
    }

    /// Line of the text, from 1; 0 for a policy of [`PolicyBuilder`](crate::PolicyBuilder), which has
    /// no text.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }

    /// Column of the line in characters, from 1; 0 where there is no text.
    #[must_use]
    pub const fn column(&self) -> usize {
        self.column
    }

    /// Path in the document, as `Statement[2].Condition.StringEquals`; empty for the whole of it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// `3:17: error: unknown action ... (Statement[0].Action) [unknown_action]`; without a text it begins
/// with the level.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "{}:{}: ", self.line, self.column)?;
        }
        write!(f, "{}: {}", self.level.name(), self.message)?;
        if !self.path.is_empty() {
            write!(f, " ({})", self.path)?;
        }
        write!(f, " [{}]", self.rule())
    }
}

/// Why a document was refused: everything that was found in it.
///
/// ```
/// use ram_policy::Policy;
///
/// let error = Policy::from_json("[]").unwrap_err();
/// assert_eq!(error.to_string(), "1:1: error: a policy is an object, not a list [wrong_type]");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    pub(crate) findings: Vec<Finding>,
}

impl ImportError {
    /// What was found, in the order of the text; at least one.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What was found, in the order of the text; at least one.
    #[must_use]
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

/// One finding a line.
impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.findings.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{finding}")?;
        }
        Ok(())
    }
}

impl core::error::Error for ImportError {}

/// A policy that was read leniently, with what was found in it.
///
/// ```
/// use ram_policy::Policy;
///
/// let imported = Policy::from_json_lenient(
///     r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "ecs:RunInstance", "Resource": "*"}]}"#,
/// )?;
/// assert_eq!(imported.findings.len(), 1);
/// assert!(imported.policy.to_json().contains("ecs:RunInstance"));
/// # Ok::<(), ram_policy::ImportError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Imported<T> {
    /// The policy, as written.
    pub policy: T,
    /// What was found, in the order of the text.
    pub findings: Vec<Finding>,
}

impl<T> Imported<T> {
    /// The same findings with another form of the policy.
    #[must_use]
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Imported<U> {
        Imported { policy: form(self.policy), findings: self.findings }
    }
}
