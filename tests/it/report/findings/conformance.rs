//! The examples of the pages as data for other checkers: `tests/conformance/findings.json`.
//!
//! `WRITE_CONFORMANCE=1 cargo test -p ram-policy-tests --test it conformance` writes it.

#![allow(clippy::expect_used, reason = "a failed test")]

use std::fs;

use ram_policy::Strictness;
use ram_policy_fuzzed::seeds::root;
use serde_json::{Value, json};

use super::{documents, pages};

/// What the file says of itself.
const ABOUT: &str = "Mistakes in policies of Alibaba Cloud RAM, and policies without them. See README.md beside this file.";

fn made() -> (String, usize) {
    let mut lines = Vec::new();
    for (rule, page) in pages() {
        let [strict, audit] = Strictness::ALL.map(|strictness| rule.level(strictness).name());
        for (examples, reported) in [(&page.bad, true), (&page.good, false)] {
            for (number, (kind, document)) in documents(examples).enumerate() {
                let case =
                    format!("{}::{}::{number}", rule.name(), if reported { "bad" } else { "good" });
                let vector = json!({
                    "case": case,
                    "rule": rule.name(),
                    "strict": strict,
                    "audit": audit,
                    "kind": kind.name(),
                    "document": document,
                    "reported": reported,
                });
                lines.push(format!("    {vector}"));
            }
        }
    }
    let text = format!(
        "{{\n  \"about\": {},\n  \"licence\": \"Apache-2.0\",\n  \"vectors\": [\n{}\n  ]\n}}\n",
        json!(ABOUT),
        lines.join(",\n")
    );
    (text, lines.len())
}

#[test]
fn conformance_data_are_those_of_the_pages() {
    let path = root().join("tests/conformance/findings.json");
    let (made, count) = made();
    assert!(count > 150, "{count} vectors");
    drop(serde_json::from_str::<Value>(&made).expect("JSON"));
    if std::env::var_os("WRITE_CONFORMANCE").is_some() {
        fs::write(&path, made).expect("it can be written");
        return;
    }
    let found = fs::read_to_string(&path).expect("tests/conformance/findings.json");
    assert!(found == made, "stale; WRITE_CONFORMANCE=1 writes it");
}
