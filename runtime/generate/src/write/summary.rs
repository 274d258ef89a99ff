//! Says which actions a change of the data adds, removes and changes.

use std::collections::{BTreeMap, BTreeSet};

/// Names in one line of a summary.
const NAMES: usize = 12;

/// The lines of a summary for one file of an enum; nothing when no action differs.
///
/// The documentation of a variant holds all that is known of its action, so comparing the texts
/// compares the facts.
pub(crate) fn summarize(code: &str, before: &str, after: &str) -> Vec<String> {
    let (before, after) = (rows(before), rows(after));
    let names: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let (mut added, mut removed, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for name in names {
        match (before.get(name), after.get(name)) {
            (None, _) => added.push(name),
            (_, None) => removed.push(name),
            (Some(before), Some(after)) if before != after => changed.push(name),
            _ => {}
        }
    }
    let kinds = [("added", added), ("removed", removed), ("changed", changed)];
    let lines = kinds.into_iter().filter(|(_, names)| !names.is_empty());
    lines
        .map(|(kind, names)| format!("{code}: {} {kind}: {}", names.len(), listed(&names)))
        .collect()
}

fn listed(names: &[&str]) -> String {
    let shown: Vec<&str> = names.iter().take(NAMES).copied().collect();
    let more = names.len() - shown.len();
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{rest}", shown.join(", "))
}

/// The variants of an enum, each with the lines of its documentation.
fn rows(text: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut rows = BTreeMap::new();
    let mut documentation = Vec::new();
    let body = text.lines().skip_while(|line| !line.starts_with("pub enum ")).skip(1);
    for line in body.take_while(|line| *line != "}") {
        let line = line.trim();
        if line.starts_with("///") {
            documentation.push(line);
        } else {
            rows.insert(line.trim_end_matches(','), std::mem::take(&mut documentation));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_difference_is_told() {
        let text =
            |rows: &str| format!("/// Doc.\npub enum X {{\n{rows}}}\n\nmore! {{\n    Y,\n}}\n");
        let before =
            text("    /// Known.\n    A,\n    /// Known.\n    B,\n    /// Known.\n    C,\n");
        let after = text("    /// Known.\n    A,\n    /// Seen.\n    B,\n    /// Known.\n    D,\n");
        assert_eq!(
            summarize("x", &before, &after),
            ["x: 1 added: D", "x: 1 removed: C", "x: 1 changed: B"]
        );
        assert_eq!(summarize("x", &before, &before), [""; 0]);
        assert_eq!(summarize("x", "", &before), ["x: 3 added: A, B, C"]);
        assert_eq!(summarize("x", &before, ""), ["x: 3 removed: A, B, C"]);
    }

    #[test]
    fn a_long_list_is_cut() {
        let names: Vec<String> = (10..30).map(|number| format!("A{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert!(listed(&names).ends_with("A21 and 8 more"));
    }
}
