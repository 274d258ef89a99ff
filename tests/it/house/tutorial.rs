//! The tutorial beside the crate that it makes, `tests/builds/tutorial`, which is compiled and tested.

#![allow(clippy::expect_used, reason = "a failed test")]

use std::fs;

use ram_policy::key::ecs;
use ram_policy::{Ecs, Request, RequestError};
use ram_policy_fuzzed::seeds::root;
use ram_policy_tutorial::OPERATORS;

const PAGE: &str = include_str!("../../../runtime/src/guide/tutorial.md");

/// The blocks of the page that begin with this, with the rest of their first line.
fn blocks(begin: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let rest = PAGE.split("\n```").skip(1).step_by(2);
    rest.filter_map(move |block| block.strip_prefix(begin)?.split_once('\n'))
}

fn file(name: &str) -> String {
    fs::read_to_string(root().join("tests/builds/tutorial").join(name)).expect("a file")
}

#[test]
fn the_crate_of_the_tutorial_has_every_line_of_it() {
    let source = file("src/lib.rs");
    let mut count = 0;
    for (info, block) in blocks("rust") {
        // What is wrong on purpose, and the first shape of the tests.
        if info == ",compile_fail" || block.contains("super::OPERATORS);\n}") {
            continue;
        }
        count += 1;
        let mut lines = source.lines();
        for line in block.lines() {
            assert!(
                lines.any(|other| other == line),
                "not in the crate, or not in this order: {line}"
            );
        }
    }
    assert_eq!(count, 3);
}

#[test]
fn the_crate_of_the_tutorial_has_its_files() {
    let mut count = 0;
    for (name, text) in blocks("json ") {
        count += 1;
        assert_eq!(file(name).trim_end(), text, "{name}");
    }
    assert_eq!(count, 2);
}

#[test]
fn the_tutorial_shows_the_reason_that_is_printed() -> Result<(), RequestError> {
    let instance = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
    let production = Request::new(Ecs::StopInstance, instance)?.with(ecs::tag.of("env"), "prod");
    let explained = OPERATORS.explain(&production);
    assert!(PAGE.contains(&format!("```text\n{explained}\n```\n")), "{explained}");
    Ok(())
}
