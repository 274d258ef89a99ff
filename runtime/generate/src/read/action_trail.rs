//! Reads `action-trail.tsv`: what ActionTrail calls services, operations and resource types that RAM
//! calls otherwise.

use std::collections::BTreeMap;
use std::path::Path;

use crate::data::source::judge_source;
use crate::data::template::check_template;
use crate::data::{EventName, Service};
use crate::error::Error;
use crate::model::arn::Arn;
use crate::model::template;
use crate::read::table::read_table;

const HEADER: [&str; 3] = ["name", "means", "source"];

/// The names of the file, sorted by what they are and by their ASCII lower case.
pub(crate) fn read_event_names(
    file: &Path,
    text: &str,
    services: &[Service],
) -> Result<Vec<EventName>, Error> {
    let mut names = BTreeMap::new();
    for (line, [name, means, source]) in read_table(file, text, HEADER)? {
        let fail = |message: String| Err(Error::at(file, line, message));
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-');
        if name.is_empty() || !name.chars().all(is_name) {
            return fail(format!("`{name}` is no name"));
        }
        if let Err(message) = judge_source(source).and(meaning(name, means, services)) {
            return fail(message);
        }
        let row = EventName { name: name.to_owned(), means: means.to_owned() };
        let is_type = means.starts_with("acs:");
        if names.insert((is_type, name.to_ascii_lowercase()), row).is_some() {
            return fail(format!("`{name}` stands in the file twice"));
        }
    }
    Ok(names.into_values().collect())
}

/// Whether a service means a code, an operation an action, and a type a template.
fn meaning(name: &str, means: &str, services: &[Service]) -> Result<(), String> {
    let service = |code: &str| services.iter().find(|service| service.code == code);
    let no_service = |code: &str| format!("there is no service `{code}`");
    if means.starts_with("acs:") {
        check_template(means)?;
        let Arn { service: code, relative_id: path, .. } =
            Arn::split(means).map_err(|error| error.to_string())?;
        service(code).ok_or_else(|| no_service(code))?;
        // One name of an event fills it; region and account are filled by others.
        return match template::placeholders(path).count() {
            1 => Ok(()),
            _ => Err(format!("`{path}` has not one placeholder")),
        };
    }
    match (name.split_once(':'), means.split_once(':')) {
        (None, None) => service(means).map(|_| ()).ok_or_else(|| no_service(means)),
        (Some(_), Some((code, action))) => {
            let service = service(code).ok_or_else(|| no_service(code))?;
            let has_it = service.actions.iter().any(|known| known.name == action);
            has_it.then_some(()).ok_or_else(|| format!("there is no action `{means}`"))
        }
        _ => Err(format!("`{name}` and `{means}` are of different kinds")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Completeness;

    fn read(rows: &str) -> Result<Vec<String>, String> {
        let service = |code: &str| Service {
            code: code.to_owned(),
            type_name: String::new(),
            title: String::new(),
            default: false,
            completeness: Completeness::CodeOnly,
            granularity: None,
            prints_arns: false,
            actions: Vec::new(),
        };
        let services = ["oss", "pvtz"].map(service);
        let text = format!("{}\n{rows}", HEADER.join("\t"));
        read_event_names(Path::new("a.tsv"), &text, &services)
            .map(|rows| rows.into_iter().map(|row| format!("{}={}", row.name, row.means)).collect())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn services_come_before_types() {
        let rows = "Vpc\tacs:oss:*:*:{#a}\tapi-page\nvpc\tpvtz\tapi-page\nA\toss\tapi-page\n";
        let expected = ["A=oss", "vpc=pvtz", "Vpc=acs:oss:*:*:{#a}"];
        assert_eq!(read(rows), Ok(expected.map(str::to_owned).to_vec()));
    }

    #[test]
    fn every_mistake_is_an_error() {
        for (rows, expected) in [
            ("A\toss\n", "a.tsv:2: 2 columns, not 3"),
            ("A b\toss\tapi-page\n", "a.tsv:2: `A b` is no name"),
            ("A\tcen\tapi-page\n", "a.tsv:2: there is no service `cen`"),
            ("A\toss\thearsay\n", "a.tsv:2: unknown source tag `hearsay`"),
            ("A:B\toss\tapi-page\n", "a.tsv:2: `A:B` and `oss` are of different kinds"),
            ("A:B\toss:B\tapi-page\n", "a.tsv:2: there is no action `oss:B`"),
            ("T\tacs:cen:*:*:{#a}\tapi-page\n", "a.tsv:2: there is no service `cen`"),
            ("T\tacs:oss:*:*:a\tapi-page\n", "a.tsv:2: `a` has not one placeholder"),
            (
                "T\tacs:oss:*\tapi-page\n",
                "a.tsv:2: ARN template `acs:oss:*`: has fewer than five parts",
            ),
            ("A\toss\tapi-page\na\tpvtz\tapi-page\n", "a.tsv:3: `a` stands in the file twice"),
        ] {
            assert_eq!(read(rows), Err(expected.to_owned()));
        }
    }
}
