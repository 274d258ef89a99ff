//! `convert`: there and back, for every document at hand.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::run::{Ran, documents, files, golden, run, run_on};

/// The documents that are policies of an account.
fn policies() -> Vec<PathBuf> {
    let own = files();
    let mut paths = documents(&golden());
    paths.extend(
        ["every-form.json", "view.json", "guard.json", "mistakes.json", "trust.json"]
            .map(|name| own.join(name)),
    );
    paths
}

fn converted(path: &Path, arguments: &[&str]) -> Ran {
    let arguments = arguments.iter().map(std::ffi::OsStr::new);
    let ran = run([std::ffi::OsStr::new("convert"), path.as_os_str()].into_iter().chain(arguments));
    assert_eq!(ran.code, Some(0), "{}: {ran:?}", path.display());
    ran
}

#[test]
fn json_comes_back_byte_for_byte() {
    for path in policies() {
        let text = std::fs::read_to_string(&path).unwrap();
        let minified = converted(&path, &["--to", "json", "--minified"]).out;
        let same: Value = serde_json::from_str(&minified).unwrap();
        assert_eq!(same, serde_json::from_str::<Value>(&text).unwrap(), "{}", path.display());
        // In Rust source and back.
        let rust = converted(&path, &["--to", "rust"]).out;
        let back = run_on(&["convert", "--from", "rust", "--to", "json", "--minified", "-"], rust);
        assert_eq!(back.out, minified, "{}: {}", path.display(), back.err);
        for indent in ["2", "4"] {
            let indented = converted(&path, &["--to", "json", "--indent", indent]).out;
            let again = run_on(&["convert", "--to", "json", "--minified", "-"], indented);
            assert_eq!(again.out, minified, "{}", path.display());
        }
    }
}

#[test]
fn terraform_and_ros_come_back_by_value() {
    for path in policies() {
        let text = std::fs::read_to_string(&path).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        for (to, from) in
            [("terraform-jsonencode", "terraform"), ("ros", "ros"), ("ros-json", "json")]
        {
            let other = converted(&path, &["--to", to]).out;
            let back = run_on(&["convert", "--from", from, "--to", "json", "-"], other.clone());
            let back: Value = serde_json::from_str(&back.out)
                .unwrap_or_else(|_| panic!("{to} of {}: {other}\n{back:?}", path.display()));
            assert_eq!(back, value, "{to} of {}: {other}", path.display());
        }
    }
}

/// The value with lists of one as that one, as the data source writes it.
fn ones_alone(value: &Value) -> Value {
    match value {
        Value::Array(items) if items.len() == 1 && items[0].is_string() => items[0].clone(),
        Value::Array(items) => items.iter().map(ones_alone).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), ones_alone(value))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

#[test]
fn the_data_source_says_all_but_lists_of_one() {
    for path in policies() {
        let text = std::fs::read_to_string(&path).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        if text.contains("NotAction") {
            let ran =
                run(["convert".as_ref(), path.as_os_str(), "--to".as_ref(), "terraform".as_ref()]);
            assert_eq!(ran.code, Some(2));
            assert!(ran.err.contains("has no `NotAction`"), "{ran:?}");
            continue;
        }
        let other = converted(&path, &["--to", "terraform"]).out;
        let back = run_on(&["convert", "--from", "terraform", "--to", "json", "-"], other.clone());
        let back: Value = serde_json::from_str(&back.out)
            .unwrap_or_else(|_| panic!("{}: {other}\n{back:?}", path.display()));
        assert_eq!(ones_alone(&back), ones_alone(&value), "{}", path.display());
    }
}

#[test]
fn normalising_sorts_and_joins() {
    let text = r#"{"Statement":[{"Resource":["*"],"Action":["ecs:StopInstance","ecs:StartInstance","ecs:StopInstance"],"Effect":"Allow"}],"Version":"1"}"#;
    let ran = run_on(&["convert", "--to", "json", "--minified", "--normalised", "-"], text);
    assert_eq!(
        ran.out,
        "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"ecs:StartInstance\",\"ecs:StopInstance\"],\"Resource\":\"*\"}]}\n"
    );
}

#[test]
fn no_file_is_written_over_unless_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.rs");
    let output = path.to_str().unwrap();
    let convert = |more: &[&str]| {
        run(["convert", "view.json", "--to", "rust", "--output", output].iter().chain(more))
    };
    assert_eq!(convert(&[]).code, Some(0));
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.contains("pub const VIEW: Policy = policy! {\n"), "{written}");
    std::fs::write(&path, "mine").unwrap();
    let ran = convert(&[]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("exists already, `--force` overwrites it"), "{ran:?}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    assert_eq!(convert(&["--force"]).code, Some(0));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), written);
}

#[test]
fn one_of_several_is_selected_by_name() {
    let text = "const A: Policy = policy! { allow ecs::StopInstance on *; };\nconst B: Policy = policy! { deny ecs::StopInstance on *; };";
    let convert = |more: &[&str]| {
        let arguments = ["convert", "--from", "rust", "--to", "json", "--minified", "-"];
        run_on(&[&arguments[..], more].concat(), text)
    };
    let ran = convert(&[]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (Some(2), "error: JSON has one policy, --select one of `A`, `B`\n")
    );
    assert!(convert(&["--select", "B"]).out.contains("Deny"));
    assert_eq!(convert(&["--select", "C"]).code, Some(2));
    let ran = convert(&["--select", "B", "--format", "json"]);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["policies"][0]["name"], "B");
    assert!(told["text"].as_str().unwrap().contains("Deny"));
}
