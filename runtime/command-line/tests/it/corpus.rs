//! A folder of your own policies, written as Rust, compiled and printed again.
//!
//! Set `RAM_POLICY_CORPUS` to a folder; unset, the test passes. Documents that RAM would refuse are
//! left out.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{documents, run};

const VARIABLE: &str = "RAM_POLICY_CORPUS";

#[test]
fn the_corpus_comes_back_compiled() {
    let Some(folder) = std::env::var_os(VARIABLE).map(PathBuf::from) else {
        println!("{VARIABLE} is not set: no corpus is read");
        return;
    };
    let (mut source, mut expected) = (String::new(), Vec::new());
    let mut calls = String::new();
    for path in documents(&folder) {
        let convert = |more: &[&str]| {
            let more = more.iter().map(std::ffi::OsStr::new);
            run(["convert".as_ref(), path.as_os_str()].into_iter().chain(more))
        };
        let name = format!("P{}", expected.len());
        let rust = convert(&["--to", "rust", "--name", &name]);
        if rust.code == Some(1) {
            continue;
        }
        assert_eq!(rust.code, Some(0), "{}: {rust:?}", path.display());
        let (_, constant) = rust.out.split_once("\n\n").expect("a line of imports comes first");
        source.push_str(constant);
        let _ = writeln!(calls, "    println!(\"{{}}\", {name}.to_json());");
        expected.push((path.clone(), convert(&["--to", "json", "--minified"]).out));
    }
    assert!(!expected.is_empty(), "{}: no policy", folder.display());
    let printed = compiled(&format!(
        "#![allow(deprecated, unused_imports)]\nuse ram_policy::{{Policy, TrustPolicy, policy, trust_policy}};\n\n{source}\nfn main() {{\n{calls}}}\n"
    ));
    let printed: Vec<&str> = printed.lines().collect();
    assert_eq!(printed.len(), expected.len());
    for ((path, json), printed) in expected.iter().zip(printed) {
        assert_eq!(json.trim_end(), printed, "{}", path.display());
    }
    println!("{} policies came back", expected.len());
}

/// What a program prints that is compiled against the library.
fn compiled(source: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus");
    fs::create_dir_all(folder.join("src")).unwrap();
    let library = fs::canonicalize(root.join("runtime")).unwrap();
    let manifest = format!(
        "[package]\nname = \"corpus\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nram-policy = {{ path = {:?} }}\n\n[workspace]\n",
        library.display().to_string()
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    // The versions that are at hand.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    fs::write(folder.join("src/main.rs"), source).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}
