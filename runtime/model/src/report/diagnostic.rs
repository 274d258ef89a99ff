//! What is wrong with a policy, and where.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::report::level::Levels;
use crate::report::rule::{Level, Rule};
use crate::text::shown::{cut, shown};

/// Most characters of a line that says more, as a whole request.
const MAX_LINE: usize = 4000;

/// One mistake at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic<L> {
    /// The place that is wrong.
    pub at: L,
    /// The rule it breaks.
    pub rule: Rule,
    /// One sentence: what is wrong and what was meant.
    pub message: String,
}

/// The sentence, then what RAM would have done, and where more about the rule is.
impl<L> fmt::Display for Diagnostic<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (message, in_ram, rule) = (&self.message, self.rule.in_ram(), self.rule.name());
        write!(f, "{message}\n  = RAM: {in_ram} [{rule}]\n  = help: ram-policy explain {rule}")
    }
}

/// Collects every mistake of a policy.
#[derive(Debug)]
pub struct Report<L> {
    diagnostics: Vec<Diagnostic<L>>,
}

impl<L> Default for Report<L> {
    fn default() -> Self {
        Self { diagnostics: Vec::new() }
    }
}

impl<L> Report<L> {
    /// Adds a mistake. What the message shows of a document cannot move the reader's eye or cursor.
    pub fn add(&mut self, at: L, rule: Rule, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic { at, rule, message: shown(message.into()) });
    }

    /// As [`Report::add`], with lines behind the sentence that say more.
    pub fn add_with<'t>(
        &mut self,
        at: L,
        rule: Rule,
        message: impl Into<String>,
        lines: impl IntoIterator<Item = &'t str>,
    ) {
        let mut message = shown(message.into());
        for line in lines {
            message.push_str("\n  ");
            message.push_str(&cut(line.into(), MAX_LINE));
        }
        self.diagnostics.push(Diagnostic { at, rule, message });
    }

    /// Adds what was found elsewhere.
    pub fn extend(&mut self, found: Vec<Diagnostic<L>>) {
        self.diagnostics.extend(found);
    }

    /// Whether there is no mistake.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// The mistakes in the order they were found.
    #[must_use]
    pub fn into_diagnostics(self) -> Vec<Diagnostic<L>> {
        self.diagnostics
    }

    /// The mistakes that are reported at all, in the order they were found, and whether one of them is
    /// an error.
    #[must_use]
    pub fn at_levels(self, levels: &Levels) -> (Vec<Diagnostic<L>>, bool) {
        let mut findings = self.diagnostics;
        findings.retain(|diagnostic| levels.level(diagnostic.rule) > Level::Allow);
        let refused = findings.iter().any(|diagnostic| levels.is_error(diagnostic.rule));
        (findings, refused)
    }
}
