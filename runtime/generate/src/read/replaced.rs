//! Reads `replaced.tsv`: actions whose operation the vendor deprecates, and which one it names instead.

use std::collections::BTreeMap;
use std::path::Path;

use crate::data::source::judge_source;
use crate::data::{Replaced, Service};
use crate::error::Error;
use crate::read::table::read_table;

const HEADER: [&str; 3] = ["action", "instead", "source"];

/// The rows, sorted by code and name; both actions are in the services, spelt as there.
pub(crate) fn read_replaced(
    file: &Path,
    text: &str,
    services: &[Service],
) -> Result<Vec<Replaced>, Error> {
    let is_action = |text: &str| {
        text.split_once(':').is_some_and(|(code, name)| {
            let service = services.iter().find(|service| service.code == code);
            service.is_some_and(|service| service.actions.iter().any(|row| row.name == name))
        })
    };
    let mut replaced: BTreeMap<String, String> = BTreeMap::new();
    for (line, [action, instead, source]) in read_table(file, text, HEADER)? {
        let fail = |message: String| Err(Error::at(file, line, message));
        if let Some(unknown) = [action, instead].into_iter().find(|text| !is_action(text)) {
            return fail(format!("there is no action `{unknown}`"));
        }
        if action == instead {
            return fail(format!("`{action}` is named instead of itself"));
        }
        if let Err(message) = judge_source(source) {
            return fail(message);
        }
        if replaced.insert(action.to_owned(), instead.to_owned()).is_some() {
            return fail(format!("`{action}` is in the file twice"));
        }
    }
    if let Some((action, instead)) = replaced.iter().find(|(_, new)| replaced.contains_key(*new)) {
        return Err(Error::whole(
            file,
            format!("`{instead}`, named instead of `{action}`, is replaced itself"),
        ));
    }
    let rows = replaced.into_iter().map(|(action, instead)| Replaced { action, instead });
    let mut rows: Vec<Replaced> = rows.collect();
    // A code may be the beginning of another one.
    rows.sort_by(|left, right| left.action.split(':').cmp(right.action.split(':')));
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Completeness, Evidence};
    use crate::read::actions::read_actions;

    fn read(rows: &str) -> Result<Vec<(String, String)>, String> {
        let table = "action\taccess_level\tresources\tcondition_keys\tdependent_actions\tsource\n\
                     A\t\t\t\t\tapi-page\nB\t\t\t\t\tapi-page\nC\t\t\t\t\tapi-page\n";
        let actions =
            read_actions(Path::new("ecs.tsv"), table).map_err(|error| error.to_string())?;
        assert!(actions.iter().all(|row| row.evidence == Evidence::Documented));
        let service = Service {
            code: "ecs".to_owned(),
            type_name: String::new(),
            title: String::new(),
            default: false,
            completeness: Completeness::Partial,
            granularity: None,
            prints_arns: false,
            actions,
        };
        let text = format!("{}\n{rows}", HEADER.join("\t"));
        let read = read_replaced(Path::new("r.tsv"), &text, &[service]);
        let pair = |row: Replaced| (row.action, row.instead);
        read.map(|rows| rows.into_iter().map(pair).collect()).map_err(|error| error.to_string())
    }

    #[test]
    fn rows_are_sorted() {
        let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
        let expected = vec![pair("ecs:A", "ecs:C"), pair("ecs:B", "ecs:C")];
        assert_eq!(read("ecs:B\tecs:C\tapi-page\necs:A\tecs:C\tpypi:x\n"), Ok(expected));
    }

    #[test]
    fn every_mistake_is_an_error() {
        for (rows, expected) in [
            ("ecs:A\tecs:C\n", "r.tsv:2: 2 columns, not 3"),
            ("ecs:D\tecs:C\tapi-page\n", "r.tsv:2: there is no action `ecs:D`"),
            ("ecs:A\tvpc:C\tapi-page\n", "r.tsv:2: there is no action `vpc:C`"),
            ("ecs:A\tecs:A\tapi-page\n", "r.tsv:2: `ecs:A` is named instead of itself"),
            ("ecs:A\tecs:C\thearsay\n", "r.tsv:2: unknown source tag `hearsay`"),
            (
                "ecs:A\tecs:C\tapi-page\necs:A\tecs:B\tapi-page\n",
                "r.tsv:3: `ecs:A` is in the file twice",
            ),
            (
                "ecs:A\tecs:B\tapi-page\necs:B\tecs:C\tapi-page\n",
                "r.tsv: `ecs:B`, named instead of `ecs:A`, is replaced itself",
            ),
        ] {
            assert_eq!(read(rows), Err(expected.to_owned()));
        }
    }
}
