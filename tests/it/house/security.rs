//! SECURITY.md names a test in every row, and each of these tests is there.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ram_policy_fuzzed::seeds::root;

/// The rows of the tables of SECURITY.md that have four columns, without their heads.
fn rows() -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("SECURITY.md")).expect("SECURITY.md is there");
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()
    };
    let lines = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    let rows = lines.map(cells).filter(|cells| cells.len() == 4);
    rows.filter(|cells| cells.last().is_some_and(|cell| cell != "shown by")).collect()
}

/// The tests of this binary, by their paths.
fn own_tests() -> BTreeSet<String> {
    let this = std::env::current_exe().expect("a path");
    let listed = Command::new(this).arg("--list").output().expect("the tests are listed");
    let listed = String::from_utf8(listed.stdout).expect("UTF-8");
    listed.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect()
}

/// Every Rust file below a folder of a package.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("target") {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Whether a package outside this binary has a test of this name: `package: module::name`.
fn is_elsewhere(package: &str, path: &str) -> bool {
    let folders = match package {
        "ram-policy-cli" => vec!["runtime/command-line/tests"],
        "ram-policy-account" => vec!["runtime/account/tests", "runtime/account/src"],
        "ram-policy-batch" => vec!["runtime/batch/tests", "runtime/batch/src"],
        "ram-policy-model" => vec!["runtime/model/src"],
        "ram-policy-generate" => vec!["runtime/generate/src", "runtime/generate/tests"],
        "ram-policy-macros" => vec!["macros/src"],
        "ram-policy-fuzzed" => vec!["tests/fuzzed/tests"],
        "no_alloc" | "steps" => vec!["tests"],
        _ => return false,
    };
    let mut files = Vec::new();
    folders.iter().for_each(|folder| sources(&root().join(folder), &mut files));
    let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
    let file = module.rsplit("::").next().unwrap_or("");
    files.iter().any(|path| {
        let stem = path.file_stem().is_some_and(|stem| file.is_empty() || stem == file);
        let text = fs::read_to_string(path).unwrap_or_default();
        // A function, or a row of a table of tests.
        stem && (text.contains(&format!("fn {name}(")) || text.contains(&format!("\n    {name}: ")))
    })
}

#[test]
fn every_test_that_is_named_is_there() {
    let tests = own_tests();
    assert!(
        tests.contains("house::security::every_test_that_is_named_is_there"),
        "{}",
        tests.len()
    );
    let rows = rows();
    assert!(rows.len() > 30, "{} rows", rows.len());
    let mut missing = Vec::new();
    for row in &rows {
        let shown_by = row.last().map_or("", String::as_str);
        let named: Vec<&str> = shown_by.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test is named: {row:?}");
        for name in named {
            let is_there = match name.split_once(": ") {
                Some((package, path)) => is_elsewhere(package, path),
                None if name.contains('/') => root().join(name).exists(),
                None => tests.contains(name),
            };
            if !is_there {
                missing.push(name.to_owned());
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
