//! How loudly breaking a rule is told, by default and as a user asks for it.

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::report::rule::{Level, Rule, Severity, Strictness};
use crate::text::hidden::Escaped;
use crate::text::suggest;

/// The levels of all rules: the defaults, and what a user changed.
///
/// ```
/// use ram_policy::{Level, Levels};
///
/// let levels = Levels::new().with("not_action_allow", Level::Error)?.with("sid", Level::Allow)?;
/// assert_eq!(levels.of("not_action_allow"), Some(Level::Error));
/// assert_eq!(levels.of("unknown_action"), Some(Level::Error));
/// # Ok::<(), ram_policy::LevelError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Levels {
    strictness: Strictness,
    /// The last that names a rule counts.
    changed: Vec<(Rule, Level)>,
}

impl Levels {
    /// The strict default of every rule.
    #[must_use]
    pub const fn new() -> Self {
        Self::at(Strictness::Strict)
    }

    /// The default of every rule at a strictness.
    #[must_use]
    pub const fn at(strictness: Strictness) -> Self {
        Self { strictness, changed: Vec::new() }
    }

    /// The strictness of the rules whose level nobody changed.
    #[must_use]
    pub const fn strictness(&self) -> Strictness {
        self.strictness
    }

    /// These changes, and the defaults of another strictness.
    #[must_use]
    pub const fn with_strictness(mut self, strictness: Strictness) -> Self {
        self.strictness = strictness;
        self
    }

    /// Changes the level of the rule with this name.
    ///
    /// # Errors
    ///
    /// No rule has the name, or RAM refuses what breaks it, so that nothing less than an error
    /// would be true.
    pub fn with(mut self, rule: &str, level: Level) -> Result<Self, LevelError> {
        self.set(rule, level)?;
        Ok(self)
    }

    /// As [`Levels::with`], in place.
    ///
    /// # Errors
    ///
    /// As [`Levels::with`].
    pub fn set(&mut self, rule: &str, level: Level) -> Result<(), LevelError> {
        let found = Rule::from_name(rule).ok_or_else(|| LevelError::unknown(rule))?;
        if found.severity() == Severity::Error && level != Level::Error {
            return Err(LevelError { rule: rule.into(), reason: Reason::RamRefuses });
        }
        self.changed.push((found, level));
        Ok(())
    }

    /// These levels, and those that `later` changes in the place of what stands here for the same
    /// rules; the strictness stays.
    ///
    /// ```
    /// use ram_policy::{Level, Levels};
    ///
    /// let of_source = Levels::new().with("sid", Level::Allow)?;
    /// let asked = Levels::new().with("sid", Level::Error)?;
    /// assert_eq!(of_source.followed_by(&asked).of("sid"), Some(Level::Error));
    /// # Ok::<(), ram_policy::LevelError>(())
    /// ```
    #[must_use]
    pub fn followed_by(mut self, later: &Self) -> Self {
        self.changed.extend_from_slice(&later.changed);
        self
    }

    /// The level of the rule with this name; `None` when no rule has it.
    #[must_use]
    pub fn of(&self, rule: &str) -> Option<Level> {
        Rule::from_name(rule).map(|rule| self.level(rule))
    }

    /// Whether a policy that breaks the rule is refused.
    #[must_use]
    pub fn is_error(&self, rule: Rule) -> bool {
        self.level(rule) == Level::Error
    }

    /// The level of a rule.
    #[must_use]
    pub fn level(&self, rule: Rule) -> Level {
        let changed = self.changed.iter().rev().find(|(changed, _)| *changed == rule);
        changed.map_or(rule.level(self.strictness), |(_, level)| *level)
    }
}

/// Why the level of a rule cannot be changed.
///
/// ```
/// use ram_policy::{Level, Levels};
///
/// let unknown = Levels::new().with("unknown_acton", Level::Allow).unwrap_err();
/// assert_eq!(unknown.to_string(), "there is no rule `unknown_acton`, did you mean `unknown_action`?");
/// let refused = Levels::new().with("wrong_version", Level::Allow).unwrap_err();
/// assert_eq!(refused.to_string(), "`wrong_version` stays an error, RAM refuses the document for it");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelError {
    rule: String,
    reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Reason {
    Unknown { near: Vec<&'static str> },
    RamRefuses,
}

impl LevelError {
    fn unknown(rule: &str) -> Self {
        let near = suggest::nearest(rule, Rule::ALL.iter().map(|rule| rule.name()));
        Self { rule: rule.into(), reason: Reason::Unknown { near } }
    }
}

impl fmt::Display for LevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = Escaped(&self.rule);
        match &self.reason {
            Reason::Unknown { near } => {
                write!(f, "there is no rule `{rule}`{}", suggest::did_you_mean(near))
            }
            Reason::RamRefuses => {
                write!(f, "`{rule}` stays an error, RAM refuses the document for it")
            }
        }
    }
}

impl core::error::Error for LevelError {}
