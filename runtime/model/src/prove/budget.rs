//! How much work a question may take.

use super::proof::Reason;
use crate::catalogue::pattern_runs::{FEW_PATTERNS, is_costly};
use crate::document::{Document, Element, KeyCondition, Principals, Statement, Values};
use crate::terms::glob::Kind;
use crate::terms::pattern::ActionPattern;
use crate::text::steps as count;

/// Most steps of a question about short policies. A step is one pattern that reads one character; a
/// literal that is kept for a look-up counts as four. A question of ordinary policies takes some
/// thousands; all of these take about a second in an optimised build, and look-ups keep
/// at most 80 MB.
const MOST_STEPS: usize = 12_000_000;

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
    pub(super) const fn for_size(size: Size) -> Self {
        Self::with(size, STEPS_OF_A_CHARACTER)
    }

    /// What rewriting a policy of that size may take, with all proofs that it needs.
    pub(super) const fn for_rewriting(size: Size) -> Self {
        Self::with(size, 4 * STEPS_OF_A_CHARACTER)
    }

    const fn with(size: Size, steps: usize) -> Self {
        let more = size.characters.saturating_mul(steps);
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

/// How much there is to read of a document.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Size {
    /// The characters of its texts, by which budgets are given.
    pub(super) characters: usize,
    /// The steps of making it ready, for a question or for decisions.
    pub(super) steps: usize,
}

impl Size {
    pub(super) fn of(document: &Document) -> Self {
        let elements = document.statements.iter().flat_map(|statement| statement.elements.iter());
        let size = elements.map(size_of).fold(Self::default(), Self::and);
        let patterns = document.statements.iter().filter_map(Statement::actions);
        let mut patterns = patterns.flat_map(|(actions, _)| actions.items.iter());
        let has_many = patterns.by_ref().filter(is_costly).nth(FEW_PATTERNS).is_some();
        Self { steps: size.steps + if has_many { OF_LETTERS } else { 0 }, ..size }
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self { characters: self.characters + other.characters, steps: self.steps + other.steps }
    }

    /// A text with steps beside those of its characters.
    const fn text(text: &str, more: usize) -> Self {
        Self { characters: text.len() + 3, steps: 1 + text.len() / 4 + more }
    }
}

fn size_of(element: &Element) -> Size {
    let sum = |sizes: &mut dyn Iterator<Item = Size>| sizes.fold(Size::default(), Size::and);
    let of_actions = |actions: &Values<ActionPattern>| {
        let of = |action: &ActionPattern| {
            let steps = match (is_costly(&action), action.code.kind()) {
                (false, _) => 0,
                (true, Kind::Exact) => OF_A_PATTERN_OF_A_SERVICE,
                (true, _) => OF_A_PATTERN_OF_ALL,
            };
            Size::text(&action.text, steps)
        };
        sum(&mut actions.items.iter().map(of))
    };
    match element {
        Element::Effect => Size { characters: 50, steps: 1 },
        Element::Action(actions) | Element::NotAction(actions) => of_actions(actions),
        Element::Resource(resources) => {
            sum(&mut resources.items.iter().map(|resource| Size::text(&resource.text, 0)))
        }
        Element::Principal(principals) => {
            let by_type = element.principals().iter();
            let by_type = by_type.flat_map(|principal| principal.values.items.iter());
            let listed = match principals {
                Principals::ByType(_) => [].iter(),
                Principals::Listed(values) => values.items.iter(),
            };
            sum(&mut by_type.chain(listed).map(|value| Size::text(value, 0)))
        }
        Element::Condition(conditions) => {
            let keys = conditions.iter().flat_map(|condition| condition.keys.iter());
            let of = |key: &KeyCondition| {
                let values = &mut key.values.items.iter().map(|value| Size::text(&value.text, 0));
                sum(values).and(Size::text(&key.key, OF_A_KEY))
            };
            sum(&mut keys.map(of))
        }
        Element::Sid(sid) => Size::text(sid, 0),
    }
}

/// Steps for finding what a pattern of actions covers of one service.
const OF_A_PATTERN_OF_A_SERVICE: usize = 40;

/// Steps for finding what a pattern of actions covers of all services.
const OF_A_PATTERN_OF_ALL: usize = 600;

/// Steps for laying out the letters of the catalogue.
const OF_LETTERS: usize = 10_000;

/// Steps for comparing a condition key with the catalogue.
pub(super) const OF_A_KEY: usize = 60;
