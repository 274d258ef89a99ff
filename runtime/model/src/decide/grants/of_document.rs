//! What the statements of a document grant.

use alloc::vec::Vec;

use crate::decide::dispatch::Run;
use crate::document::{Document, Statement};
use crate::terms::effect::Effect;

/// The runs of action numbers that some statement allows, on some resource and under some
/// conditions, and that no statement denies everywhere.
#[must_use]
pub fn grants(document: &Document, runs: &[Run]) -> Vec<u8> {
    let mut grants: Vec<(u32, u32)> = Vec::new();
    for run in runs {
        let statements = || {
            let number = run.statements.iter().map(|number| *number as usize);
            number.filter_map(|number| document.statements.get(number))
        };
        let allows =
            |statement: &Statement| statement.effect == Effect::Allow && !statement.never_allows();
        let allowed = statements().any(allows);
        if !allowed || statements().any(Statement::denies_everywhere) {
            continue;
        }
        match grants.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(run.first) => *last = run.last,
            _ => grants.push((run.first, run.last)),
        }
    }
    bytes(grants)
}

/// The runs of action numbers that some statement denies everywhere.
#[must_use]
pub fn denied(document: &Document, runs: &[Run]) -> Vec<u8> {
    let mut denied: Vec<(u32, u32)> = Vec::new();
    for run in runs {
        let number = run.statements.iter().map(|number| *number as usize);
        let mut statements = number.filter_map(|number| document.statements.get(number));
        if statements.any(Statement::denies_everywhere) {
            match denied.last_mut() {
                Some((_, last)) if last.checked_add(1) == Some(run.first) => *last = run.last,
                _ => denied.push((run.first, run.last)),
            }
        }
    }
    bytes(denied)
}

fn bytes(runs: Vec<(u32, u32)>) -> Vec<u8> {
    let bytes = |(first, last): (u32, u32)| [first.to_le_bytes(), last.to_le_bytes()];
    runs.into_iter().flat_map(bytes).flatten().collect()
}
