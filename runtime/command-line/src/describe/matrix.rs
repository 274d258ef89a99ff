//! What a policy allows, by service and access level.

use std::collections::{BTreeMap, BTreeSet};

use ram_policy_model::catalogue;
use ram_policy_model::document::Document;
use ram_policy_model::terms::effect::Effect;
use serde::Serialize;

use super::{allowed, level_name, numbers};

/// Access levels in the order of the columns; older documents say read and write.
pub(crate) const LEVELS: [&str; 13] = [
    "list",
    "get",
    "read",
    "create",
    "update",
    "delete",
    "write",
    "read (inferred)",
    "create (inferred)",
    "update (inferred)",
    "delete (inferred)",
    "write (inferred)",
    "unknown",
];

/// The matrix: services with at least one allowed action.
#[derive(Debug, Serialize)]
pub(crate) struct Matrix {
    pub(crate) rows: Vec<Row>,
}

/// One service.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) service: &'static str,
    pub(crate) title: &'static str,
    pub(crate) cells: Vec<Cell>,
}

/// One access level of a service.
#[derive(Debug, Serialize)]
pub(crate) struct Cell {
    pub(crate) access: &'static str,
    /// Known actions that some statement allows and none denies on everything.
    pub(crate) allowed: usize,
    /// Of these, those that a resource, a condition or a partial denial limits.
    pub(crate) limited: usize,
    /// Known actions at all.
    pub(crate) known: usize,
}

impl Matrix {
    /// The levels that one of the services has, in order.
    pub(crate) fn levels(&self) -> Vec<&'static str> {
        let has = |level: &&str| {
            self.rows.iter().any(|row| row.cells.iter().any(|cell| cell.access == *level))
        };
        LEVELS.into_iter().filter(has).collect()
    }
}

/// The matrix of a document.
pub(crate) fn of(document: &Document) -> Matrix {
    let allowed = allowed(document);
    let denied: BTreeSet<u32> = numbers(document, Effect::Deny, false).collect();
    let free: BTreeSet<u32> =
        numbers(document, Effect::Allow, true).filter(|number| !denied.contains(number)).collect();
    let mut rows = Vec::new();
    for service in catalogue::services() {
        let mut cells: BTreeMap<&str, Cell> = BTreeMap::new();
        for row in service.actions() {
            let access = level_name(row);
            let cell =
                cells.entry(access).or_insert(Cell { access, allowed: 0, limited: 0, known: 0 });
            let number = row.id().number();
            let is_allowed = allowed.contains(&number);
            cell.known += 1;
            cell.allowed += usize::from(is_allowed);
            cell.limited += usize::from(is_allowed && !free.contains(&number));
        }
        if cells.values().any(|cell| cell.allowed > 0) {
            let cells = LEVELS.iter().filter_map(|access| cells.remove(access)).collect();
            let table = service.table();
            rows.push(Row { service: table.code, title: table.title, cells });
        }
    }
    Matrix { rows }
}
