//! Every target, on its seeds and on seeds changed a little, the same in every run.
//!
//! `RAM_POLICY_FUZZ_TURNS=100000` runs each for that many turns instead. What fails is written as a
//! Rust text, ready to become a row of `found.rs`.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a panic fails the test, and the input must be seen"
)]

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ram_policy_fuzzed::choices::Dice;
use ram_policy_fuzzed::{TARGETS, mutate, seeds, target};

mod found;

/// How many changed inputs each target is run on.
fn turns(usual: usize) -> usize {
    match std::env::var("RAM_POLICY_FUZZ_TURNS") {
        Ok(asked) => asked.parse().unwrap(),
        Err(_) => usual,
    }
}

fn run(name: &str, usual: usize) {
    let target = target(name).unwrap();
    let seeds = seeds::of(name);
    assert!(!seeds.is_empty(), "{name} has no seeds");
    let try_one = |bytes: &[u8]| {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| target.run(bytes))) {
            eprintln!("{name}: b\"{}\"", bytes.escape_ascii());
            resume_unwind(panic);
        }
    };
    for seed in &seeds {
        try_one(seed);
    }
    let mut dice = Dice::new(2026);
    for _ in 0..turns(usual) {
        try_one(&mutate::mutated(&seeds, &mut dice));
    }
}

/// One test a target, with its turns: a few seconds each without optimisation.
macro_rules! targets {
    ($($name:ident: $turns:literal;)*) => {
        $(#[test]
        fn $name() {
            run(stringify!($name), $turns);
        })*

        #[test]
        fn every_target_is_here() {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

targets! {
    json: 20_000;
    import: 1_000;
    arn: 4_000;
    matcher: 20_000;
    operands: 100;
    typed: 3_000;
    terraform: 1_000;
    ros: 1_000;
    markdown: 1_000;
    rust: 1_000;
    format: 500;
    requests: 5_000;
    action_trail: 5_000;
    logs: 3_000;
    templates: 5_000;
    additions: 3_000;
    evaluators: 300;
    proofs: 25;
    documents: 200;
}

/// cargo-fuzz is given the same targets, by the same names.
#[test]
fn cargo_fuzz_has_every_target() {
    let folder = seeds::root().join("tests/fuzz/fuzz_targets");
    let manifest = std::fs::read_to_string(folder.join("../Cargo.toml")).unwrap();
    let mut named = Vec::new();
    for target in TARGETS {
        let name = target.name;
        let text = std::fs::read_to_string(folder.join(format!("{name}.rs"))).unwrap();
        assert!(text.contains(&format!("target(\"{name}\")")), "{name}");
        let entry = format!("name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"\n");
        assert!(manifest.contains(&entry), "{name}");
        named.push(format!("{name}.rs"));
    }
    let mut there: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    named.sort();
    there.sort();
    assert_eq!(there, named);
}
