//! The meaning of policies under semantic versioning: what is decided today stands in
//! `tests/decisions.tsv`, and a version that decides otherwise says so in CHANGELOG.md.
//!
//! A row is a case, what it asks, and the decision. The cases are the rows of `vectors/` and the
//! documents of `tests/golden` and `tests/documents` with requests near them. `WRITE_DECISIONS=1 cargo
//! test -p ram-policy-tests --test it decisions` writes the table anew: requests that stand there stay.

#![allow(clippy::expect_used, clippy::panic, reason = "a panic fails the test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use ram_policy::{Caller, Decision, OwnedRequest, Policy, Request, RequestAction, TrustPolicy};
use ram_policy_fuzzed::{near::near, seeds};

use crate::decide::vectors;
use crate::policy::import::reading::Kind;

/// Who asks where a trust policy decides.
const CALLERS: [&str; 5] = [
    "acs:ram::1234567890123456:root",
    "acs:ram::1234567890123456:user/alice",
    "acs:ram::1234567890123456:role/web",
    "service ecs.aliyuncs.com",
    "provider acs:ram::1234567890123456:saml-provider/okta",
];

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/decisions.tsv");
const CHANGELOG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../CHANGELOG.md");

/// The table: as committed, or written anew.
pub(crate) static COMMITTED: LazyLock<String> = LazyLock::new(|| {
    let committed = fs::read_to_string(TABLE).unwrap_or_default();
    if std::env::var_os("WRITE_DECISIONS").is_none() {
        return committed;
    }
    let anew = table(&rows(&committed));
    fs::write(TABLE, &anew).expect("the table is written");
    anew
});

/// The case and what it asks, to the decision.
type Rows = BTreeMap<(String, String), String>;

fn rows(text: &str) -> Rows {
    text.lines()
        .filter_map(|line| {
            let mut columns = line.splitn(3, '\t').map(str::to_owned);
            Some(((columns.next()?, columns.next()?), columns.next()?))
        })
        .collect()
}

/// The rows as they are decided now; documents are asked what they were asked before.
fn table(before: &Rows) -> String {
    let mut now = Rows::new();
    for (table, vectors) in vectors::decisions().expect("the requests of the vectors are good") {
        for (name, request, decision, _) in vectors {
            now.insert(
                (format!("vectors::{table}::{name}"), request.to_json()),
                in_words(decision),
            );
        }
    }
    for folder in
        ["tests/golden", "tests/documents/clean", "tests/documents/warned", "tests/documents/taken"]
    {
        for path in seeds::files(folder, "json").into_iter().filter(|path| !is_kept(path)) {
            let name = path.strip_prefix(seeds::root()).unwrap_or(&path).display().to_string();
            let asked: Vec<String> = before
                .keys()
                .filter(|(case, _)| *case == name)
                .map(|(_, asked)| asked.clone())
                .collect();
            for (asked, decision) in decided(&path, asked) {
                now.insert((name.clone(), asked), decision);
            }
        }
    }
    let mut text = String::new();
    for ((case, asked), decision) in now {
        let _ = writeln!(text, "{case}\t{asked}\t{decision}");
    }
    text
}

/// Whether a document is a policy of a resource, which has tables of its own.
fn is_kept(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let kind = name.split('-').next().and_then(Kind::from_name);
    matches!(kind, Some(Kind::Resource(_)))
}

/// What a document decides about what it was asked before, or else about requests near it.
fn decided(path: &Path, asked: Vec<String>) -> Vec<(String, String)> {
    let text = fs::read(path).expect("the document is there");
    if let Ok(policy) = Policy::from_json_lenient(&text).map(|read| read.policy) {
        let asked = if asked.is_empty() { asked_of(&policy) } else { asked };
        return asked
            .into_iter()
            .map(|asked| {
                let owned = OwnedRequest::from_json(&asked).expect("a request of the table");
                (asked, in_words(policy.evaluate(&request(&owned))))
            })
            .collect();
    }
    let Ok(policy) = TrustPolicy::from_json_lenient(&text).map(|read| read.policy) else {
        // A part of a document, as pages print them.
        return Vec::new();
    };
    CALLERS
        .into_iter()
        .map(|who| {
            let caller = match who.split_once(' ') {
                Some(("service", principal)) => Caller::Service { principal },
                Some((_, provider)) => Caller::Federated { provider },
                None => Caller::from_arn(who).expect("a caller of the table"),
            };
            let request = Request::new("sts:AssumeRole", "*").expect("a request");
            (format!("sts:AssumeRole by {who}"), in_words(policy.evaluate(caller, &request)))
        })
        .collect()
}

