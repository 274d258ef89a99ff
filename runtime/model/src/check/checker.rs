//! What a user sets of the run-time checker: levels, actions that are vouched for, and additions to the
//! catalogue.

use alloc::{string::String, vec::Vec};

use crate::catalogue::additions::Additions;
use crate::report::level::{LevelError, Levels};
use crate::report::rule::{Level, Strictness};

/// How documents are checked at run time; as the attributes of `policy!` do it at compile time.
///
/// ```
/// use ram_policy::{Checker, Level, Policy};
///
/// let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
/// let imported = Policy::from_json_with(text, &Checker::new())?;
/// assert_eq!(imported.findings.first().map(|finding| finding.rule()), Some("star_on_star"));
///
/// let strict = Checker::new().level("star_on_star", Level::Error)?;
/// assert!(Policy::from_json_with(text, &strict).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checker {
    levels: Levels,
    unlisted: Vec<String>,
    additions: Additions,
    at_any_length: bool,
}

impl Checker {
    /// The strict levels, and nothing vouched for.
    #[must_use]
    pub const fn new() -> Self {
        Self::at(Strictness::Strict)
    }

    /// The levels of a strictness, and nothing vouched for.
    ///
    /// ```
    /// use ram_policy::{Checker, Policy, Strictness};
    ///
    /// let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"newservice:*","Resource":"*"}]}"#;
    /// assert!(Policy::from_json_with(text, &Checker::new()).is_err());
    /// let audit = Checker::at(Strictness::Audit);
    /// assert!(Policy::from_json_with(text, &audit).is_ok()); // a warning
    /// ```
    #[must_use]
    pub const fn at(strictness: Strictness) -> Self {
        Self {
            levels: Levels::at(strictness),
            unlisted: Vec::new(),
            additions: Additions::new(),
            at_any_length: false,
        }
    }

    /// Changes the level of the rule with this name.
    ///
    /// # Errors
    ///
    /// As [`Levels::with`].
    pub fn level(mut self, rule: &str, level: Level) -> Result<Self, LevelError> {
        self.levels.set(rule, level)?;
        Ok(self)
    }

    /// Takes these levels in the place of all set before.
    #[must_use]
    pub fn with_levels(mut self, levels: Levels) -> Self {
        self.levels = levels;
        self
    }

    /// Vouches for an action that the catalogue does not have; it is spelt as in the document,
    /// wildcards included.
    #[must_use]
    pub fn unlisted(mut self, action: impl Into<String>) -> Self {
        self.unlisted.push(action.into());
        self
    }

    /// Takes these additions to the catalogue in the place of all before.
    #[must_use]
    pub fn with_additions(mut self, additions: Additions) -> Self {
        self.additions = additions;
        self
    }

    /// Takes documents of up to 65,536 characters, which RAM refuses from 6,144 on, so that
    /// `Policy::simplified` or `Policy::split`, with the feature `proofs`, can make of them what RAM
    /// takes.
    ///
    /// ```
    /// use ram_policy::{Checker, Policy};
    ///
    /// let buckets: Vec<String> =
    ///     (0..400).map(|number| format!(r#""acs:oss:*:*:bucket-{number}""#)).collect();
    /// let text = format!(
    ///     r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"oss:GetBucketInfo","Resource":[{}]}}]}}"#,
    ///     buckets.join(","),
    /// );
    /// assert!(Policy::from_json(&text).is_err());
    /// let read = Policy::from_json_with(&text, &Checker::new().at_any_length())?;
    /// assert_eq!(read.policy.split(6144)?.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn at_any_length(mut self) -> Self {
        self.at_any_length = true;
        self
    }

    /// Whether documents that are longer than RAM allows are taken.
    #[must_use]
    pub const fn is_at_any_length(&self) -> bool {
        self.at_any_length
    }

    /// The levels.
    #[must_use]
    pub const fn levels(&self) -> &Levels {
        &self.levels
    }

    /// The actions that are vouched for.
    #[must_use]
    pub fn unlisted_actions(&self) -> &[String] {
        &self.unlisted
    }

    /// The additions to the catalogue.
    #[must_use]
    pub const fn additions(&self) -> &Additions {
        &self.additions
    }
}
