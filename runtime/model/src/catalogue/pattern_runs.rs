//! The actions a pattern covers, as runs of their numbers.

use alloc::vec::Vec;

use super::{ActionId, ServiceEntry};
use crate::catalogue;
use crate::terms::glob::Kind;
use crate::terms::pattern::ActionPattern;

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
            for row in service.actions() {
                if pattern.name.matches_ignore_case(&pattern.text, row.name()) {
                    runs.push((row.id().number(), row.id().number()));
                }
            }
        }
    }
}
