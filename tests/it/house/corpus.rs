//! Reads a folder of your own policies and writes each one back.
//!
//! Set `RAM_POLICY_CORPUS` to a folder and run
//! `cargo test -p ram-policy-tests --test it corpus -- --nocapture`. Every `*.json` in it and
//! below is read leniently: nothing of it may be lost, and what RAM would take although it does not
//! do what it says is counted by rule. Unset, the test passes.
//!
//! A document is taken for a trust policy when a statement of it has a `Principal` and none has a
//! `Resource`, else for an identity policy. A file `INDEX.tsv` in the folder with the columns file,
//! source and kind (`identity`, `session`, `control`, `trust`, or `resource` for those that belong
//! to a resource and must be refused) says it better. A policy of a resource that has no
//! `Principal` reads like an identity policy, so it is only counted.

#![allow(clippy::panic, reason = "a folder that cannot be read fails the test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ram_policy::{Finding, Level, Policy};
use serde_json::Value;

use crate::policy::import::reading::{self, Kind};

const VARIABLE: &str = "RAM_POLICY_CORPUS";

/// What `INDEX.tsv` says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listed {
    Policy(Kind),
    Resource,
}

/// What became of the documents.
#[derive(Default)]
struct Summary {
    read: usize,
    without_finding: usize,
    /// Policies of resources that nothing tells from an identity policy.
    like_identity: Vec<String>,
    refused: Vec<String>,
    failed: Vec<String>,
    findings: BTreeMap<String, usize>,
}

#[test]
fn every_policy_of_the_corpus_is_read_and_written_back() {
    let Some(folder) = std::env::var_os(VARIABLE).map(PathBuf::from) else {
        println!("{VARIABLE} is not set: no corpus is read");
        return;
    };
    let index = read_index(&folder);
    let mut files = Vec::new();
    find_files(&folder, &mut files);
    files.sort();
    assert!(!files.is_empty(), "{}: no *.json", folder.display());
    let mut summary = Summary::default();
    for path in &files {
        let name = path.strip_prefix(&folder).unwrap_or(path).to_string_lossy().into_owned();
        let text = read_file(path);
        judge(&name, &text, index.get(&name).copied(), &mut summary);
    }
    for name in index.keys() {
        if !files.contains(&folder.join(name)) {
            summary.failed.push(format!("{name}: listed, but not there"));
        }
    }
    summary.print(files.len());
    assert!(summary.failed.is_empty(), "{}", summary.failed.join("\n"));
}

