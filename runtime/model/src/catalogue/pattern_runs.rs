//! The actions a pattern covers, as runs of their numbers.

use alloc::vec::Vec;

use super::{ActionId, Letters, ServiceEntry};
use crate::catalogue;
use crate::terms::glob::Kind;
use crate::terms::pattern::ActionPattern;
use crate::text::{order, steps};

/// The runs a pattern covers, in no order.
pub(crate) fn pattern_runs(pattern: &ActionPattern) -> Vec<(u32, u32)> {
    let mut runs = Vec::new();
    if pattern.code.kind() == Kind::Any && pattern.name.kind() == Kind::Any {
        runs.push((0, u32::MAX));
    } else if pattern.code.kind() == Kind::Exact && pattern.name.kind() == Kind::Exact {
        // One look-up by the whole name.
        let number = catalogue::find_action(&pattern.text).map(|row| row.id().number());
        runs.extend(number.map(|number| (number, number)));
    } else if pattern.code.kind() == Kind::Exact {
        if let Some(service) = catalogue::find_service(pattern.code.literal(&pattern.text)) {
            service_runs(pattern, service, &mut runs);
        }
    } else {
        for service in catalogue::services() {
            steps::take!(1);
            if pattern.code.matches_ignore_case(&pattern.text, service.code) {
                service_runs(pattern, service, &mut runs);
            }
        }
    }
    runs
}

fn service_runs(pattern: &ActionPattern, service: ServiceEntry, runs: &mut Vec<(u32, u32)>) {
    let number = |row: u16| ActionId::new(service.index(), row).number();
    let literal = pattern.name.literal(&pattern.text);
    match pattern.name.kind() {
        Kind::Any => runs.push((number(0), number(u16::MAX))),
        Kind::Exact => {
            runs.extend(service.find(literal).map(|row| (row.id().number(), row.id().number())));
        }
        Kind::Prefix => {
            let (start, end) = service.rows_with_prefix(literal);
            if start < end {
                runs.push((number(start), number(end - 1)));
            }
        }
        Kind::Suffix | Kind::General => {
            steps::take!(usize::from(service.len()));
            for row in service.actions() {
                if pattern.name.matches_ignore_case(&pattern.text, row.name()) {
                    runs.push((row.id().number(), row.id().number()));
                }
            }
        }
    }
}

/// Most patterns for which all names they may cover are held against each of them.
pub(crate) const FEW_PATTERNS: usize = 16;

/// Whether a pattern is held against many names: its code is one of several, or how its names begin
/// does not say which they are.
pub(crate) fn is_costly(pattern: &&ActionPattern) -> bool {
    match (pattern.code.kind(), pattern.name.kind()) {
        (Kind::Exact, name) => matches!(name, Kind::Suffix | Kind::General),
        (Kind::Any, Kind::Any) => false,
        _ => true,
    }
}

/// The runs that patterns cover, in order, without overlap.
#[must_use]
pub(crate) fn covered_runs(patterns: &[ActionPattern]) -> Vec<(u32, u32)> {
    let is_long = patterns.iter().filter(is_costly).nth(FEW_PATTERNS).is_some();
    covered_by(patterns, is_long.then(Letters::new).as_ref())
}

pub(crate) fn covered_by(patterns: &[ActionPattern], letters: Option<&Letters>) -> Vec<(u32, u32)> {
    let mut runs = Vec::new();
    let mut rows = letters.map(Letters::none);
    for pattern in patterns {
        match (letters, &mut rows) {
            (Some(letters), Some(rows)) if is_costly(&pattern) => {
                letters.add_covered(pattern, rows);
            }
            _ => runs.extend(pattern_runs(pattern)),
        }
    }
    if let (Some(letters), Some(rows)) = (letters, &rows) {
        runs.extend(letters.runs(rows));
    }
    merged(runs)
}

/// The same runs in order, those that overlap as one.
fn merged(mut runs: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    if runs.len() > 1 {
        order::sort(&mut runs);
        runs.dedup_by(|(first, last), (_, before)| {
            let joins = before.checked_add(1).is_none_or(|next| *first <= next);
            if joins {
                *before = (*before).max(*last);
            }
            joins
        });
    }
    runs
}
