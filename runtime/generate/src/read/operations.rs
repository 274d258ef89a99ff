//! Reads `operations/<product>.txt`: the names of a product's operations.
//!
//! A line `# <source> ...` says where the names below it come from. A name may be followed by
//! `deprecated`, and by `as <actions>` where the operation needs actions of other names.

use std::collections::BTreeSet;
use std::path::Path;

use crate::data::Operation;
use crate::data::source::judge_source;
use crate::data::template::is_code;
use crate::error::Error;
use crate::read::actions::is_action_name;
use crate::read::table::items;

/// The operations of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Section {
    /// What stands behind `#`, as `openapi-meta 2014-05-26`.
    pub(crate) source: String,
    /// In the order of the file.
    pub(crate) operations: Vec<Operation>,
}

pub(crate) fn read_operations(file: &Path, text: &str) -> Result<Vec<Section>, Error> {
    let mut sections: Vec<Section> = Vec::new();
    let mut names = BTreeSet::new();
    for (line, number) in text.lines().zip(1..) {
        let fail = |message: String| Err(Error::at(file, number, message));
        if let Some(source) = line.strip_prefix("# ") {
            if let Err(message) = judge_source(source.split(' ').next().unwrap_or("")) {
                return fail(message);
            }
            names.clear();
            sections.push(Section { source: source.to_owned(), operations: Vec::new() });
            continue;
        }
        let Some(section) = sections.last_mut() else {
            return fail("the file must begin with its source, as `# openapi-meta ...`".to_owned());
        };
        let (line, actions) = line.split_once(" as ").unwrap_or((line, ""));
        let (name, deprecated) =
            line.strip_suffix(" deprecated").map_or((line, false), |name| (name, true));
        let actions: Vec<String> = items(actions).map(str::to_owned).collect();
        for action in &actions {
            if action
                .split_once(':')
                .is_none_or(|(code, name)| !is_code(code) || !is_action_name(name))
            {
                return fail(format!("`{action}` is no `service:Action`"));
            }
        }
        if !is_action_name(name) {
            return fail(format!("`{name}` is no name of an operation"));
        }
        if !names.insert(name.to_ascii_lowercase()) {
            return fail(format!("operation `{name}` stands there twice"));
        }
        section.operations.push(Operation { name: name.to_owned(), deprecated, actions });
    }
    if sections.iter().all(|section| section.operations.is_empty()) {
        return Err(Error::whole(file, "no operations"));
    }
    Ok(sections)
}

/// The file with these sections.
pub(crate) fn write_operations(sections: &[Section]) -> String {
    let mut text = String::new();
    for section in sections {
        text += &format!("# {}\n", section.source);
        for operation in &section.operations {
            let mark = if operation.deprecated { " deprecated" } else { "" };
            let actions = operation.actions.join(";");
            let actions = if actions.is_empty() { actions } else { format!(" as {actions}") };
            text += &format!("{}{mark}{actions}\n", operation.name);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> Option<String> {
        read_operations(Path::new("x.txt"), text).err().map(|error| error.to_string())
    }

    #[test]
    fn read_and_written_alike() {
        let text = "# openapi-meta 2018-01-01\nCreateX\nOldX deprecated\n\
                    GetList as x:ListA\nOldY deprecated as x:A;y:B\n\
                    # pypi alibabacloud-x20200101 1.0.0\nCreateX\ncreateY\n";
        let sections = read_operations(Path::new("x.txt"), text).unwrap_or_default();
        assert_eq!(sections.len(), 2);
        assert_eq!(write_operations(&sections), text);
    }

    #[test]
    fn every_mistake_is_an_error() {
        for (text, expected) in [
            ("", "x.txt: no operations"),
            ("# openapi-meta 1\n", "x.txt: no operations"),
            ("A\n", "x.txt:1: the file must begin with its source, as `# openapi-meta ...`"),
            ("# hearsay 1\nA\n", "x.txt:1: unknown source tag `hearsay`"),
            ("# openapi-meta 1\nA b\n", "x.txt:2: `A b` is no name of an operation"),
            ("# openapi-meta 1\nA\n\n", "x.txt:3: `` is no name of an operation"),
            ("# openapi-meta 1\nA as b\n", "x.txt:2: `b` is no `service:Action`"),
            ("# openapi-meta 1\nSelf\n", "x.txt:2: `Self` is no name of an operation"),
            ("# openapi-meta 1\nAb\nAB\n", "x.txt:3: operation `AB` stands there twice"),
        ] {
            assert_eq!(message(text).as_deref(), Some(expected));
        }
    }
}
