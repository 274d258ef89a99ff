//! Holds every rule's page against what the checker does: what is shown as bad is found, what is
//! shown as good is not.

#![allow(clippy::panic, reason = "a file that cannot be read fails the test")]

mod access_analyzer;
mod conformance;
mod page;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use page::{Example, Language, Page};
use ram_policy::{Checker, Finding, Level, Severity, Strictness, findings};
use ram_policy_model::report::rule::Rule;

use crate::policy::import::reading::Kind;

/// What only tokens, templates or YAML can break: no JSON document has it.
const NOT_FROM_JSON: [Rule; 7] = [
    Rule::Grammar,
    Rule::FailedClaim,
    Rule::Guardrail,
    Rule::NotChecked,
    Rule::Parameter,
    Rule::ServiceLinkedRole,
    Rule::VersionNumber,
];

/// Files of the folder that are no rule's page.
const OTHER_FILES: [&str; 2] = ["access_analyzer", "rules"];

/// The folder of the pages.
fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../runtime/src/findings")
}

/// The names of the Markdown files in the folder, without `.md`.
fn files() -> BTreeSet<String> {
    let folder = folder();
    let entries =
        std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .filter_map(|entry| {
            let entry = entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
            entry.file_name().to_string_lossy().strip_suffix(".md").map(ToOwned::to_owned)
        })
        .collect()
}

/// Asserts that there is no problem and shows all there are.
#[track_caller]
fn none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The pages of all rules that can be read; another test tells of those that cannot.
fn pages() -> impl Iterator<Item = (Rule, Page<'static>)> {
    Rule::ALL.iter().filter_map(|rule| Some((*rule, page::read(*rule, page_of(*rule)?).ok()?)))
}

fn page_of(rule: Rule) -> Option<&'static str> {
    findings::page(rule.name())
}

/// The documents among examples, and what they are read as.
fn documents<'p>(examples: &'p [Example<'p>]) -> impl Iterator<Item = (Kind, &'p str)> {
    examples.iter().filter_map(|example| match example.language {
        Language::Json(kind) => Some((kind, example.text)),
        Language::Rust | Language::RustThatFails | Language::Ros | Language::Terraform => None,
    })
}

/// What is found in a document that is read leniently, and whether it is read at all.
fn found(kind: Kind, text: &str, checker: &Checker) -> (bool, Vec<Finding>) {
    match kind.read_leniently_with(text.as_bytes(), checker) {
        Ok(imported) => (true, imported.findings),
        Err(error) => (false, error.into_findings()),
    }
}

/// A checker that tells of one rule at this level.
fn checker(rule: Rule, level: Level) -> Checker {
    Checker::new().level(rule.name(), level).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_rule_has_a_page_of_the_form() {
    let mut problems = Vec::new();
    for rule in Rule::ALL {
        let name = rule.name();
        let Some(text) = page_of(*rule) else {
            problems.push(format!("{name}: no page; write {name}.md and list it in mod.rs"));
            continue;
        };
        match page::read(*rule, text) {
            Err(problem) => problems.push(format!("{name}: the page {problem}")),
            Ok(page) => {
                if page.bad.iter().any(|bad| page.good.contains(bad)) {
                    problems.push(format!("{name}: an example is both bad and good"));
                }
            }
        }
    }
    none(&problems);
}

#[test]
fn every_page_has_a_rule() {
    let names: BTreeSet<String> = Rule::ALL.iter().map(|rule| rule.name().to_owned()).collect();
    let mut files = files();
    for other in OTHER_FILES {
        assert!(files.remove(other), "{other}.md");
        assert_eq!(findings::page(other), None);
    }
    assert_eq!(files, names);
    for name in ["", "Unknown_action", "unknown_action.md", "mod"] {
        assert_eq!(findings::page(name), None, "{name}");
    }
}

#[test]
fn rules_are_broken_in_the_language_they_are_about() {
    let mut problems = Vec::new();
    for (rule, page) in pages() {
        let is_json = |example: &Example<'_>| matches!(example.language, Language::Json(_));
        let from_json = !NOT_FROM_JSON.contains(&rule);
        let bad = |example: &Example<'_>| {
            is_json(example) == from_json && example.language != Language::Rust
        };
        let good = |example: &Example<'_>| {
            is_json(example) == from_json && example.language != Language::RustThatFails
        };
        if !page.bad.iter().all(bad) || !page.good.iter().all(good) {
            problems.push(format!("{}: a block is in the wrong language", rule.name()));
        }
    }
    none(&problems);
}

