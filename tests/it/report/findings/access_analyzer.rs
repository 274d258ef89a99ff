//! Holds the comparison with another cloud's checks against the rules there are.

use std::collections::BTreeSet;

use ram_policy_model::report::rule::Rule;

use super::{folder, none};

/// A check of the other cloud.
struct Check<'p> {
    name: &'p str,
    /// The names of the rules it has become; none when it is not carried over.
    rules: Vec<&'p str>,
    /// Why it is not carried over, or how.
    why: &'p str,
}

const HEAD: &str = "| check | carried over as | why not, or how |\n| --- | --- | --- |\n";

/// Reads the page: what stands before the tables, and the checks of each table.
///
/// # Errors
///
/// The row that is none.
fn read(page: &str) -> Result<(&str, Vec<Vec<Check<'_>>>), String> {
    let mut tables = page.split(HEAD);
    let before = tables.next().unwrap_or("");
    let read: Result<Vec<Vec<Check<'_>>>, String> = tables
        .map(|table| {
            let rows = table.lines().take_while(|line| line.starts_with('|'));
            rows.map(|row| check(row).ok_or_else(|| format!("no row: {row}"))).collect()
        })
        .collect();
    Ok((before, read?))
}

/// Reads a row.
fn check(row: &str) -> Option<Check<'_>> {
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    let ["", name, carried_over, why, ""] = cells.as_slice() else { return None };
    let rules: Option<Vec<&str>> = match *carried_over {
        "not" => Some(Vec::new()),
        rules => rules.split(", ").map(link).collect(),
    };
    Some(Check { name, rules: rules?, why })
}

/// The name of a link to a rule's page.
fn link(link: &str) -> Option<&str> {
    let (name, target) = link.strip_prefix("[`")?.strip_suffix(')')?.split_once("`](")?;
    (target.strip_prefix("crate::findings::")? == name).then_some(name)
}

fn page() -> String {
    let path = folder().join("access_analyzer.md");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_check_of_access_analyzer_is_a_rule_or_has_a_reason() {
    let page = page();
    let (_, tables) = read(&page).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(tables.len(), 4, "errors, general warnings, security warnings, suggestions");
    let mut problems = Vec::new();
    for table in &tables {
        let mut seen = BTreeSet::new();
        for check in table {
            let name = check.name;
            if name.is_empty() || !seen.insert(name) {
                problems.push(format!("`{name}` appears twice, or has no name"));
            }
            if check.rules.is_empty() && check.why.is_empty() {
                problems.push(format!("{name}: nothing says why it is not carried over"));
            }
            for rule in check.rules.iter().filter(|rule| Rule::from_name(rule).is_none()) {
                problems.push(format!("{name}: there is no rule `{rule}`"));
            }
        }
    }
    none(&problems);
}

#[test]
fn checks_of_access_analyzer_are_counted() {
    let page = page();
    let (before, tables) = read(&page).unwrap_or_else(|error| panic!("{error}"));
    let checks: Vec<&Check<'_>> = tables.iter().flatten().collect();
    let carried_over = checks.iter().filter(|check| !check.rules.is_empty()).count();
    let sentence = format!("Of {} checks {carried_over} are carried over", checks.len());
    assert!(before.replace('\n', " ").contains(&sentence), "{sentence}");
}
