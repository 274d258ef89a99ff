//! How much work a question may take.

use super::proof::Reason;
use crate::dispatch;
use crate::lowered::{ActionPattern, Document, Element, KeyCondition, Values};
use crate::steps as count;

/// Most steps of a question about short policies. A step is one pattern that reads one character; a
/// literal that is kept for a look-up counts as four. A question of ordinary policies takes some
/// thousands; all of these take about a third of a second in an optimised build, and look-ups keep
/// at most 80 MB.
const MOST_STEPS: usize = 2_000_000;

/// Steps more for each character of the policies.
const STEPS_OF_A_CHARACTER: usize = 250;

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
    /// The budget of a question about short policies.
    #[cfg(test)]
    pub(super) const fn new() -> Self {
        Self::of(MOST_STEPS)
    }

    /// Spends steps.
    ///
    /// # Errors
    ///
    /// None are left.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Reason> {
        count::take!(steps);
        // One that is spent stays so.
        self.steps = self.steps.saturating_sub(steps);
        self.check()
    }

    /// A budget of this many steps.
    pub(super) const fn of(steps: usize) -> Self {
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
    /// What questions about policies with that many characters may take: time in proportion to
    /// their length.
    pub(super) const fn for_characters(characters: usize) -> Self {
        let more = characters.saturating_mul(STEPS_OF_A_CHARACTER);
        Self { steps: MOST_STEPS.saturating_add(more) }
    }

    /// That many steps for all questions.
    pub(super) const fn of(steps: usize) -> Self {
        Self { steps }
    }

    /// Asks one of so many questions that are left, with its part of what is left.
    pub(super) fn ask<T>(
        &mut self,
        questions: usize,
        question: impl FnOnce(&mut Budget) -> T,
    ) -> T {
        let given = self.steps / questions.max(1);
        let mut budget = Budget::of(given);
        let answer = question(&mut budget);
        self.steps -= given - budget.steps;
        answer
    }

    /// Takes steps for what is done beside questions; whether any are left.
    pub(super) fn spend(&mut self, steps: usize) -> bool {
        count::take!(steps);
        self.steps = self.steps.saturating_sub(steps);
        self.steps > 0
    }
}

/// The characters of a document's texts, as far as the work for it goes: those of a pattern of
/// actions that is held against all of the catalogue count many times.
pub(super) fn size(document: &Document) -> usize {
    let elements = document.statements.iter().flat_map(|statement| statement.elements.iter());
    elements.map(size_of).sum()
}

fn size_of(element: &Element) -> usize {
    let of_actions = |actions: &Values<ActionPattern>| -> usize {
        let of = |action: &ActionPattern| {
            let is_costly = dispatch::is_costly(&action);
            action.text.len() + if is_costly { OF_A_COSTLY_PATTERN } else { 4 }
        };
        actions.items.iter().map(of).sum()
    };
    match element {
        Element::Effect => 1,
        Element::Action(actions) | Element::NotAction(actions) => of_actions(actions),
        Element::Resource(resources) => {
            resources.items.iter().map(|resource| 4 + resource.text.len()).sum()
        }
        Element::Principal(principals) => {
            let values = principals.iter().flat_map(|principal| principal.values.items.iter());
            values.map(|value| value.len()).sum()
        }
        Element::Condition(conditions) => {
            let keys = conditions.iter().flat_map(|condition| condition.keys.iter());
            let of = |key: &KeyCondition| -> usize {
                let values = key.values.items.iter().map(|value| 4 + value.text.len());
                OF_A_KEY + key.key.len() + values.sum::<usize>()
            };
            keys.map(of).sum()
        }
        Element::Sid(sid) => sid.len(),
    }
}

/// Steps for finding what a pattern of actions covers.
const OF_A_COSTLY_PATTERN: usize = 100;

/// Steps for comparing a condition key with the catalogue.
pub(super) const OF_A_KEY: usize = 60;
