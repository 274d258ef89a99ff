//! The decisions as data for other engines: `tests/conformance/decisions.json`, made of
//! `tests/decisions.tsv` and the policies that its rows are about.
//!
//! `WRITE_CONFORMANCE=1 cargo test -p ram-policy-tests --test it conformance` writes it.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use ram_policy::OwnedRequest;
use ram_policy_fuzzed::seeds::root;
use serde_json::{Value, json};

use crate::decide::decisions::COMMITTED;
use crate::decide::vectors;

/// What the file says of itself.
const ABOUT: &str = "Decisions by policies of Alibaba Cloud RAM. See README.md beside this file.";

/// Policies by the name of the case that brought them.
type Policies = BTreeMap<String, Value>;

fn policy(name: &str) -> Value {
    let text = fs::read_to_string(root().join(name)).expect("a document");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let is_trust = text.contains("\"Principal\"");
    json!({ "kind": if is_trust { "trust" } else { "identity" }, "document": document })
}

/// What a row asks: a request, or who wants to assume a role.
fn asked(text: &str) -> (Value, Value) {
    let Some(who) = text.strip_prefix("sts:AssumeRole by ") else {
        return (serde_json::from_str(text).expect("a request"), Value::Null);
    };
    let caller = match who.split_once(' ') {
        Some(("service", service)) => json!({ "service": service }),
        Some((_, provider)) => json!({ "federated": provider }),
        None => json!({ "arn": who }),
    };
    (json!({ "action": "sts:AssumeRole", "resource": "*" }), caller)
}

fn request_text(question: &str) -> String {
    asked(question).0.to_string()
}

fn made() -> String {
    let mut of_vectors: BTreeMap<String, String> = BTreeMap::new();
    for (table, rows) in vectors::decisions().expect("vectors") {
        for (name, _, _, policy) in rows {
            of_vectors.insert(format!("vectors::{table}::{name}"), policy);
        }
    }
    let mut policies = Policies::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut lines = Vec::new();
    for row in COMMITTED.lines() {
        let mut columns = row.splitn(3, '\t');
        let mut column = || columns.next().expect("three columns");
        let (case, question, decision) = (column(), column(), column());
        let name = match of_vectors.get(case) {
            None => case.to_owned(),
            // Many rows ask one policy.
            Some(text) => names.entry(text.clone()).or_insert_with(|| case.to_owned()).clone(),
        };
        policies.entry(name.clone()).or_insert_with(|| match of_vectors.get(case) {
            None => policy(case),
            Some(text) => {
                let document: Value = serde_json::from_str(text).expect("JSON");
                json!({ "kind": "identity", "document": document })
            }
        });
        let (word, statement) = match decision.split_once(' ') {
            Some((word, statement)) => (word, statement.parse::<usize>().ok()),
            None => (decision, None),
        };
        let (request, caller) = asked(question);
        let mut vector = json!({ "case": case, "policy": name, "request": request });
        if !caller.is_null() {
            vector["caller"] = caller;
        }
        let owned = OwnedRequest::from_json(request_text(question));
        let is_well_formed = owned.is_ok_and(|owned| owned.request_unlisted().is_ok());
        if !is_well_formed {
            vector["malformed"] = true.into();
        }
        vector["decision"] = word.into();
        if let Some(statement) = statement {
            vector["statement"] = statement.into();
        }
        lines.push(format!("    {vector}"));
    }
    let mut text = format!("{{\n  \"about\": {},\n  \"licence\": \"Apache-2.0\",\n", json!(ABOUT));
    text += "  \"policies\": {\n";
    let shown = policies.iter().map(|(name, policy)| format!("    {}: {policy}", json!(name)));
    let _ = writeln!(text, "{}\n  }},", shown.collect::<Vec<_>>().join(",\n"));
    let _ = writeln!(text, "  \"vectors\": [\n{}\n  ]\n}}", lines.join(",\n"));
    text
}

#[test]
fn conformance_data_are_those_of_the_table() {
    let path = root().join("tests/conformance/decisions.json");
    let made = made();
    let read: Value = serde_json::from_str(&made).expect("JSON");
    let vectors = read["vectors"].as_array().expect("a list");
    assert_eq!(vectors.len(), COMMITTED.lines().count());
    if std::env::var_os("WRITE_CONFORMANCE").is_some() {
        fs::write(&path, made).expect("it can be written");
        return;
    }
    let found = fs::read_to_string(&path).expect("tests/conformance/decisions.json");
    assert!(found == made, "stale; WRITE_CONFORMANCE=1 writes it");
}
