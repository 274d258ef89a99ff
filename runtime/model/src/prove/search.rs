//! Looks for a request that matches some statements and none of some others.
//!
//! A request matches a statement when all its literals hold, and misses it when one does not. The
//! literals of the statements to match are asserted; then for each statement to miss one literal
//! that can still fail is chosen. A statement that what is asserted excludes already is dropped,
//! one of which a single literal can fail needs no choice, and when there is a choice the statement
//! with the fewest is taken first. When a choice has failed, its opposite is asserted before the
//! next is tried, so that no request is looked at twice.
//!
//! At every step the parts found so far make a request. When that request shows already what is
//! looked for, the search ends; most do at the first step.
//!
//! Each dimension is asked by itself, for the literals of one say nothing about another. The number
//! of choices can grow exponentially with the number of statements to miss, as it must, for any
//! formula in disjunctive form can be written as statements; [`Budget`] ends that.

use crate::text::order;
use alloc::vec::Vec;

use super::budget::Budget;
use super::dimension::{Answers, Part};
use super::proof::Reason;
use super::statement::{Literal, Statement};
use super::universe::Universe;

/// What is asserted of each dimension.
#[derive(Debug, Clone)]
pub(super) struct Asserted {
    dimensions: Vec<Known>,
}

/// What is asserted of a dimension, with a part that meets it, or why it is not known whether there
/// is one.
type Known = (Vec<Literal>, Result<Part, Reason>);

impl Asserted {
    /// The parts of a request that meets everything, each with what is asserted of it.
    ///
    /// # Errors
    ///
    /// It is not known whether there is such a request.
    pub(super) fn parts(&self) -> Result<Vec<(&[Literal], &Part)>, Reason> {
        self.dimensions
            .iter()
            .map(|(literals, part)| match part {
                Ok(part) => Ok((literals.as_slice(), part)),
                Err(reason) => Err(reason.clone()),
            })
            .collect()
    }
}

/// A statement of which one literal must fail, and those that have not been tried.
struct Choice {
    asserted: Asserted,
    open: Vec<usize>,
    untried: Vec<Literal>,
}

/// Where a branch of the search has come to.
enum Branch {
    /// The request is found, as far as it is known.
    Found,
    /// No request is left.
    Dead,
    /// One of these literals must fail, of the statement at this place of those that are open.
    Choose(usize, Vec<Literal>),
}

/// A search among the requests of a universe.
pub(super) struct Search<'u> {
    universe: &'u Universe,
    budget: &'u mut Budget,
    answers: &'u mut Answers,
    /// Whether parts make a request that shows what is looked for.
    shows: &'u dyn Fn(&Asserted) -> bool,
    /// The steps that takes.
    of_showing: usize,
}

impl<'u> Search<'u> {
    /// A search that shares answers and a budget with others in the same universe.
    pub(super) const fn new(
        universe: &'u Universe,
        budget: &'u mut Budget,
        answers: &'u mut Answers,
        shows: &'u dyn Fn(&Asserted) -> bool,
        of_showing: usize,
    ) -> Self {
        Self { universe, budget, answers, shows, of_showing }
    }

    /// A request that matches all of the one and none of the others.
    ///
    /// # Errors
    ///
    /// It cannot be decided.
    pub(super) fn find(
        mut self,
        matched: &[&Statement],
        missed: &[&Statement],
    ) -> Result<Option<Asserted>, Reason> {
        // What is to match may already ask for all that one of the others does, as where both sides
        // have the same statement.
        let is_asked = |literal: &Literal| {
            matched.iter().any(|statement| statement.literals.binary_search(literal).is_ok())
        };
        self.budget.spend(matched.len() * missed.len())?;
        if missed.iter().any(|statement| statement.literals.iter().all(is_asked)) {
            return Ok(None);
        }
        let mut undecided = None;
        let mut choices: Vec<Choice> = Vec::new();
        let mut branch =
            self.begin(matched).map(|asserted| (asserted, (0..missed.len()).collect()));
        loop {
            if let Some((mut asserted, mut open)) = branch.take() {
                let branch = self.follow(&mut asserted, &mut open, missed)?;
                self.budget.check()?;
                match branch {
                    Branch::Found => match asserted.parts() {
                        Ok(_) => return Ok(Some(asserted)),
                        // Another branch may be known.
                        Err(reason) => undecided = undecided.or(Some(reason)),
                    },
                    Branch::Dead => {}
                    Branch::Choose(place, mut untried) => {
                        open.swap_remove(place);
                        untried.reverse();
                        choices.push(Choice { asserted, open, untried });
                    }
                }
            }
            // The next literal of the last choice that has one.
            let Some(choice) = choices.last_mut() else { break };
            let Some(literal) = choice.untried.pop() else {
                choices.pop();
                continue;
            };
            self.budget.choose()?;
            branch = self
                .with(&choice.asserted, literal.negated())
                .map(|asserted| (asserted, choice.open.clone()));
            // What comes after this one has failed.
            match self.with(&choice.asserted, literal) {
                Some(asserted) => choice.asserted = asserted,
                None => choice.untried.clear(),
            }
        }
        undecided.map_or(Ok(None), Err)
    }