/// A system policy is right by definition. Set `RAM_POLICY_SYSTEM_POLICIES` to a folder of them.
#[test]
fn no_system_policy_has_an_error() {
    const VARIABLE: &str = "RAM_POLICY_SYSTEM_POLICIES";
    let Some(folder) = std::env::var_os(VARIABLE).map(PathBuf::from) else {
        println!("{VARIABLE} is not set: no system policy is read");
        return;
    };
    let mut files = Vec::new();
    find_files(&folder, &mut files);
    files.sort();
    assert!(!files.is_empty(), "{}: no *.json", folder.display());
    let mut errors = Vec::new();
    for path in &files {
        let found = match Policy::from_json_lenient(read_file(path)) {
            Ok(imported) => imported.findings,
            Err(error) => error.into_findings(),
        };
        let wrong = found.iter().filter(|finding| finding.level() == Level::Error);
        errors.extend(wrong.map(|finding| format!("{}: {finding}", path.display())));
    }
    println!("{} system policies", files.len());
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

/// Reads one document and compares what is written with what was read.
fn judge(name: &str, text: &[u8], listed: Option<Listed>, summary: &mut Summary) {
    let kind = match listed {
        Some(Listed::Policy(kind)) => kind,
        Some(Listed::Resource) => Kind::Identity,
        None => guess(text),
    };
    let imported = match (kind.read_leniently(text), listed) {
        (Ok(imported), _) => imported,
        (Err(error), Some(Listed::Resource)) => {
            let is_told = error.findings().iter().any(|found| found.rule() == "other_dialect");
            if is_told {
                summary.refused.push(format!("{name}: {error}"));
            } else {
                summary.failed.push(format!("{name}: refused for something else: {error}"));
            }
            summary.count(error.findings());
            return;
        }
        (Err(error), listed) => {
            summary.refused.push(format!("{name}: {error}"));
            if listed.is_some() {
                summary.failed.push(format!("{name}: refused as {}: {error}", kind.name()));
            }
            summary.count(error.findings());
            return;
        }
    };
    summary.read += 1;
    summary.without_finding += usize::from(imported.findings.is_empty());
    summary.count(&imported.findings);
    if listed == Some(Listed::Resource) {
        if any_statement_has("Principal", text) {
            summary.failed.push(format!("{name}: belongs to a resource, but was not refused"));
        } else {
            summary.like_identity.push(name.to_owned());
        }
    }
    let written = imported.policy.minified();
    match reading::minified(text) {
        Ok(minified) if minified == written => {}
        Ok(minified) => {
            summary.failed.push(format!("{name}: written back as\n{written}\nnot\n{minified}"));
        }
        Err(error) => summary.failed.push(format!("{name}: read, but not JSON: {error}")),
    }
    let again = kind.read_leniently(written.as_bytes());
    if again.map(|again| again.policy).as_ref() != Ok(&imported.policy) {
        summary.failed.push(format!("{name}: what was written is another policy"));
    }
}

impl Summary {
    fn count(&mut self, findings: &[Finding]) {
        for finding in findings {
            let counted = format!("{} {}", finding.level().name(), finding.rule());
            *self.findings.entry(counted).or_default() += 1;
        }
    }

    fn print(&self, files: usize) {
        println!(
            "{files} documents: {} read ({} without a finding), {} refused, {} failed",
            self.read,
            self.without_finding,
            self.refused.len(),
            self.failed.len()
        );
        for (rule, count) in &self.findings {
            println!("{count:6} {rule}");
        }
        for name in &self.like_identity {
            println!("reads like an identity policy: {name}");
        }
        for refused in &self.refused {
            println!("refused: {refused}");
        }
    }
}

/// What a document looks like.
fn guess(text: &[u8]) -> Kind {
    let is_trust = any_statement_has("Principal", text) && !any_statement_has("Resource", text);
    if is_trust { Kind::Trust } else { Kind::Identity }
}

/// The identity policies of a folder with the names of their files.
pub(crate) fn identity_policies(folder: &Path) -> Vec<(String, Policy)> {
    let index = read_index(folder);
    let mut files = Vec::new();
    find_files(folder, &mut files);
    files.sort();
    let policy = |path: PathBuf| {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
        let text = read_file(&path);
        let kind = match index.get(&name) {
            Some(Listed::Policy(kind)) => *kind,
            Some(Listed::Resource) => return None,
            None => guess(&text),
        };
        let imported = (kind == Kind::Identity).then(|| Policy::from_json_lenient(&text))?;
        Some((name, imported.ok()?.policy))
    };
    files.into_iter().filter_map(policy).collect()
}

fn any_statement_has(element: &str, text: &[u8]) -> bool {
    let document: Value = serde_json::from_slice(text).unwrap_or(Value::Null);
    let statements = match document.get("Statement") {
        Some(Value::Array(statements)) => statements.as_slice(),
        Some(statement) => std::slice::from_ref(statement),
        None => std::slice::from_ref(&document),
    };
    statements.iter().any(|statement| statement.get(element).is_some())
}

/// The kinds by file, empty when there is no index.
fn read_index(folder: &Path) -> BTreeMap<String, Listed> {
    let path = folder.join("INDEX.tsv");
    if !path.exists() {
        return BTreeMap::new();
    }
    let text = String::from_utf8_lossy(&read_file(&path)).into_owned();
    let entry = |line: &str| {
        let mut columns = line.split('\t');
        let (file, kind) = (columns.next()?, columns.nth(1)?.trim());
        let listed = match kind {
            "resource" => Listed::Resource,
            kind => Listed::Policy(Kind::from_name(kind)?),
        };
        Some((file.to_owned(), listed))
    };
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with("file\t"))
        .map(|line| entry(line).unwrap_or_else(|| panic!("INDEX.tsv: {line}")))
        .collect()
}

fn find_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path();
        if path.is_dir() {
            find_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
}

fn read_file(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
