//! Imports the descriptions of APIs that the vendor's OpenAPI portal publishes: a file
//! `api-docs.json` a product and version, in which operations name their actions.
//!
//! The form of the files is taken from what public code says of them; they were not at hand.

mod products;
mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::data::Access;
use crate::error::Error;
use crate::import::keys::Keys;
use crate::import::service::{About, add_service, save, table};
use crate::read::actions::{HEADER, read_actions};
use crate::read::keys::read_keys;
use crate::read::operations::{read_operations, write_operations};
use crate::read::table::read_table;
use crate::read::{DATA, files, text};
use read::{Fact, Said};

pub use products::list_products;

/// The name of the files.
const FILE: &str = "api-docs.json";

/// Mistakes shown before their number.
const SHOWN: usize = 20;

/// Takes the facts of every `api-docs.json` below `folder` into the data, where each file is in
/// `<product>/<version>`. Rows they name are replaced as far as a file speaks of them; all else
/// stays. With `leave_out`, entries that are not understood are left out, else they are an error
/// and nothing is changed. Gives lines on what was taken and left out.
pub fn import_metadata(root: &Path, folder: &Path, leave_out: bool) -> Result<Vec<String>, Error> {
    let described = described(folder)?;
    if described.is_empty() {
        return Err(Error::whole(folder, format!("no `<product>/<version>/{FILE}`")));
    }
    let mistakes: Vec<String> = described
        .iter()
        .flat_map(|one| one.mistakes.iter().map(|line| format!("{}: {line}", one.file.display())))
        .collect();
    if !leave_out && !mistakes.is_empty() {
        let shown = mistakes.iter().take(SHOWN).map(|line| format!("\n{line}")).collect::<String>();
        let message = format!("{} places are not understood:{shown}", mistakes.len());
        return Err(Error::whole(folder, message));
    }
    let mut lines: Vec<String> =
        mistakes.into_iter().map(|line| format!("left out: {line}")).collect();

    let rows = merged(&described);
    let keys_file = Path::new(DATA).join("condition-keys.tsv");
    let mut keys_text = text(root, &keys_file)?;
    let mut added_keys = 0;
    let mut changed: Vec<(PathBuf, String)> = Vec::new();
    for (code, rows) in &rows {
        let mut keys = Keys::read(&keys_file, keys_text, code, "metadata")?;
        changed.push(service_file(root, code, rows, &mut keys)?);
        added_keys += keys.added;
        keys_text = keys.text;
    }
    read_keys(&keys_file, &keys_text)?;
    let (operations, named) = operation_files(root, &described)?;
    changed.extend(operations);

    for code in rows.keys() {
        let title = described.iter().find(|one| one.facts.iter().any(|fact| fact.code == *code));
        let title = title.map(|one| format!("{}, by the product's name", one.product));
        add_service(root, &About { code: code.clone(), title, ..About::default() }, "metadata")?;
    }
    save(root, &keys_file, &keys_text)?;
    for (file, text) in changed {
        save(root, &file, &text)?;
    }
    lines.push(format!(
        "{} files: {} actions of {} services, {named} operations with an action of another name, \
         {added_keys} new condition keys",
        described.len(),
        rows.values().map(BTreeMap::len).sum::<usize>(),
        rows.len(),
    ));
    Ok(lines)
}

/// A file with what it says.
struct Described {
    file: PathBuf,
    product: String,
    version: String,
    facts: Vec<Fact>,
    mistakes: Vec<String>,
}

/// Every description below the folder, older versions of a product first.
fn described(folder: &Path) -> Result<Vec<Described>, Error> {
    let mut described = Vec::new();
    for product in files(Path::new(""), folder)?.into_iter().filter(|path| path.is_dir()) {
        for version in files(Path::new(""), &product)?.into_iter().filter(|path| path.is_dir()) {
            let file = version.join(FILE);
            if !file.exists() {
                continue;
            }
            let text = fs::read_to_string(&file).map_err(|error| Error::whole(&file, error))?;
            let (facts, mistakes) = read::read(&text);
            let name = |path: &Path| {
                path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned())
            };
            let (product, version) = (name(&product), name(&version));
            described.push(Described { file, product, version, facts, mistakes });
        }
    }
    Ok(described)
}

/// What all files say of one action.
#[derive(Default)]
struct Merged {
    name: String,
    access: Option<Access>,
    resources: Option<Said>,
    keys: Option<Vec<String>>,
    sources: BTreeSet<String>,
}

/// The actions by service code, then by name without case. A later version overrides an access
/// level; types and keys of all operations that need the action come together.
fn merged(described: &[Described]) -> BTreeMap<String, BTreeMap<String, Merged>> {
    let mut services: BTreeMap<String, BTreeMap<String, Merged>> = BTreeMap::new();
    for one in described {
        for fact in &one.facts {
            let rows = services.entry(fact.code.clone()).or_default();
            let row = rows.entry(fact.name.to_ascii_lowercase()).or_default();
            row.name.clone_from(&fact.name);
            row.access = fact.access.or(row.access);
            row.resources = together(row.resources.take(), fact.resources.clone());
            if let Some(keys) = &fact.keys {
                let known = row.keys.get_or_insert_default();
                known.extend(
                    keys.iter().filter(|key| !known.contains(key)).cloned().collect::<Vec<_>>(),
                );
            }
            row.sources.insert(format!("{} {}", one.product, one.version));
        }
    }
    services
}