#[test]
fn what_is_shown_as_bad_breaks_the_rule_and_no_other_that_is_an_error() {
    let mut problems = Vec::new();
    for (rule, page) in pages() {
        for (kind, text) in documents(&page.bad) {
            let (is_read, findings) = found(kind, text, &Checker::new());
            let broken: Vec<&Finding> =
                findings.iter().filter(|finding| finding.rule() == rule.name()).collect();
            if broken.is_empty()
                || broken.iter().any(|finding| finding.level() != rule.level(Strictness::Strict))
            {
                problems.push(format!("{}: not found in\n{text}\n{findings:#?}", rule.name()));
            }
            let other = |finding: &&Finding| {
                finding.rule() != rule.name() && finding.level() == Level::Error
            };
            for other in findings.iter().filter(other) {
                problems.push(format!("{}: bad for another rule too: {other}", rule.name()));
            }
            if is_read != (rule.severity() != Severity::Error) {
                problems.push(format!("{}: read, or not, as RAM does not", rule.name()));
            }
        }
    }
    none(&problems);
}

#[test]
fn what_is_shown_as_good_does_not_break_the_rule_and_is_no_error() {
    let mut problems = Vec::new();
    for (rule, page) in pages() {
        for (kind, text) in documents(&page.good) {
            let (is_read, findings) = found(kind, text, &Checker::new());
            let wrong = |finding: &&Finding| {
                finding.rule() == rule.name() || finding.level() == Level::Error
            };
            for wrong in findings.iter().filter(wrong) {
                problems.push(format!("{}: found in what is good: {wrong}", rule.name()));
            }
            if !is_read {
                problems.push(format!("{}: what is good is refused", rule.name()));
            }
        }
    }
    none(&problems);
}

#[test]
fn rules_are_silenced_and_raised_unless_ram_refuses() {
    let mut problems = Vec::new();
    for (rule, page) in pages() {
        let name = rule.name();
        if rule.severity() == Severity::Error {
            for level in [Level::Allow, Level::Note, Level::Warning] {
                assert!(Checker::new().level(name, level).is_err(), "{name}");
            }
            continue;
        }
        let silent = checker(rule, Level::Allow);
        let loud = checker(rule, Level::Error);
        for (kind, text) in documents(&page.bad) {
            let is_of_rule = |finding: &Finding| finding.rule() == name;
            let (is_read, findings) = found(kind, text, &silent);
            if !is_read || findings.iter().any(is_of_rule) {
                problems.push(format!("{name}: found although it is silenced"));
            }
            let raised = kind.read_with(text.as_bytes(), &loud).err();
            let raised = raised.map(|error| error.into_findings()).unwrap_or_default();
            if !raised.iter().any(|raised| is_of_rule(raised) && raised.level() == Level::Error) {
                problems.push(format!("{name}: not refused although it is raised"));
            }
        }
    }
    none(&problems);
}

/// That a block does not compile says little; here its error is one of the rule.
#[test]
fn rust_that_does_not_compile_breaks_the_rule() {
    let ui = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("ui/fail");
    let entries = |folder: &Path| {
        let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{error}"));
        entries.map(|entry| entry.unwrap_or_else(|error| panic!("{error}")).path())
    };
    let cases: Vec<(String, String)> = entries(&ui)
        .flat_map(|folder| entries(&folder))
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let read = |path| std::fs::read_to_string(path).unwrap_or_default();
            (read(path.clone()), read(path.with_extension("stderr")))
        })
        .collect();
    let mut problems = Vec::new();
    for (rule, page) in pages() {
        let brackets = format!("[{}]", rule.name());
        for example in page.bad.iter().filter(|bad| bad.language == Language::RustThatFails) {
            let is_shown = |(source, errors): &(String, String)| {
                source.contains(example.text) && errors.contains(&brackets)
            };
            if !cases.iter().any(is_shown) {
                problems.push(format!("{}: no file of ui/fail has the block", rule.name()));
            }
        }
    }
    none(&problems);
}

#[test]
fn the_table_of_rules_is_fresh() {
    let (path, table) = (folder().join("rules.md"), page::table());
    if std::env::var_os("WRITE_RULES").is_some() {
        std::fs::write(&path, &table).unwrap_or_else(|error| panic!("{error}"));
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, table);
}
