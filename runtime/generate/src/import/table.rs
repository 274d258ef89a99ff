//! Adds a pasted table "RAM authorization" to the data.

use std::collections::BTreeMap;
use std::path::Path;

use crate::data::Access;
use crate::data::source::judge_source;
use crate::error::Error;
use crate::import::arn::{last_literal, normalised};
use crate::import::keys::Keys;
use crate::import::pasted::{PastedRow, read_pasted};
use crate::import::service::{About, add_service, save, table};
use crate::read::actions::{HEADER, read_actions};
use crate::read::keys;
use crate::read::table::read_table;
use crate::read::{DATA, text};

/// A row of the data: the cells of [`HEADER`].
type Cells = [String; 6];

/// What the pages print for nothing.
const NOTHING: [&str; 5] = ["none", "无", "-", "n/a", ""];

/// What the pages print for an action that works on all resources.
const ALL_RESOURCES: [&str; 7] = [
    "*",
    "all resources",
    "all resource",
    "全部资源",
    "all resources *",
    "all resource *",
    "全部资源 *",
];

/// Access levels the pages print in other words.
const OTHER_LEVELS: [(&str, Access); 7] = [
    ("创建", Access::Create),
    ("删除", Access::Delete),
    ("查询", Access::Get),
    ("列出", Access::List),
    ("读", Access::Read),
    ("更新", Access::Update),
    ("写", Access::Write),
];

/// Writes the rows to `services/<code>.tsv` in the place of those that have the same action, and,
/// if they are new, the service and the condition keys. Gives a sentence on what was added.
/// Mistakes are reported at lines of `name`.
pub fn add_table(root: &Path, about: &About, name: &Path, pasted: &str) -> Result<String, Error> {
    let source = about.source.as_deref().unwrap_or("ram-auth-page");
    judge_source(source).map_err(|message| Error::whole(name, message))?;
    let data = Path::new(DATA);
    let file = data.join("services").join(format!("{}.tsv", about.code));
    let keys_file = data.join("condition-keys.tsv");

    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if root.join(&file).exists() {
        for (_, cells) in read_table(&file, &text(root, &file)?, HEADER)? {
            let cells = cells.map(str::to_owned).to_vec();
            rows.insert(
                cells.first().map_or(String::new(), |name| name.to_ascii_lowercase()),
                cells,
            );
        }
    }
    let mut keys = Keys::read(&keys_file, text(root, &keys_file)?, &about.code, source)?;
    let pasted = read_pasted(name, pasted)?;
    let count = pasted.len();
    for row in pasted {
        let line = row.0;
        let cells = cells(row, &about.code, source, &mut keys)
            .map_err(|message| Error::at(name, line, message))?;
        let [action, ..] = &cells;
        rows.insert(action.to_ascii_lowercase(), cells.to_vec());
    }
    let after = table(&HEADER, rows.into_values().collect());
    read_actions(&file, &after)?;
    keys::read_keys(&keys_file, &keys.text)?;
    add_service(root, about, source)?;
    save(root, &keys_file, &keys.text)?;
    save(root, &file, &after)?;
    Ok(format!("{}: {count} rows, {} new condition keys", about.code, keys.added))
}

fn cells(
    (_, [action, level, resources, keys, dependents]): PastedRow,
    code: &str,
    source: &str,
    known: &mut Keys,
) -> Result<Cells, String> {
    let name = match action.split_once(':') {
        Some((own, name)) if own == code => name.to_owned(),
        Some((other, _)) => {
            return Err(format!("`{action}` belongs to `{other}`, not to `{code}`"));
        }
        None => return Err(format!("`{action}` is no `{code}:Action`")),
    };
    let mut names = Vec::new();
    for key in listed(&keys) {
        names.push(known.find_or_add(key)?);
    }
    Ok([
        name,
        access_level(&level)?.to_owned(),
        resource_types(&resources)?,
        names.join(";"),
        listed(&dependents).collect::<Vec<_>>().join(";"),
        source.to_owned(),
    ])
}

/// The words of a cell, without those for nothing.
fn listed(cell: &str) -> impl Iterator<Item = &str> {
    let words = cell.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '、'));
    words.filter(|word| !NOTHING.contains(&word.to_lowercase().as_str()))
}

fn access_level(cell: &str) -> Result<&'static str, String> {
    let word = cell.to_lowercase();
    if NOTHING.contains(&word.as_str()) {
        return Ok("");
    }
    let mut levels = Access::ALL.iter().chain(&OTHER_LEVELS);
    let found = levels.find(|(known, _)| *known == word);
    found.map(|(_, level)| level.word()).ok_or_else(|| format!("unknown access level `{cell}`"))
}

/// `*Name` and the templates below it, as `*Name=template;*Name=template`.
fn resource_types(cell: &str) -> Result<String, String> {
    let whole = cell.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    // Pages mark All Resources as required, or not.
    let whole = whole.trim_start_matches('\\').to_owned();
    let bare = whole.strip_prefix('*').map_or(whole.as_str(), str::trim_start);
    if ALL_RESOURCES.contains(&whole.as_str()) || ALL_RESOURCES.contains(&bare) {
        return Ok("*".to_owned());
    }
    if NOTHING.contains(&whole.as_str()) {
        return Ok(String::new());
    }
    let (mut types, mut name, mut is_used) = (Vec::new(), String::new(), true);
    for word in cell.split_whitespace() {
        if word.starts_with("acs:") {
            let template = normalised(word);
            // Older tables print ARNs alone.
            let own = if name.is_empty() { last_literal(&template) } else { name.clone() };
            let one = format!("{own}={template}");
            if !types.contains(&one) {
                types.push(one);
            }
            is_used = true;
        } else if is_used {
            name = word.to_owned();
            is_used = false;
        } else {
            name = format!("{name} {word}").replace("* ", "*");
        }
    }
    if !is_used {
        return Err(format!("the resource type `{name}` has no ARN after it"));
    }
    Ok(types.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resource_cells() {
        for (cell, expected) in [
            ("All Resources\n*", Ok("*")),
            ("全部资源\n*", Ok("*")),
            ("*", Ok("*")),
            ("None", Ok("")),
            ("", Ok("")),
            ("*A\nacs:x:*:*:a/*", Ok("*A=acs:x:*:*:a/*")),
            ("* A acs:x:*:*:a/*", Ok("*A=acs:x:*:*:a/*")),
            (
                "Elastic IP\nacs:x:*:*:a/*\nacs:x:*:*:a/{#id}\nB acs:x:*:*:b",
                Ok("Elastic IP=acs:x:*:*:a/*;Elastic IP=acs:x:*:*:a/{#id};B=acs:x:*:*:b"),
            ),
            ("A", Err("the resource type `A` has no ARN after it")),
            ("acs:x:$regionid:*:a/$aid", Ok("a=acs:x:{#regionId}:*:a/{#aid}")),
            ("\\*All Resources\n*", Ok("*")),
            ("*All Resources\n*", Ok("*")),
            ("\\*All Resource\n*", Ok("*")),
            ("*全部资源\n*", Ok("*")),
        ] {
            let found = resource_types(cell);
            assert_eq!(found.as_deref().map_err(String::as_str), expected, "{cell}");
        }
    }

    #[test]
    fn access_levels() {
        for (cell, expected) in
            [("Create", Ok("create")), ("写", Ok("write")), ("-", Ok("")), ("None", Ok(""))]
        {
            assert_eq!(access_level(cell), expected);
        }
        assert_eq!(access_level("all"), Err("unknown access level `all`".to_owned()));
    }
}
