//! What must not compile because of a `ram-catalogue.json` or a `ram-guardrails.json`, with the errors it
//! gets.
//!
//! `TRYBUILD=overwrite cargo test -p ram-policy-additions --test ui` writes the errors anew; read
//! what it wrote.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use trybuild::TestCases;

// One after the other: the files count for all cases that are compiled at a time.
#[test]
fn wrong_files_and_wrong_policies_do_not_compile() -> Result<(), Box<dyn Error>> {
    for (file, case) in [
        ("ui/mistakes.json", "ui/mistakes.rs"),
        ("ui/no-json.json", "ui/no-json.rs"),
        ("ram-catalogue.json", "ui/overridden.rs"),
    ] {
        place("ram-catalogue.json", file)?;
        place("files/levitate.json", "files/levitate.json")?;
        TestCases::new().compile_fail(case);
    }
    for (file, case, compiles) in [
        ("ui/ram-guardrails.json", "ui/guardrails.rs", false),
        ("ui/ram-guardrails.json", "ui/administrators.rs", true),
        ("ui/wrong-guardrails.json", "ui/wrong-guardrails.rs", false),
    ] {
        let placed = place("ram-guardrails.json", file)?;
        {
            let cases = TestCases::new();
            if compiles {
                cases.pass(case);
            } else {
                cases.compile_fail(case);
            }
        }
        fs::remove_file(placed)?;
    }
    Ok(())
}

/// Copies a file to the package that trybuild makes: the macros look for it beside the
/// `Cargo.toml` of the package that uses them.
fn place(name: &str, from: &str) -> Result<PathBuf, Box<dyn Error>> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().ok_or("no target folder")?;
    let copy = target.join("tests/trybuild").join(env!("CARGO_PKG_NAME")).join(name);
    fs::create_dir_all(copy.parent().ok_or("no folder")?)?;
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(from), &copy)?;
    Ok(copy)
}