fn together(before: Option<Said>, new: Option<Said>) -> Option<Said> {
    match (before, new) {
        (Some(Said::Types(mut types)), Some(Said::Types(new))) => {
            types.extend(new.into_iter().filter(|one| !is_among(&types, one)).collect::<Vec<_>>());
            Some(Said::Types(types))
        }
        // What one operation can be limited to, the action can be.
        (Some(Said::Types(types)), Some(Said::All) | None)
        | (Some(Said::All) | None, Some(Said::Types(types))) => Some(Said::Types(types)),
        (Some(Said::All), Some(Said::All) | None) | (None, Some(Said::All)) => Some(Said::All),
        (None, None) => None,
    }
}

/// Whether the type is there, required or not.
fn is_among(types: &[String], one: &str) -> bool {
    let bare = |text: &str| text.trim_start_matches('*').to_owned();
    types.iter().any(|known| bare(known) == bare(one))
}

/// `services/<code>.tsv` with these rows.
fn service_file(
    root: &Path,
    code: &str,
    new: &BTreeMap<String, Merged>,
    keys: &mut Keys,
) -> Result<(PathBuf, String), Error> {
    let file = Path::new(DATA).join("services").join(format!("{code}.tsv"));
    let mut rows: BTreeMap<String, [String; 6]> = BTreeMap::new();
    if root.join(&file).exists() {
        for (_, cells) in read_table(&file, &text(root, &file)?, HEADER)? {
            let [name, ..] = cells;
            rows.insert(name.to_ascii_lowercase(), cells.map(str::to_owned));
        }
    }
    for (key, merged) in new {
        let row = rows.entry(key.clone()).or_default();
        let [name, access, resources, conditions, _, source] = row;
        if name.is_empty() {
            name.clone_from(&merged.name);
        }
        if let Some(level) = merged.access {
            level.word().clone_into(access);
        }
        match &merged.resources {
            None => {}
            Some(Said::All) => "*".clone_into(resources),
            Some(Said::Types(types)) => *resources = types.join(";"),
        }
        if let Some(named) = &merged.keys {
            let found: Result<Vec<String>, String> =
                named.iter().map(|key| keys.find_or_add(key)).collect();
            let mut found = found.map_err(|message| Error::whole(&file, message))?;
            found.dedup();
            for key in &found {
                keys.fill(key, &format!("{code}:{name}"));
            }
            *conditions = found.join(";");
        }
        let sources: Vec<&str> = merged.sources.iter().map(String::as_str).collect();
        *source = format!("metadata:{}", sources.join(", "));
    }
    let after = table(&HEADER, rows.into_values().map(Vec::from).collect());
    read_actions(&file, &after)?;
    Ok((file, after))
}

/// The files of operations in which an operation turns out to need an action of another name, so
/// that none is assumed any more; and the number of such operations.
fn operation_files(
    root: &Path,
    described: &[Described],
) -> Result<(Vec<(PathBuf, String)>, usize), Error> {
    let mut products: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for one in described {
        let operations = products.entry(one.product.to_ascii_lowercase()).or_default();
        for fact in &one.facts {
            let actions = operations.entry(fact.operation.to_ascii_lowercase()).or_default();
            actions.insert(format!("{}:{}", fact.code, fact.name));
        }
    }
    let (mut changed, mut count) = (Vec::new(), 0);
    for (product, operations) in products {
        let file = Path::new(DATA).join("operations").join(format!("{product}.txt"));
        if !root.join(&file).exists() {
            continue;
        }
        let mut sections = read_operations(&file, &text(root, &file)?)?;
        let mut renamed: BTreeSet<String> = BTreeSet::new();
        for operation in sections.iter_mut().flat_map(|section| &mut section.operations) {
            let name = operation.name.to_ascii_lowercase();
            let Some(actions) = operations.get(&name) else { continue };
            let is_its_own = |action: &String| {
                action.split_once(':').is_some_and(|(_, own)| own.eq_ignore_ascii_case(&name))
            };
            operation.actions = if actions.iter().any(is_its_own) {
                Vec::new()
            } else {
                renamed.insert(name);
                actions.iter().cloned().collect()
            };
        }
        count += renamed.len();
        let after = write_operations(&sections);
        read_operations(&file, &after)?;
        changed.push((file, after));
    }
    Ok((changed, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_more_than_all_resources() {
        let types = |names: &[&str]| {
            Some(Said::Types(names.iter().map(|name| (*name).to_owned()).collect()))
        };
        for (before, new, expected) in [
            (None, None, None),
            (None, Some(Said::All), Some(Said::All)),
            (Some(Said::All), None, Some(Said::All)),
            (Some(Said::All), types(&["A=a"]), types(&["A=a"])),
            (types(&["A=a"]), Some(Said::All), types(&["A=a"])),
            (types(&["*A=a"]), types(&["A=a", "B=b"]), types(&["*A=a", "B=b"])),
        ] {
            assert_eq!(together(before, new), expected);
        }
    }
}
