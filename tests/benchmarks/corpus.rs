//! Documents with many policies to compare: the repository's own, and a folder of anybody's.

use std::fs;
use std::path::{Path, PathBuf};

use ram_policy::Policy;
use serde_json::Value;

/// The variable that names a folder of policies, as for the tests (see `tests/it/house/corpus.rs`).
pub const VARIABLE: &str = "RAM_POLICY_CORPUS";

/// An identity policy with the name of its file.
pub struct Named {
    /// Path below the folder.
    pub name: String,
    /// The policy.
    pub policy: Policy,
}

/// The identity policies of the tests that RAM takes: those of the documents, and those that are
/// right or only warned about.
///
/// # Panics
///
/// A folder or file cannot be read.
#[must_use]
pub fn own() -> Vec<Named> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    ["golden", "documents/clean", "documents/warned"]
        .into_iter()
        .flat_map(|folder| {
            files(&tests.join(folder)).into_iter().filter_map(move |path| {
                let file = path.file_name()?.to_string_lossy().into_owned();
                let is_identity = folder == "golden" || file.starts_with("identity-");
                let policy = is_identity.then(|| read(&path)).flatten()?;
                Some(Named { name: format!("{folder}/{file}"), policy })
            })
        })
        .collect()
}

/// The identity policies of the folder that [`VARIABLE`] names, `None` when it names none.
///
/// `INDEX.tsv` says which those are; a file it does not list is taken when no statement of it has a
/// principal.
///
/// # Panics
///
/// The folder or a file cannot be read.
#[must_use]
pub fn given() -> Option<Vec<Named>> {
    let folder = PathBuf::from(std::env::var_os(VARIABLE)?);
    let index = fs::read_to_string(folder.join("INDEX.tsv")).unwrap_or_default();
    let kind = |name: &str| {
        index.lines().find_map(|line| {
            let mut columns = line.split('\t');
            (columns.next()? == name).then(|| columns.nth(1))?.map(str::trim)
        })
    };
    let named = |path: PathBuf| {
        let name = path.strip_prefix(&folder).unwrap_or(&path).to_string_lossy().into_owned();
        let is_identity = match kind(&name) {
            Some(kind) => kind == "identity",
            None => !fs::read_to_string(&path).ok()?.contains("\"Principal\""),
        };
        let policy = is_identity.then(|| read(&path)).flatten()?;
        Some(Named { name, policy })
    };
    Some(files(&folder).into_iter().filter_map(named).collect())
}

fn read(path: &Path) -> Option<Policy> {
    let text = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(Policy::from_json_lenient(text).ok()?.policy)
}

/// The JSON files of a folder and below, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found: Vec<PathBuf> = entries
        .flat_map(|entry| {
            let path = entry.expect("an entry of a folder").path();
            match path.extension() {
                _ if path.is_dir() => files(&path),
                Some(extension) if extension == "json" => vec![path],
                _ => Vec::new(),
            }
        })
        .collect();
    found.sort();
    found
}

impl Named {
    /// The document, as the translations read it.
    ///
    /// # Panics
    ///
    /// Never: a policy prints JSON.
    #[must_use]
    pub fn document(&self) -> Value {
        serde_json::from_str(&self.policy.to_json()).expect("a policy is JSON")
    }
}
