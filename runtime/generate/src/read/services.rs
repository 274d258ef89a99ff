//! Reads `services.tsv`: codes, type names, titles, default features and completeness.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::data::source::judge_source;
use crate::data::template::is_code;
use crate::data::{Completeness, Granularity, Service};
use crate::error::Error;
use crate::read::table::read_table;

pub(crate) const HEADER: [&str; 7] =
    ["code", "type_name", "title", "default", "completeness", "granularity", "source"];

/// Codes that cannot be the names of a Rust module or of a Cargo feature of their own.
const TAKEN: [&str; 49] = [
    "abstract",
    "all-services",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "crate",
    "default",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "ref",
    "return",
    "self",
    "serde",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "type",
    "unsafe",
    "use",
    "where",
    "while",
    "yield",
];

/// The services, sorted by code, without their actions.
pub(crate) fn read_services(file: &Path, text: &str) -> Result<Vec<Service>, Error> {
    let mut services = BTreeMap::new();
    let mut type_names = BTreeSet::new();
    for (line, cells) in read_table(file, text, HEADER)? {
        let service = service(cells).map_err(|message| Error::at(file, line, message))?;
        let message = format!("service `{}` or its type stands in the file twice", service.code);
        let new_type = type_names.insert(service.type_name.clone());
        if services.insert(service.code.clone(), service).is_some() || !new_type {
            return Err(Error::at(file, line, message));
        }
    }
    Ok(services.into_values().collect())
}

fn service(cells: [&str; 7]) -> Result<Service, String> {
    let [code, type_name, title, default, completeness, granularity, source] = cells;
    if !is_code(code) {
        return Err(format!("`{code}` is no service code"));
    }
    if TAKEN.contains(&code) {
        return Err(format!("`{code}` cannot be the name of a module and a feature"));
    }
    let is_type = type_name.starts_with(|c: char| c.is_ascii_uppercase())
        && type_name.chars().all(|c| c.is_ascii_alphanumeric());
    if !is_type {
        return Err(format!("`{type_name}` is no type name"));
    }
    if title.is_empty() {
        return Err("the title is missing".to_owned());
    }
    let default = match default {
        "yes" => true,
        "no" => false,
        other => return Err(format!("default is `{other}`, not yes or no")),
    };
    let found = Completeness::ALL.iter().find(|(word, ..)| *word == completeness);
    let (.., completeness) = found.ok_or_else(|| {
        format!("completeness is `{completeness}`, not complete, partial or code-only")
    })?;
    let (granularity, prints_arns) =
        granularity.strip_suffix('?').map_or((granularity, false), |listed| (listed, true));
    let granularity = match granularity {
        "" => None,
        word => {
            let found = Granularity::ALL.iter().find(|(known, ..)| *known == word);
            Some(found.map(|(.., granularity)| *granularity).ok_or_else(|| {
                format!("granularity is `{word}`, not service, operation or resource")
            })?)
        }
    };
    judge_source(source)?;
    Ok(Service {
        code: code.to_owned(),
        type_name: type_name.to_owned(),
        title: title.to_owned(),
        default,
        completeness: *completeness,
        granularity,
        prints_arns,
        actions: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(rows: &str) -> String {
        let text = format!("{}\n{rows}", HEADER.join("\t"));
        let result = read_services(Path::new("services.tsv"), &text);
        result.err().map_or(String::new(), |error| error.to_string())
    }

    #[test]
    fn sorted_by_code() {
        let text = format!(
            "{}\nvpc\tVpc\tV\tyes\tpartial\t\tapi-page\nkms\tKms\tK\tno\tpartial\t\tdocs-2021\n",
            HEADER.join("\t")
        );
        let services = read_services(Path::new("services.tsv"), &text).unwrap_or_default();
        let found: Vec<_> = services.iter().map(|s| (s.code.as_str(), s.default)).collect();
        assert_eq!(found, [("kms", false), ("vpc", true)]);
    }

    #[test]
    fn every_mistake_is_an_error() {
        for (rows, expected) in [
            ("vpc\tVpc\tV\tyes\n", "services.tsv:2: 4 columns, not 7"),
            (
                "type\tType\tT\tno\tpartial\t\tapi-page\n",
                "services.tsv:2: `type` cannot be the name of a module and a feature",
            ),
            (
                "vpc\tVpc\tV\tno\tmost\t\tapi-page\n",
                "services.tsv:2: completeness is `most`, not complete, partial or code-only",
            ),
            (
                "vpc\tVpc\tV\tno\tpartial\tall\tapi-page\n",
                "services.tsv:2: granularity is `all`, not service, operation or resource",
            ),
            ("VPC\tVpc\tV\tyes\tpartial\t\tapi-page\n", "services.tsv:2: `VPC` is no service code"),
            ("vpc\tvpc\tV\tyes\tpartial\t\tapi-page\n", "services.tsv:2: `vpc` is no type name"),
            ("vpc\tVpc\t\tyes\tpartial\t\tapi-page\n", "services.tsv:2: the title is missing"),
            (
                "vpc\tVpc\tV\ton\tpartial\t\tapi-page\n",
                "services.tsv:2: default is `on`, not yes or no",
            ),
            (
                "vpc\tVpc\tV\tyes\tpartial\t\thearsay\n",
                "services.tsv:2: unknown source tag `hearsay`",
            ),
            (
                "vpc\tVpc\tV\tyes\tpartial\t\tapi-page\nvpc\tV2\tV\tyes\tpartial\t\tapi-page\n",
                "services.tsv:3: service `vpc` or its type stands in the file twice",
            ),
            (
                "vpc\tVpc\tV\tyes\tpartial\t\tapi-page\nkms\tVpc\tV\tyes\tpartial\t\tapi-page\n",
                "services.tsv:3: service `kms` or its type stands in the file twice",
            ),
        ] {
            assert_eq!(message(rows), expected);
        }
    }
}
