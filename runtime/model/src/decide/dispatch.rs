//! Which statements can decide which action, worked out once for a policy.
//!
//! Actions of the catalogue have numbers, neighbours in name order; a pattern covers a few runs of
//! numbers. The macro writes the result as a `match` on the number; a policy read at run time
//! keeps it as a table.

use alloc::vec::Vec;

use crate::catalogue::pattern_runs::pattern_runs;
use crate::document::{Document, Statement};
use crate::terms::decision::Decision;
use crate::terms::effect::Effect;
use crate::text::order;

/// What is left to look at for an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Candidates<'a> {
    /// Nothing: the action decides.
    Decided(Decision),
    /// These statements in this order, denials first; the first that matches decides.
    Check(&'a [u16]),
}

/// The candidates of a run of action numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// First number.
    pub first: u32,
    /// Last number, included.
    pub last: u32,
    /// Statements whose action element covers the run: denials first, else in document order.
    pub statements: Vec<u16>,
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
    let covered: Vec<Vec<(u32, u32)>> = document.statements.iter().map(covered).collect();
    let mut starts: Vec<u32> = Vec::new();
    for (first, last) in covered.iter().flatten() {
        starts.push(*first);
        starts.extend(last.checked_add(1));
    }
    order::sort(&mut starts);
    starts.dedup();
    let mut runs: Vec<Run> = Vec::new();
    for (index, first) in starts.iter().enumerate() {
        let last = starts.get(index + 1).map_or(u32::MAX, |next| next - 1);
        let statements = candidates(document, &covered, *first);
        if statements.is_empty() {
            continue;
        }
        match runs.last_mut() {
            Some(run)
                if run.last.checked_add(1) == Some(*first) && run.statements == statements =>
            {
                run.last = last;
            }
            _ => {
                let decided = decided(document, &statements);
                runs.push(Run { first: *first, last, statements, decided });
            }
        }
    }
    runs
}

// Plain loops: the macros run this without optimisation.
fn candidates(document: &Document, covered: &[Vec<(u32, u32)>], number: u32) -> Vec<u16> {
    let mut denials = Vec::new();
    let mut grants = Vec::new();
    for ((statement, runs), index) in document.statements.iter().zip(covered).zip(0u16..) {
        for (first, last) in runs {
            if *first <= number && number <= *last {
                match statement.effect {
                    Effect::Deny => denials.push(index),
                    Effect::Allow => grants.push(index),
                }
                break;
            }
        }
    }
    denials.extend_from_slice(&grants);
    denials
}

/// The decision of the first candidate, if it always matches.
fn decided(document: &Document, candidates: &[u16]) -> Option<Decision> {
    let statement = usize::from(*candidates.first()?);
    let first = document.statements.get(statement)?;
    first.is_unconditional().then_some(match first.effect {
        Effect::Allow => Decision::Allow { statement },
        Effect::Deny => Decision::ExplicitDeny { statement },
    })
}

/// The runs a statement's action element covers, in no order, possibly overlapping.
fn covered(statement: &Statement) -> Vec<(u32, u32)> {
    let Some((actions, negated)) = statement.actions() else {
        return Vec::new();
    };
    let mut runs = Vec::new();
    for pattern in actions.items.iter() {
        runs.extend(pattern_runs(pattern));
    }
    if negated { complement(runs) } else { runs }
}

fn complement(mut runs: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    order::sort(&mut runs);
    let mut free = Vec::new();
    let mut next = Some(0);
    for (first, last) in runs {
        let Some(start) = next else { break };
        if start < first {
            free.push((start, first - 1));
        }
        if last >= start {
            next = last.checked_add(1);
        }
    }
    free.extend(next.map(|start| (start, u32::MAX)));
    free
}
