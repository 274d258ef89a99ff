//! Policies of the same choices, compiled by the macro.
//!
//! `WRITE_COMPILED=1 cargo test -p ram-policy-tests --test it agreement::compiled` writes
//! `generated.rs` anew, which is needed when the choices or the checker change.

use std::fmt::Write as _;

use ram_policy::Policy;
use ram_policy_fuzzed::choices::{Choices, Dice};
use ram_policy_fuzzed::generate;
use serde_json::{Value, json};

mod generated;

pub(super) use generated::COMPILED;

/// Documents of which the macro takes every statement.
fn documents() -> impl Iterator<Item = Value> {
    (0..).filter_map(|case| {
        let bytes = Dice::new(case + 3_000_000).bytes(400);
        let mut choices = Choices::new(&bytes);
        let mut document = generate::document(&mut choices);
        let statements = document["Statement"].as_array_mut()?;
        statements.retain(|statement| {
            let alone = json!({ "Version": "1", "Statement": [statement] });
            Policy::from_json(alone.to_string()).is_ok()
        });
        let is_good = statements.len() > 1 && Policy::from_json(document.to_string()).is_ok();
        is_good.then_some(document)
    })
}

#[test]
fn the_compiled_policies_are_those_of_the_choices() {
    let count = COMPILED.len();
    let mut text = format!(
        "//! Made by `WRITE_COMPILED=1 cargo test`, see the file above.\n\nuse ram_policy::{{Policy, policy}};\n\n#[rustfmt::skip]\npub(crate) const COMPILED: [Policy; {count}] = [\n"
    );
    for document in documents().take(count) {
        let document = document.to_string();
        let inside = document.trim_start_matches('{');
        let inside = inside.strip_suffix('}').unwrap_or(inside);
        let _ = writeln!(text, "    policy! {{ {inside} }},");
    }
    text.push_str("];\n");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/it/agreement/compiled/generated.rs");
    if std::env::var_os("WRITE_COMPILED").is_some() {
        std::fs::write(path, &text).expect("the file is written");
    }
    let there = std::fs::read_to_string(path).expect("the file is there");
    assert!(there == text, "generated.rs is stale: WRITE_COMPILED=1 writes it anew");
}
