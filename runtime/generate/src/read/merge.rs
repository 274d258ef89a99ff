//! Adds the operations of a product to the actions of its service.

use std::collections::BTreeMap;

use crate::data::{Action, Evidence, Operation, Resources, Service};
use crate::read::operations::Section;

/// Adds each operation of which the service has no row yet. RAM ignores case, and the spelling that
/// is there stays.
pub(crate) fn merge_operations<'a>(
    service: &mut Service,
    sections: impl Iterator<Item = &'a Section>,
) {
    let mut actions: BTreeMap<String, Action> = std::mem::take(&mut service.actions)
        .into_iter()
        .map(|action| (action.name.to_ascii_lowercase(), action))
        .collect();
    for (section, operation) in sections
        .flat_map(|section| section.operations.iter().map(move |operation| (section, operation)))
    {
        if !operation.actions.is_empty() {
            // Its action has another name, so none is assumed.
            continue;
        }
        let row = actions.entry(operation.name.to_ascii_lowercase());
        let row = row.or_insert_with(|| assumed(operation, &section.source));
        // Deprecated in one version of the API, but not in another.
        if row.evidence == Evidence::DeprecatedOperation && !operation.deprecated {
            row.evidence = Evidence::Operation;
        }
    }
    service.actions = actions.into_values().collect();
}

/// An action of which only an operation's name is known.
fn assumed(operation: &Operation, source: &str) -> Action {
    Action {
        line: 0,
        name: operation.name.clone(),
        access: None,
        inferred: None,
        resources: Resources::Unknown,
        keys: Vec::new(),
        dependents: Vec::new(),
        evidence: if operation.deprecated {
            Evidence::DeprecatedOperation
        } else {
            Evidence::Operation
        },
        source: source_tag(source),
    }
}

/// The source as a cell of `services/<code>.tsv` would have it: the tag, and the package.
fn source_tag(source: &str) -> String {
    match source.split_once(' ') {
        Some(("pypi", package)) => format!("pypi:{package}"),
        Some((tag, _)) => tag.to_owned(),
        None => source.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Completeness;

    #[test]
    fn rows_of_a_document_stay() {
        let operation = |name: &str, deprecated| Operation {
            name: name.to_owned(),
            deprecated,
            actions: Vec::new(),
        };
        let documented = Action {
            evidence: Evidence::Documented,
            line: 2,
            ..assumed(&operation("GetB", false), "api-page")
        };
        let mut service = Service {
            code: "x".to_owned(),
            type_name: "X".to_owned(),
            title: "X".to_owned(),
            default: false,
            completeness: Completeness::Partial,
            granularity: None,
            prints_arns: false,
            actions: vec![documented.clone()],
        };
        let section = |source: &str, operations: &[Operation]| Section {
            source: source.to_owned(),
            operations: operations.to_vec(),
        };
        let first = [operation("getb", true), operation("OldC", true), operation("OldD", true)];
        let other =
            Operation { actions: vec!["x:ListE".to_owned()], ..operation("GetEList", false) };
        let second = [operation("OldC", false), operation("createA", false), other];
        let sections =
            [section("openapi-meta 2020", &first), section("pypi alibabacloud-x 1.0", &second)];
        merge_operations(&mut service, sections.iter());
        let sources: Vec<&str> = service.actions.iter().map(|row| row.source.as_str()).collect();
        assert_eq!(
            sources,
            ["pypi:alibabacloud-x 1.0", "api-page", "openapi-meta", "openapi-meta"]
        );
        let found: Vec<_> =
            service.actions.iter().map(|row| (row.name.as_str(), row.evidence)).collect();
        assert_eq!(
            found,
            [
                ("createA", Evidence::Operation),
                ("GetB", Evidence::Documented),
                ("OldC", Evidence::Operation),
                ("OldD", Evidence::DeprecatedOperation),
            ]
        );
        assert_eq!(service.actions.get(1), Some(&documented));
        let variants: Vec<String> = service.actions.iter().map(Action::variant).collect();
        assert_eq!(variants, ["CreateA", "GetB", "OldC", "OldD"]);
    }
}
