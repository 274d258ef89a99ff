//! Reads `condition-keys.tsv`.

use std::collections::BTreeSet;
use std::path::Path;

use crate::data::source::judge_source;
use crate::data::template::is_code;
use crate::data::{Key, KeyType};
use crate::error::Error;
use crate::read::table::{items, read_table};

const HEADER: [&str; 5] = ["key", "type", "meaning", "filled_by", "source"];

/// The keys, sorted by the bytes of their names.
pub(crate) fn read_keys(file: &Path, text: &str) -> Result<Vec<Key>, Error> {
    let mut keys = Vec::new();
    let mut names = BTreeSet::new();
    for (line, cells) in read_table(file, text, HEADER)? {
        let key = key(line, cells).map_err(|message| Error::at(file, line, message))?;
        // Also two keys that differ in case or in `-` and `_` only: one would hide the other.
        if !names.insert(key.name.to_ascii_lowercase().replace('-', "_")) {
            let message = format!("condition key `{}` stands in the file twice", key.name);
            return Err(Error::at(file, line, message));
        }
        keys.push(key);
    }
    keys.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(keys)
}

fn key(line: usize, cells: [&str; 5]) -> Result<Key, String> {
    let [name, value_type, meaning, filled_by, source] = cells;
    if !is_key(name) {
        return Err(format!("`{name}` is no condition key `code:Name` or `code:Name/`"));
    }
    let found = KeyType::ALL.iter().find(|(word, _)| *word == value_type);
    let (_, value_type) = found.ok_or_else(|| format!("unknown key type `{value_type}`"))?;
    if meaning.is_empty() {
        return Err("the meaning is missing".to_owned());
    }
    judge_source(source)?;
    Ok(Key {
        line,
        name: name.to_owned(),
        value_type: *value_type,
        meaning: meaning.to_owned(),
        filled_by: items(filled_by).map(str::to_owned).collect(),
    })
}

/// Key names become Rust constants once `-` is replaced by `_`.
fn is_key(text: &str) -> bool {
    let Some((code, name)) = text.split_once(':') else {
        return false;
    };
    let name = name.strip_suffix('/').unwrap_or(name);
    is_code(code)
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &str) -> Result<Vec<Key>, Error> {
        read_keys(Path::new("keys.tsv"), &format!("{}\n{rows}", HEADER.join("\t")))
    }

    #[test]
    fn sorted_by_bytes() {
        let rows = "vpc:tag/\tString\tm\t\tapi-page\nvpc:VPC\tIp\tm\tvpc:A;vpc:B\tunconfirmed\n";
        let keys = read(rows).unwrap_or_default();
        let found: Vec<_> =
            keys.iter().map(|key| (key.name.as_str(), key.filled_by.len())).collect();
        assert_eq!(found, [("vpc:VPC", 2), ("vpc:tag/", 0)]);
    }

    #[test]
    fn every_mistake_is_an_error() {
        for (rows, expected) in [
            ("acs:A\tString\tm\tapi-page\n", "keys.tsv:2: 4 columns, not 5"),
            (
                "ResourceOwner\tString\tm\t\tapi-page\n",
                "keys.tsv:2: `ResourceOwner` is no condition key `code:Name` or `code:Name/`",
            ),
            (
                "acs:Tag/<key>\tString\tm\t\tapi-page\n",
                "keys.tsv:2: `acs:Tag/<key>` is no condition key `code:Name` or `code:Name/`",
            ),
            ("acs:A\tText\tm\t\tapi-page\n", "keys.tsv:2: unknown key type `Text`"),
            ("acs:A\tString\t\t\tapi-page\n", "keys.tsv:2: the meaning is missing"),
            ("acs:A\tString\tm\t\thearsay\n", "keys.tsv:2: unknown source tag `hearsay`"),
            (
                "vpc:VPC\tString\tm\t\tapi-page\nvpc:Vpc\tString\tm\t\tapi-page\n",
                "keys.tsv:3: condition key `vpc:Vpc` stands in the file twice",
            ),
        ] {
            assert_eq!(read(rows).err().map(|error| error.to_string()).as_deref(), Some(expected));
        }
    }
}
