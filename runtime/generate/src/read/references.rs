//! Checks what one data file says about another.

use std::collections::BTreeSet;
use std::path::Path;

use crate::data::Catalogue;
use crate::error::Error;

/// Every key an action names exists, every action a key or an action names exists, and a key with
/// a complete list of actions stands in no other action's row.
pub(crate) fn check_references(
    catalogue: &Catalogue,
    keys_file: &Path,
    services: &Path,
) -> Result<(), Error> {
    let mut actions = BTreeSet::new();
    for service in &catalogue.services {
        actions.extend(
            service.actions.iter().map(|action| format!("{}:{}", service.code, action.name)),
        );
    }
    for key in &catalogue.keys {
        for action in &key.filled_by {
            if !actions.contains(action) {
                let message = format!("`{}` is filled by unknown action `{action}`", key.name);
                return Err(Error::at(keys_file, key.line, message));
            }
        }
    }
    for service in &catalogue.services {
        let file = services.join(format!("{}.tsv", service.code));
        // Of operations only the names are known, so no row without a line is at fault.
        for action in &service.actions {
            let fail = |message| Err(Error::at(&file, action.line, message));
            let full_name = format!("{}:{}", service.code, action.name);
            for name in &action.keys {
                let Some(key) = catalogue.keys.iter().find(|key| key.name == *name) else {
                    return fail(format!("unknown condition key `{name}`"));
                };
                if !key.filled_by.is_empty() && !key.filled_by.contains(&full_name) {
                    return fail(format!("the filled_by list of `{name}` lacks `{full_name}`"));
                }
            }
            for dependent in &action.dependents {
                if !actions.contains(dependent) {
                    return fail(format!("unknown dependent action `{dependent}`"));
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Action, Completeness, Evidence, Key, KeyType, Resources, Service};

    fn message(key: &str, filled_by: &str, action_key: &str, dependent: &str) -> Option<String> {
        let list = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        let action = Action {
            line: 7,
            name: "A".to_owned(),
            access: None,
            inferred: None,
            resources: Resources::Unknown,
            keys: list(action_key),
            dependents: list(dependent),
            evidence: Evidence::Documented,
            source: "api-page".to_owned(),
        };
        let service = Service {
            code: "ecs".to_owned(),
            type_name: "Ecs".to_owned(),
            title: "E".to_owned(),
            default: true,
            completeness: Completeness::Partial,
            granularity: None,
            prints_arns: false,
            actions: vec![
                Action { name: "B".to_owned(), keys: Vec::new(), ..action.clone() },
                action,
            ],
        };
        let key = Key {
            line: 3,
            name: key.to_owned(),
            value_type: KeyType::String,
            meaning: "m".to_owned(),
            filled_by: list(filled_by),
        };
        let catalogue = Catalogue {
            date: String::new(),
            services: vec![service],
            keys: vec![key],
            principals: Vec::new(),
            products: Vec::new(),
            nicknames: Vec::new(),
            replaced: Vec::new(),
            event_names: Vec::new(),
            verbs: Vec::new(),
        };
        let result = check_references(&catalogue, Path::new("keys.tsv"), Path::new("services"));
        result.err().map(|error| error.to_string())
    }

    #[test]
    fn good_references() {
        assert_eq!(message("ecs:K", "ecs:A ecs:B", "ecs:K", "ecs:B"), None);
        assert_eq!(message("ecs:K", "", "", ""), None);
    }

    #[test]
    fn every_mistake_is_an_error() {
        for (key, filled_by, action_key, dependent, expected) in [
            ("ecs:K", "ecs:C", "", "", "keys.tsv:3: `ecs:K` is filled by unknown action `ecs:C`"),
            ("ecs:K", "", "ecs:L", "", "services/ecs.tsv:7: unknown condition key `ecs:L`"),
            (
                "ecs:K",
                "ecs:B",
                "ecs:K",
                "",
                "services/ecs.tsv:7: the filled_by list of `ecs:K` lacks `ecs:A`",
            ),
            ("ecs:K", "", "", "kms:D", "services/ecs.tsv:7: unknown dependent action `kms:D`"),
        ] {
            assert_eq!(message(key, filled_by, action_key, dependent).as_deref(), Some(expected));
        }
    }
}
