//! The condition keys, to which new data add those they name.

use std::path::Path;

use crate::error::Error;
use crate::read::keys::read_keys;

/// The condition keys of the data, and those that a table adds.
pub(crate) struct Keys {
    names: Vec<String>,
    /// The file with them.
    pub(crate) text: String,
    code: String,
    source: String,
    /// Number of those added.
    pub(crate) added: usize,
}

impl Keys {
    pub(crate) fn read(file: &Path, text: String, code: &str, source: &str) -> Result<Self, Error> {
        let names = read_keys(file, &text)?.into_iter().map(|key| key.name).collect();
        Ok(Self { names, text, code: code.to_owned(), source: source.to_owned(), added: 0 })
    }

    /// Adds the action to those that fill the key, where the data list them all.
    pub(crate) fn fill(&mut self, key: &str, action: &str) {
        let line = |line: &str| {
            let cells: Vec<&str> = line.split('\t').collect();
            match cells.as_slice() {
                [name, kind, meaning, filled_by, source]
                    if *name == key
                        && !filled_by.is_empty()
                        && filled_by.split(';').all(|known| known != action) =>
                {
                    format!("{name}\t{kind}\t{meaning}\t{filled_by};{action}\t{source}\n")
                }
                _ => format!("{line}\n"),
            }
        };
        self.text = self.text.lines().map(line).collect();
    }

    /// The key as the data spell it: `ecs:tag/` for `ecs:tag` and for `ecs:tag/<key>`.
    pub(crate) fn find_or_add(&mut self, key: &str) -> Result<String, String> {
        let (code, rest) =
            key.split_once(':').ok_or_else(|| format!("`{key}` is no `service:Key`"))?;
        let name = match rest.split_once('/') {
            Some((head, _)) => format!("{code}:{head}/"),
            None => key.to_owned(),
        };
        let slash = format!("{name}/");
        let known = self.names.iter().find(|known| **known == name || **known == slash);
        if let Some(known) = known {
            return Ok(known.clone());
        }
        self.text +=
            &format!("{name}\tUnknown\tas in the table of {}\t\t{}\n", self.code, self.source);
        self.names.push(name.clone());
        self.added += 1;
        Ok(name)
    }
}
