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
        let denies = |statement: &Statement| {
            statement.effect == Effect::Deny && statement.is_unconditional()
        };
        if !allowed || statements().any(denies) {
            continue;
        }
        match grants.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(run.first) => *last = run.last,
            _ => grants.push((run.first, run.last)),
        }
    }
    let bytes = |(first, last): (u32, u32)| [first.to_le_bytes(), last.to_le_bytes()];
    grants.into_iter().flat_map(bytes).flatten().collect()
}