/// Some requests near a policy, of each decision as many as there are, up to a part of all.
fn asked_of(policy: &Policy) -> Vec<String> {
    let mut asked: Vec<(&str, String)> = near(&[policy], 120)
        .filter(|request| request.request_unlisted().is_ok())
        .map(|owned| (in_words(policy.evaluate(&request(&owned))), owned.to_json()))
        .map(|(decision, asked)| {
            let words = ["Allow", "ExplicitDeny", "ImplicitDeny"];
            (words.into_iter().find(|word| decision.starts_with(word)).unwrap_or(""), asked)
        })
        .collect();
    asked.sort();
    asked.dedup();
    let of = |word| asked.iter().filter(move |(decision, _)| *decision == word);
    let some =
        of("Allow").take(3).chain(of("ExplicitDeny").take(3)).chain(of("ImplicitDeny").take(2));
    some.map(|(_, asked)| asked.clone()).collect()
}

/// The request as it stands in the table: nothing of it is judged again.
fn request(owned: &OwnedRequest) -> Request<'_> {
    let action = RequestAction::unlisted(&owned.action).expect("an action");
    let request = Request::new(action, &owned.resource).expect("a resource");
    let values =
        owned.context.iter().flat_map(|(key, values)| values.iter().map(move |value| (key, value)));
    values.fold(request, |request, (key, value)| request.with_unchecked(key, value))
}

fn in_words(decision: Decision) -> String {
    match decision.statement() {
        Some(statement) => format!("{decision} {statement}"),
        None => decision.to_string(),
    }
}

/// FNV-1a of the table, in 16 digits.
fn fingerprint(text: &str) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}

#[test]
fn no_decision_has_changed() {
    let (committed, now) = (rows(&COMMITTED), rows(&table(&rows(&COMMITTED))));
    let mut changed = String::new();
    for (key @ (case, asked), before) in &committed {
        let decision = now.get(key).map_or("is not there any more", String::as_str);
        if decision != before {
            let _ = writeln!(changed, "{case} {asked}\n    was {before}, is {decision}");
        }
    }
    assert!(
        changed.is_empty(),
        "decisions have changed:\n{changed}\nIf that is meant, run `WRITE_DECISIONS=1 cargo test -p \
         ram-policy-tests --test it decisions` and tell it in CHANGELOG.md under \"Decisions\"."
    );
    let new: Vec<_> = now.keys().filter(|key| !committed.contains_key(*key)).collect();
    assert!(
        new.is_empty(),
        "cases that the table does not have; WRITE_DECISIONS=1 adds them: {new:?}"
    );
}

#[test]
fn the_table_has_every_decision() {
    let committed = rows(&COMMITTED);
    assert!(committed.len() > 1_000, "{} rows", committed.len());
    for word in ["Allow", "ExplicitDeny", "ImplicitDeny"] {
        let count = committed.values().filter(|decision| decision.starts_with(word)).count();
        assert!(count > 50, "{count} rows of {word}");
    }
    assert_eq!(table(&committed), *COMMITTED, "the table is not as it would be written");
}

#[test]
fn the_changes_name_the_table() {
    let changes = fs::read_to_string(CHANGELOG).expect("the changes are there");
    let section = changes.split_once("\n### Decisions\n").map(|(_, rest)| rest);
    let section =
        section.and_then(|rest| rest.split("\n## ").next()).expect("a section \"Decisions\"");
    let named = fingerprint(&COMMITTED);
    assert!(
        section.contains(&format!("`{named}`")),
        "the first section \"Decisions\" of CHANGELOG.md does not name the table of decisions `{named}`: \
         add a line that says which decisions changed and why, or that only cases were added, and put \
         this number in the place of the one there"
    );
}
