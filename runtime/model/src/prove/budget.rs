//! How much work a question may take.

use super::proof::Reason;

/// Most steps of a question, a step being one pattern that reads one character. They take about a
/// second in an optimised build, and the states they leave behind less than 200 MB; the questions
/// of ordinary policies take some thousands.
const MOST_STEPS: usize = 10_000_000;

/// Most choices of a question: which part of a statement a request is to miss. Ordinary policies
/// need some hundreds.
const MOST_CHOICES: usize = 20_000;

/// What is left of the work that a question may take.
#[derive(Debug)]
pub(super) struct Budget {
    steps: usize,
    choices: usize,
}

impl Budget {
    /// The whole budget.
    pub(super) const fn new() -> Self {
        Self { steps: MOST_STEPS, choices: MOST_CHOICES }
    }

    /// Spends steps.
    ///
    /// # Errors
    ///
    /// None are left.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Reason> {
        self.steps = self.steps.checked_sub(steps).ok_or(Reason::TooManySteps)?;
        Ok(())
    }

    /// Spends a choice.
    ///
    /// # Errors
    ///
    /// None are left.
    pub(super) fn choose(&mut self) -> Result<(), Reason> {
        self.choices = self.choices.checked_sub(1).ok_or(Reason::TooManyChoices)?;
        Ok(())
    }
}