    /// Asserts that these statements match.
    fn begin(&mut self, matched: &[&Statement]) -> Option<Asserted> {
        let none = |_| (Vec::new(), Ok(Part::new()));
        let dimensions = self.universe.dimensions().map(none).collect();
        let mut asserted = Asserted { dimensions };
        for (number, _) in self.universe.dimensions() {
            let mut literals: Vec<Literal> = matched
                .iter()
                .flat_map(|statement| &statement.literals)
                .filter(|literal| literal.dimension == number)
                .copied()
                .collect();
            order::sort(&mut literals);
            literals.dedup();
            let is_opposite =
                |pair: &[Literal]| matches!(pair, [left, right] if *right == left.negated());
            if literals.windows(2).any(is_opposite) {
                return None;
            }
            let part = self.part(number, literals.clone(), None)?;
            if let Some(dimension) = asserted.dimensions.get_mut(number) {
                *dimension = (literals, part);
            }
        }
        Some(asserted)
    }

    /// Asserts what needs no choice.
    fn follow(
        &mut self,
        asserted: &mut Asserted,
        open: &mut Vec<usize>,
        missed: &[&Statement],
    ) -> Result<Branch, Reason> {
        loop {
            self.budget.spend(self.of_showing)?;
            if (self.shows)(asserted) {
                return Ok(Branch::Found);
            }
            let mut fewest: Option<(usize, Vec<Literal>)> = None;
            let mut forced = None;
            let mut place = 0;
            while let Some(statement) = open.get(place).and_then(|number| missed.get(*number)) {
                if statement.literals.iter().any(|literal| !self.leaves_any(asserted, *literal)) {
                    open.swap_remove(place);
                    continue;
                }
                let can_fail: Vec<Literal> = statement
                    .literals
                    .iter()
                    .filter(|literal| self.leaves_any(asserted, literal.negated()))
                    .copied()
                    .collect();
                match can_fail.as_slice() {
                    [] => return Ok(Branch::Dead),
                    [only] => {
                        forced = Some(*only);
                        open.swap_remove(place);
                        break;
                    }
                    _ => {}
                }
                if fewest.as_ref().is_none_or(|(_, least)| can_fail.len() < least.len()) {
                    fewest = Some((place, can_fail));
                }
                place += 1;
            }
            match (forced, fewest) {
                (Some(literal), _) => match self.with(asserted, literal.negated()) {
                    Some(next) => *asserted = next,
                    None => return Ok(Branch::Dead),
                },
                (None, Some((place, can_fail))) => return Ok(Branch::Choose(place, can_fail)),
                (None, None) => return Ok(Branch::Found),
            }
            self.budget.choose()?;
        }
    }

    /// Whether a request may be left with one literal more.
    fn leaves_any(&mut self, asserted: &Asserted, literal: Literal) -> bool {
        self.one_more(asserted, literal).is_some()
    }

    /// What is asserted with one literal more; `None` when that leaves no request.
    fn with(&mut self, asserted: &Asserted, literal: Literal) -> Option<Asserted> {
        let dimension = self.one_more(asserted, literal)?;
        let mut next = asserted.clone();
        if let Some(dimension) = dimension {
            *next.dimensions.get_mut(literal.dimension)? = dimension;
        }
        Some(next)
    }

    /// The dimension of a literal with it, `None` within where it is asserted already.
    fn one_more(&mut self, asserted: &Asserted, literal: Literal) -> Option<Option<Known>> {
        let (literals, part) = asserted.dimensions.get(literal.dimension)?;
        if literals.binary_search(&literal).is_ok() {
            return Some(None);
        }
        if literals.binary_search(&literal.negated()).is_ok() {
            return None;
        }
        let literals = and(literals, literal);
        let part = self.part(literal.dimension, literals.clone(), part.as_ref().ok())?;
        Some(Some((literals, part)))
    }

    /// A part that meets the literals, or why that is not known; `None` when there is none.
    fn part(
        &mut self,
        number: usize,
        literals: Vec<Literal>,
        hint: Option<&Part>,
    ) -> Option<Result<Part, Reason>> {
        self.answers.find(self.universe, number, literals, hint, self.budget).transpose()
    }
}

/// The literals and one more, sorted.
fn and(literals: &[Literal], literal: Literal) -> Vec<Literal> {
    let mut literals = literals.to_vec();
    let place = literals.binary_search(&literal).unwrap_or_else(|place| place);
    literals.insert(place, literal);
    literals
}
