//! How much work a question may take.

use super::proof::Reason;

/// Most steps of a question. A step is one pattern that reads one character; a literal that is kept
/// for a look-up counts as four. A question of ordinary policies takes some thousands; all of these
/// take about three seconds in an optimised build, and look-ups keep at most 80 MB.
const MOST_STEPS: usize = 20_000_000;

/// Most steps of one walk over texts, so that one that leads nowhere leaves some for the others. Its
/// states take about 80 MB, and are given back.
pub(super) const MOST_STEPS_OF_A_WALK: usize = 5_000_000;

/// Most steps for trying likely texts before a walk.
pub(super) const MOST_STEPS_OF_TRIES: usize = 20_000;

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
        // One that is spent stays so.
        self.steps = self.steps.saturating_sub(steps);
        self.check()
    }

    /// The budget of one of several questions, with this many steps left for all.
    const fn of(steps: usize) -> Self {
        let steps = if steps < MOST_STEPS { steps } else { MOST_STEPS };
        Self { steps, choices: MOST_CHOICES }
    }

    /// Does something that may spend that many steps and no more.
    pub(super) fn within<T>(&mut self, most: usize, work: impl FnOnce(&mut Self) -> T) -> T {
        let given = self.steps.min(most);
        let mut part = Self { steps: given, choices: 0 };
        let done = work(&mut part);
        self.steps -= given - part.steps;
        done
    }

    /// Whether steps are left.
    ///
    /// # Errors
    ///
    /// None are.
    pub(super) const fn check(&self) -> Result<(), Reason> {
        if self.steps > 0 { Ok(()) } else { Err(Reason::TooManySteps) }
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

/// What several questions may take together.
#[derive(Debug)]
pub(super) struct Effort {
    steps: usize,
}

impl Effort {
    /// Each question with a budget of its own.
    pub(super) const fn each() -> Self {
        Self { steps: usize::MAX }
    }

    /// That many steps for all questions.
    pub(super) const fn of(steps: usize) -> Self {
        Self { steps }
    }

    /// Asks a question with what is left.
    pub(super) fn ask<T>(&mut self, question: impl FnOnce(&mut Budget) -> T) -> T {
        let mut budget = Budget::of(self.steps);
        let given = budget.steps;
        let answer = question(&mut budget);
        if self.steps < usize::MAX {
            self.steps -= given - budget.steps;
        }
        answer
    }
}
