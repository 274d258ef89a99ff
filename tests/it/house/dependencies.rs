//! What the packages depend on, and what those that are published are packed with: without
//! cargo-deny, and without a network.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a panic fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use ram_policy_fuzzed::seeds::root;
use serde_json::Value;

/// The packages in the order in which they are published.
const PUBLISHED: [&str; 8] = [
    "ram-policy-model",
    "ram-policy-read",
    "ram-policy-macros",
    "ram-policy",
    "ram-policy-batch",
    "ram-policy-forms",
    "ram-policy-account",
    "ram-policy-cli",
];

/// What `cargo metadata` says for this machine.
static METADATA: LazyLock<Value> = LazyLock::new(|| {
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let version = String::from_utf8(rustc.stdout).expect("UTF-8");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let ran = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--format-version", "1", "--filter-platform", host])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    serde_json::from_slice(&ran.stdout).expect("JSON")
});

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn packages() -> impl Iterator<Item = &'static Value> {
    METADATA["packages"].as_array().into_iter().flatten()
}

/// The packages of this repository.
fn own() -> impl Iterator<Item = &'static Value> {
    packages().filter(|package| package["source"].is_null())
}

/// All that the packages of this repository but the benchmarks need, tests included.
fn needed() -> Vec<&'static Value> {
    let nodes: BTreeMap<&str, &Value> = METADATA["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect();
    let begin = own().filter(|package| package["name"] != "ram-policy-benchmarks");
    let mut todo: Vec<&str> = begin.filter_map(|package| package["id"].as_str()).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = todo.pop() {
        if seen.insert(id) {
            todo.extend(texts(&nodes[id]["dependencies"]));
        }
    }
    packages()
        .filter(|package| package["id"].as_str().is_some_and(|id| seen.contains(id)))
        .collect()
}

fn deny() -> String {
    fs::read_to_string(root().join("deny.toml")).expect("deny.toml is there")
}

/// The texts in double quotes between two texts of `deny.toml`.
fn quoted(after: &str, until: &str) -> BTreeSet<String> {
    let deny = deny();
    let (_, rest) = deny.split_once(after).expect(after);
    let (inside, _) = rest.split_once(until).expect(until);
    inside.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_licence_is_allowed() {
    let allowed = quoted("\nallow = [", "]");
    assert!(allowed.contains("MIT"), "{allowed:?}");
    for package in needed() {
        let licence = package["license"].as_str().unwrap_or("none");
        // `MIT/Apache-2.0` is an old way to write `OR`.
        let plain = licence.replace(['(', ')'], "").replace('/', " OR ");
        let is_allowed = plain
            .split(" AND ")
            .all(|part| part.split(" OR ").any(|one| allowed.contains(one.trim())));
        assert!(is_allowed, "{}: {licence}", package["id"]);
    }
}

#[test]
fn no_crate_is_compiled_in_two_versions() {
    let skipped = quoted("\nskip = [", "\n]");
    let is_skipped = |name: &str, version: &str| {
        let of = |skip: &String| {
            skip.split_once('@').is_some_and(|(skipped, major)| {
                skipped == name && version.split('.').next() == Some(major)
            })
        };
        skipped.iter().any(of)
    };
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in needed() {
        let (name, version) = (package["name"].as_str(), package["version"].as_str());
        let (Some(name), Some(version)) = (name, version) else { unreachable!("{package}") };
        if !is_skipped(name, version) {
            versions.entry(name).or_default().insert(version);
        }
    }
    assert!(versions.len() > 50, "{} crates", versions.len());
    versions.retain(|_, versions| versions.len() > 1);
    assert!(versions.is_empty(), "{versions:?}; deny.toml lists those that cannot be helped");
}

#[test]
fn everything_is_of_one_registry() {
    let sources: BTreeSet<&str> =
        packages().filter_map(|package| package["source"].as_str()).collect();
    assert_eq!(sources.len(), 1, "{sources:?}");
    assert!(sources.iter().all(|source| source.starts_with("registry+")), "{sources:?}");
}

#[test]
fn no_package_has_a_build_script() {
    for package in own() {
        for target in package["targets"].as_array().into_iter().flatten() {
            let is_script = texts(&target["kind"]).any(|kind| kind == "custom-build");
            assert!(!is_script, "{}", package["name"]);
        }
    }
}

#[test]
fn packages_that_are_published_are_complete() {
    let licence = fs::read_to_string(root().join("LICENSE")).expect("a licence");
    let mut published = BTreeSet::new();
    for package in own() {
        let name = package["name"].as_str().unwrap_or("");
        if texts(&package["publish"]).next().is_none() && package["publish"].is_array() {
            continue;
        }
        published.insert(name);
        for member in ["description", "license", "readme", "rust_version"] {
            assert!(package[member].is_string(), "{name} has no {member}");
        }
        assert!((1..=5).contains(&texts(&package["keywords"]).count()), "{name}: keywords");
        assert!((1..=5).contains(&texts(&package["categories"]).count()), "{name}: categories");
        let manifest = Path::new(package["manifest_path"].as_str().unwrap_or(""));
        let folder = manifest.parent().expect("a folder");
        let own = fs::read_to_string(folder.join("LICENSE")).expect("a licence in every package");
        assert_eq!(own, licence, "{name}");
        assert!(folder.join("README.md").is_file(), "{name}");
        let text = fs::read_to_string(manifest).expect("a manifest");
        // Nothing is packed that is not listed.
        assert!(text.contains(r#"include = ["/src/**", "/README.md", "/LICENSE"]"#), "{name}");
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let is_published = dependency["kind"] != "dev";
            let has_version = dependency["req"] != "*";
            assert!(!is_published || has_version, "{name} needs any {}", dependency["name"]);
        }
    }
    assert_eq!(published, BTreeSet::from(PUBLISHED));
    // What is packed and checked in one go.
    for script in [".ci/run", ".ci/versions"] {
        let text = fs::read_to_string(root().join(script)).expect(script);
        let packages = PUBLISHED.map(|name| format!("-p {name}")).join(" ");
        assert!(text.contains(&packages), "{script} does not have `{packages}`");
    }
}
