//! What must not compile, with the errors it gets; and what must compile, wherever it stands.
//!
//! A file of `ui/fail` has the one mistake it is named after, in the folder of the rule that it
//! breaks, or in `constant` where the compiler evaluates a constant; a file of `ui/fail/many` has at
//! least five, and those of `ui/fail/guide` are shown by the guide. After a change of the errors, `TRYBUILD=overwrite cargo test -p ram-policy-tests --test
//! ui` writes them anew; read what it wrote.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use ram_policy_model::report::rule::{Level, Rule, Strictness};
use trybuild::TestCases;

type Outcome = Result<(), Box<dyn Error>>;

const MISTAKES: &str = "ui/fail";
/// Of several rules.
const MANY: &str = "many";
/// What the guide shows, each with two mistakes.
const GUIDE: &str = "guide";
/// Of no rule: the compiler finds these.
const CONSTANT: &str = "constant";

// Cargo checks the wrong files in one go only while no right one is among them.
#[test]
fn wrong_policies_do_not_compile() -> Outcome {
    place_json_files()?;
    let cases = TestCases::new();
    cases.compile_fail(format!("{MISTAKES}/*/*.rs"));
    Ok(())
}

#[test]
fn right_policies_compile_anywhere() -> Outcome {
    place_json_files()?;
    TestCases::new().pass("ui/pass/*.rs");
    Ok(())
}

#[test]
fn every_rule_that_is_an_error_has_a_test() -> Outcome {
    let mut errors = String::new();
    for folder in folders()? {
        for file in files(&folder, "stderr")? {
            errors += &fs::read_to_string(file)?;
        }
    }
    let untested: Vec<&str> = Rule::ALL
        .iter()
        .filter(|rule| rule.level(Strictness::Strict) == Level::Error)
        .map(|rule| rule.name())
        .filter(|name| !errors.contains(&format!("[{name}]")))
        .collect();
    assert!(untested.is_empty(), "no test breaks {untested:?}");
    Ok(())
}

#[test]
fn each_mistake_is_one_error() -> Outcome {
    let mut odd = Vec::new();
    for folder in folders()? {
        let expected = match folder.file_name().and_then(|name| name.to_str()) {
            Some(MANY) => 5..=usize::MAX,
            Some(GUIDE) => 2..=2,
            _ => 1..=1,
        };
        for file in files(&folder, "stderr")? {
            let text = fs::read_to_string(&file)?;
            let count = |word| text.lines().filter(|line| line.starts_with(word)).count();
            let (errors, warnings) = (count("error"), count("warning"));
            if !expected.contains(&errors) || warnings > 0 {
                odd.push(format!("{}: {errors} errors, {warnings} warnings", file.display()));
            }
        }
    }
    assert!(odd.is_empty(), "{odd:#?}");
    Ok(())
}

#[test]
fn every_wrong_policy_has_its_errors() -> Outcome {
    for folder in folders()? {
        let mut sources = files(&folder, "rs")?;
        for source in &mut sources {
            source.set_extension("stderr");
        }
        assert_eq!(sources, files(&folder, "stderr")?);
    }
    Ok(())
}

#[test]
fn every_mistake_stands_in_the_folder_of_its_rule() -> Outcome {
    let mut odd = files(Path::new(MISTAKES), "rs")?;
    for folder in folders()? {
        let name = folder.file_name().and_then(|name| name.to_str()).ok_or("a folder")?;
        let bracket = format!("[{name}]");
        for file in files(&folder, "stderr")? {
            let errors = fs::read_to_string(&file)?;
            let is_here = match name {
                MANY | GUIDE => true,
                CONSTANT => !errors.contains("= RAM:"),
                _ => errors.contains(&bracket),
            };
            if !is_here {
                odd.push(file);
            }
        }
    }
    assert!(odd.is_empty(), "not in the folder of the rule: {odd:#?}");
    Ok(())
}

/// The errors that the README and the tutorial show are those that the compiler prints.
#[test]
fn the_guide_shows_what_is_printed() -> Outcome {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (page, case, file) in [
        ("README.md", "readme", "src/main.rs"),
        ("runtime/src/guide/tutorial.md", "tutorial", "src/lib.rs"),
    ] {
        let case = format!("{MISTAKES}/{GUIDE}/{case}");
        let errors = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("{case}.stderr"));
        let errors = fs::read_to_string(errors)?.replace(&format!("{case}.rs"), file);
        let page = fs::read_to_string(root.join(page))?;
        assert!(page.contains(&format!("```text\n{errors}```\n")), "not shown:\n{errors}");
    }
    Ok(())
}

/// The folders of wrong policies.
fn folders() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(MISTAKES))? {
        let path = entry?.path();
        if path.is_dir() {
            found.push(path);
        }
    }
    Ok(found)
}

/// The files of a folder with this extension, sorted.
fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Copies `ui/files` and `ui/ram-guardrails.json` to the package that trybuild makes: the macros look for
/// them beside the `Cargo.toml` of the package that uses them.
fn place_json_files() -> Outcome {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().ok_or("no target folder")?;
    let package = target.join("tests/trybuild").join(env!("CARGO_PKG_NAME"));
    let copies = package.join("ui/files");
    fs::create_dir_all(&copies)?;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/files"))? {
        let entry = entry?;
        fs::copy(entry.path(), copies.join(entry.file_name()))?;
    }
    let guardrails = "ram-guardrails.json";
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui").join(guardrails);
    fs::copy(from, package.join(guardrails))?;
    Ok(())
}
