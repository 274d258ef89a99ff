//! Which actions a policy grants: runs of action numbers, kept as bytes.
//!
//! Eight bytes a run, its first and its last number, the low byte first: the compiler reads one
//! literal of bytes much faster than as many numbers.

use alloc::vec::Vec;

use crate::dispatch::Run;
use crate::lowered::{Document, Effect, Statement};

/// The runs of action numbers that some statement allows, on some resource and under some
/// conditions, and that no statement denies everywhere.
#[must_use]
pub fn grants(document: &Document, runs: &[Run]) -> Vec<u8> {
    let mut grants: Vec<(u32, u32)> = Vec::new();
    for run in runs {
        let statements = || {
            let number = run.statements.iter().map(|number| usize::from(*number));
            number.filter_map(|number| document.statements.get(number))
        };
        let allowed = statements().any(|statement| statement.effect == Effect::Allow);
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

/// Whether a number is in one of the runs.
#[must_use]
pub const fn has(mut runs: &[u8], number: u32) -> bool {
    while let [a, b, c, d, e, f, g, h, others @ ..] = runs {
        let first = u32::from_le_bytes([*a, *b, *c, *d]);
        let last = u32::from_le_bytes([*e, *f, *g, *h]);
        if first <= number && number <= last {
            return true;
        }
        runs = others;
    }
    false
}
