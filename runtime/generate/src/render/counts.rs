//! Counts what the catalogue has, for the guide.

use std::collections::BTreeSet;

use crate::data::{Action, Catalogue, Completeness, Evidence, Resources, Service};

/// The file.
pub(crate) const FILE: &str = "runtime/src/guide/catalogue.md";
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
    for (words, is_meant) in [
        ("access level in a document", (|action| action.access.is_some()) as fn(&&Action) -> bool),
        ("access level inferred from the verb", |action| action.inferred.is_some()),
        ("with an ARN template", |action| matches!(action.resources, Resources::Types(_))),
        ("on All Resources", |action| action.resources == Resources::All),
    ] {
        rows.push((words.to_owned(), thousands(actions().filter(is_meant).count())));
    }
    let templates: BTreeSet<&str> = actions()
        .flat_map(|action| match &action.resources {
            Resources::Types(types) => types.as_slice(),
            Resources::Unknown | Resources::Doubtful | Resources::Named(_) | Resources::All => &[],
        })
        .map(|kind| kind.template.as_str())
        .collect();
    rows.push(("ARN templates".to_owned(), thousands(templates.len())));
    rows.push(("condition keys".to_owned(), thousands(catalogue.keys.len())));
    rows.push(("data of".to_owned(), catalogue.date.clone()));
    let rows: String =
        rows.into_iter().map(|(what, count)| format!("| {what} | {count} |\n")).collect();
    format!("\n| what | count |\n| --- | ---: |\n{rows}\n{}\n", of_services(services))
}

/// The services whose actions are counted one by one: those most policies are about.
const SERVICES: [&str; 5] = ["ecs", "vpc", "ram", "privatelink", "apigateway"];

/// A table of what is known of the actions of [`SERVICES`].
fn of_services(services: &[Service]) -> String {
    let columns: [fn(&Action) -> bool; 6] = [
        |_| true,
        |action| action.access.is_some(),
        |action| action.inferred.is_some(),
        |action| matches!(action.resources, Resources::Types(_)),
        |action| action.resources == Resources::All,
        |action| !matches!(action.resources, Resources::Types(_) | Resources::All),
    ];
    let mut text = "| service | actions | access level known | inferred | ARN template | All Resources | not known |\n\
                    | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        .to_owned();
    for code in SERVICES {
        let service = services.iter().find(|service| service.code == code);
        let actions = service.map_or([].as_slice(), |service| &service.actions);
        let counts = columns
            .map(|is_meant| thousands(actions.iter().filter(|action| is_meant(action)).count()));
        text += &format!("| `{code}` | {} |\n", counts.join(" | "));
    }
    text
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
