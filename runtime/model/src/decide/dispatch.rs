//! Which statements can decide which action, worked out once for a policy.
//!
//! Actions of the catalogue have numbers, neighbours in name order; a pattern covers a few runs of
//! numbers. The macro writes the result as a `match` on the number; a policy read at run time
//! keeps it as a table.

use alloc::vec::Vec;

use crate::catalogue::Letters;
use crate::catalogue::pattern_runs::{FEW_PATTERNS, covered_by, is_costly};
use crate::document::{Document, Statement};
use crate::terms::decision::Decision;
use crate::terms::effect::Effect;
use crate::text::{order, steps};

/// What is left to look at for an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Candidates<'a> {
    /// Nothing: the action decides.
    Decided(Decision),
    /// These statements in this order, denials first; the first that matches decides.
    Check(&'a [u32]),
}

/// The candidates of a run of action numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// First number.
    pub first: u32,
    /// Last number, included.
    pub last: u32,
    /// Statements whose action element covers the run: denials first, else in document order.
    pub statements: Vec<u32>,
    /// The decision, when no resource and no condition can change it.
    pub decided: Option<Decision>,
}

impl Run {
    /// The run's candidates.
    #[must_use]
    pub fn candidates(&self) -> Candidates<'_> {
        match self.decided {
            Some(decision) => Candidates::Decided(decision),
            None => Candidates::Check(&self.statements),
        }
    }
}

/// All runs that some statement covers, sorted, without overlap.
#[must_use]
pub fn runs(document: &Document) -> Vec<Run> {
    let finder = Finder::of(document);
    // Where the runs of a statement begin and end; each statement's runs do not overlap.
    let mut edges: Vec<(u32, u32)> = Vec::new();
    let mut ranks: Vec<usize> = Vec::new();
    let denials = document.statements.iter().filter(|one| one.effect == Effect::Deny).count();
    let (mut denial, mut grant) = (0, denials);
    for (statement, index) in document.statements.iter().zip(0u32..) {
        let next = match statement.effect {
            Effect::Deny => &mut denial,
            Effect::Allow => &mut grant,
        };
        ranks.push(*next);
        *next += 1;
        for (first, last) in finder.covered(statement) {
            edges.push((first, index));
            edges.extend(last.checked_add(1).map(|after| (after, index)));
        }
    }
    order::sort(&mut edges);
    // The statements that cover what comes next, denials first, else in document order.
    let mut active: Vec<u32> = Vec::new();
    let rank = |statement: u32| ranks.get(statement as usize).copied().unwrap_or(0);
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while let Some((first, _)) = edges.get(at).copied() {
        while let Some((_, statement)) = edges.get(at).filter(|(edge, _)| *edge == first) {
            let own = rank(*statement);
            let mut place = 0;
            while active.get(place).is_some_and(|other| rank(*other) < own) {
                place += 1;
            }
            steps::take!(1 + place);
            if active.get(place) == Some(statement) {
                active.remove(place);
            } else {
                active.insert(place, *statement);
            }
            at += 1;
        }
        if active.is_empty() {
            continue;
        }
        let last = edges.get(at).map_or(u32::MAX, |(next, _)| next - 1);
        steps::take!(active.len());
        match runs.last_mut() {
            Some(run) if run.last.checked_add(1) == Some(first) && run.statements == active => {
                run.last = last;
            }
            _ => {
                let decided = decided(document, &active);
                runs.push(Run { first, last, statements: active.clone(), decided });
            }
        }
    }
    runs
}

/// The decision of the first candidate, if it always matches.
fn decided(document: &Document, candidates: &[u32]) -> Option<Decision> {
    let statement = *candidates.first()? as usize;
    let first = document.statements.get(statement)?;
    first.is_unconditional().then_some(match first.effect {
        Effect::Allow => Decision::Allow { statement },
        Effect::Deny => Decision::ExplicitDeny { statement },
    })
}

/// Finds what the action elements of a document cover.
struct Finder {
    /// For documents with many patterns that say little about how a name begins.
    letters: Option<Letters>,
}

impl Finder {
    fn of(document: &Document) -> Self {
        let actions = || document.statements.iter().filter_map(Statement::actions);
        let mut costly = actions().flat_map(|(actions, _)| actions.items.iter()).filter(is_costly);
        Self { letters: costly.nth(FEW_PATTERNS).is_some().then(Letters::new) }
    }

    /// The runs a statement's action element covers, in order, without overlap.
    fn covered(&self, statement: &Statement) -> Vec<(u32, u32)> {
        let Some((actions, negated)) = statement.actions() else {
            return Vec::new();
        };
        let runs = covered_by(&actions.items, self.letters.as_ref());
        if negated { complement(&runs) } else { runs }
    }
}

/// What runs in order leave.
fn complement(runs: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut free = Vec::new();
    let mut next = Some(0);
    for (first, last) in runs {
        let Some(start) = next else { break };
        if start < *first {
            free.push((start, *first - 1));
        }
        next = last.checked_add(1);
    }
    free.extend(next.map(|start| (start, u32::MAX)));
    free
}
