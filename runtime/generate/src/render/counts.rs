//! Counts what the catalogue has, for the README.

use std::collections::BTreeSet;

use crate::data::{Catalogue, Completeness, Evidence, Resources};

/// The file.
pub(crate) const FILE: &str = "README.md";
/// Where in the file.
pub(crate) const REGION: [&str; 2] = ["<!-- catalogue: begin", "<!-- catalogue: end"];

/// A table of the counts.
pub(crate) fn count(catalogue: &Catalogue) -> String {
    let services = &catalogue.services;
    let mut rows = vec![
        ("services".to_owned(), thousands(services.len())),
        ("with an enum and a feature".to_owned(), {
            thousands(services.iter().filter(|service| service.has_enum()).count())
        }),
    ];
    for (words, kind) in [
        ("whose list is complete", Completeness::Complete),
        ("whose list is not complete", Completeness::Partial),
        ("known by code only", Completeness::CodeOnly),
    ] {
        let found = services.iter().filter(|service| service.completeness == kind).count();
        rows.push((words.to_owned(), thousands(found)));
    }
    let actions = || services.iter().flat_map(|service| &service.actions);
    rows.push(("actions".to_owned(), thousands(actions().count())));
    for (kind, words) in Evidence::ALL {
        let found = actions().filter(|action| action.evidence == kind).count();
        rows.push((words.to_owned(), thousands(found)));
    }
    let templates: BTreeSet<&str> = actions()
        .flat_map(|action| match &action.resources {
            Resources::Types(types) => types.as_slice(),
            Resources::Unknown | Resources::All => &[],
        })
        .map(|kind| kind.template.as_str())
        .collect();
    rows.push(("ARN templates".to_owned(), thousands(templates.len())));
    rows.push(("condition keys".to_owned(), thousands(catalogue.keys.len())));
    rows.push(("data of".to_owned(), catalogue.date.clone()));
    let rows: String =
        rows.into_iter().map(|(what, count)| format!("| {what} | {count} |\n")).collect();
    format!("\n| what | count |\n| --- | ---: |\n{rows}\n")
}

/// `17,456`.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas() {
        for (number, expected) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")]
        {
            assert_eq!(thousands(number), expected);
        }
    }
}
