//! Fails when a generated file, a Cargo feature or the list of sources does not fit the data.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../..");

#[test]
fn generated_files_are_fresh() -> Result<(), Box<dyn Error>> {
    let stale = ram_policy_generate::check(Path::new(ROOT))?;
    assert!(stale.is_empty(), "run `cargo run -p ram-policy-generate`:\n{}", stale.join("\n"));
    Ok(())
}

#[test]
fn features_fit_the_data() -> Result<(), Box<dyn Error>> {
    let catalogue = ram_policy_generate::read(Path::new(ROOT))?;
    let codes: BTreeSet<String> =
        catalogue.services.iter().map(|service| service.code.clone()).collect();
    let default: BTreeSet<String> = catalogue
        .services
        .iter()
        .filter(|service| service.default)
        .map(|service| service.code.clone())
        .collect();

    let features = features(&fs::read_to_string(Path::new(ROOT).join("runtime/Cargo.toml"))?);
    let empty = BTreeSet::new();
    for code in &codes {
        assert_eq!(
            features.get(code),
            Some(&empty),
            "runtime/Cargo.toml needs the line `{code} = []`"
        );
    }
    assert_eq!(features.get("all-services"), Some(&codes));
    // Features that are no services may also be on by default.
    let found = features.get("default").unwrap_or(&empty);
    assert_eq!(found.intersection(&codes).cloned().collect::<BTreeSet<_>>(), default);
    Ok(())
}

/// The `[features]` table: each feature with the features it turns on.
fn features(manifest: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut features = BTreeMap::new();
    let mut entry = String::new();
    let table = manifest.lines().skip_while(|line| line.trim() != "[features]").skip(1);
    for line in table.take_while(|line| !line.starts_with('[')) {
        entry += line.split('#').next().unwrap_or(line).trim();
        if !entry.ends_with(']') {
            continue;
        }
        if let Some((name, list)) = entry.split_once('=') {
            let list = list.split(['[', ',', ']']).map(|item| item.trim().trim_matches('"'));
            let list = list.filter(|item| !item.is_empty()).map(str::to_owned).collect();
            features.insert(name.trim().to_owned(), list);
        }
        entry.clear();
    }
    features
}

#[test]
fn features_are_read() {
    let manifest = "[features]\n# a = [\"b\"]\ndefault = [\"ecs\"]\necs = []\nall = [\n  \"ecs\",\n  \"vpc\", # why\n]\n\n[lints]\nx = []\n";
    let found = features(manifest);
    let list =
        |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(found.get("default"), Some(&list(&["ecs"])));
    assert_eq!(found.get("ecs"), Some(&list(&[])));
    assert_eq!(found.get("all"), Some(&list(&["ecs", "vpc"])));
    assert_eq!(found.len(), 3);
}

#[test]
fn every_source_tag_is_explained() -> Result<(), Box<dyn Error>> {
    let text =
        fs::read_to_string(Path::new(ROOT).join("runtime/model/generate/catalogue/SOURCES.md"))?;
    for (tag, _) in ram_policy_generate::SOURCES {
        assert!(text.contains(&format!("- `{tag}`:")), "SOURCES.md does not explain `{tag}`");
    }
    Ok(())
}
