//! Reads `service-principals.tsv`.

use std::collections::BTreeMap;
use std::path::Path;

use crate::data::Principal;
use crate::data::source::judge_source;
use crate::error::Error;
use crate::read::table::read_table;

const HEADER: [&str; 4] = ["principal", "role", "service", "source"];

/// The principals, sorted.
pub(crate) fn read_principals(file: &Path, text: &str) -> Result<Vec<Principal>, Error> {
    let mut principals = BTreeMap::new();
    for (line, [principal, role, _service, source]) in read_table(file, text, HEADER)? {
        let fail = |message: String| Err(Error::at(file, line, message));
        if !principal.ends_with(".aliyuncs.com") || principal.contains(char::is_whitespace) {
            return fail(format!("`{principal}` is no service principal"));
        }
        if !role.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return fail(format!("`{role}` is no role name"));
        }
        if let Err(message) = judge_source(source) {
            return fail(message);
        }
        let row = Principal { principal: principal.to_owned(), role: role.to_owned() };
        if principals.insert(principal, row).is_some() {
            return fail(format!("principal `{principal}` stands in the file twice"));
        }
    }
    Ok(principals.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &str) -> Result<Vec<Principal>, Error> {
        read_principals(Path::new("p.tsv"), &format!("{}\n{rows}", HEADER.join("\t")))
    }

    #[test]
    fn sorted() {
        let rows = "b.aliyuncs.com\tR\t\tdocs-2021\na.aliyuncs.com\t\t\tseen-in:x/y\n";
        let principals = read(rows).unwrap_or_default();
        let found: Vec<_> =
            principals.iter().map(|p| (p.principal.as_str(), p.role.as_str())).collect();
        assert_eq!(found, [("a.aliyuncs.com", ""), ("b.aliyuncs.com", "R")]);
    }

    #[test]
    fn every_mistake_is_an_error() {
        for (rows, expected) in [
            ("a.aliyuncs.com\t\t\n", "p.tsv:2: 3 columns, not 4"),
            ("a.example.com\t\t\tdocs-2021\n", "p.tsv:2: `a.example.com` is no service principal"),
            ("a.aliyuncs.com\tA Role\t\tdocs-2021\n", "p.tsv:2: `A Role` is no role name"),
            ("a.aliyuncs.com\t\t\thearsay\n", "p.tsv:2: unknown source tag `hearsay`"),
            (
                "a.aliyuncs.com\t\t\tdocs-2021\na.aliyuncs.com\t\t\tdocs-2021\n",
                "p.tsv:3: principal `a.aliyuncs.com` stands in the file twice",
            ),
        ] {
            assert_eq!(read(rows).err().map(|error| error.to_string()).as_deref(), Some(expected));
        }
    }
}
