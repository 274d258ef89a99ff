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
        "#![allow(deprecated, unused_imports)]\nuse ram_policy::{{Policy, ResourcePolicy, TrustPolicy, policy, resource_policy, trust_policy}};\n\n{source}\nfn main() {{\n{calls}}}\n"
    ));
    let printed: Vec<&str> = printed.lines().collect();
    assert_eq!(printed.len(), expected.len());
    for ((path, json), printed) in expected.iter().zip(printed) {
        assert_eq!(json.trim_end(), printed, "{}", path.display());
    }
    println!("{} policies came back", expected.len());
}

/// What the names of files say of the resource that keeps a policy.
const NAMES: [(&str, &str); 9] = [
    ("oss-bucket", "bucket"),
    ("oss-access-point", "access_point"),
    ("oss-object-fc-access-point", "object_process"),
    ("vpc-endpoint", "endpoint"),
    ("kms-key", "key"),
    ("kms-secret", "secret"),
    ("sls-project", "project"),
    ("ots-instance", "instance"),
    ("cloudsso-inline", "inline"),
];

#[test]
fn policies_of_resources_come_back_and_decide() {
    let Some(folder) = std::env::var_os(VARIABLE).map(PathBuf::from) else {
        println!("{VARIABLE} is not set: no corpus is read");
        return;
    };
    let mut count = 0;
    for path in documents(&folder) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        // `oss-bucket-01`, or with words behind.
        let is_of = |prefix: &str| {
            name.strip_prefix(prefix)
                .and_then(|rest| rest.strip_prefix('-'))
                .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
        };
        let Some((_, kind)) = NAMES.iter().find(|(prefix, _)| is_of(prefix)) else { continue };
        let file = path.as_os_str();
        let with = |arguments: &[&str]| {
            let [first, rest @ ..] = arguments else { panic!("a subcommand") };
            let rest = rest.iter().map(std::ffi::OsStr::new);
            run([first.as_ref(), file].into_iter().chain(rest))
        };
        let checked = with(&["check", "--kind", kind]);
        assert!(checked.err.contains(" 0 errors"), "{name}: {checked:?}");
        let text = fs::read_to_string(&path).unwrap();
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        let back = with(&["convert", "--kind", kind, "--to", "json", "--minified"]);
        assert_eq!(back.out.trim_end(), json.to_string(), "{name}: {back:?}");
        for statement in json["Statement"].as_array().unwrap() {
            let first = |name: &str| {
                let value = &statement[name];
                value.get(0).unwrap_or(value).as_str().unwrap().to_owned()
            };
            let action = match first("Action") {
                every if every == "*" => "oss:GetObject".to_owned(),
                action => action.replace('*', "x"),
            };
            let resource = match first("Resource") {
                every if every == "*" => every,
                resource => {
                    let mut fields: Vec<&str> = resource.splitn(5, ':').collect();
                    for (field, known) in [(2, "cn-hangzhou"), (3, "1234567890123456")] {
                        if fields[field] == "*" {
                            fields[field] = known;
                        }
                    }
                    fields.join(":").replace('*', "x")
                }
            };
            let ask = |caller: &str| {
                let mut arguments =
                    vec!["eval", "--kind", kind, "--action", &action, "--resource", &resource];
                if *kind != "inline" {
                    arguments.extend(["--caller", caller, "--owner", "1234567890123456"]);
                }
                let arguments = arguments.into_iter().map(std::ffi::OsStr::new);
                run(arguments.chain(["--policy".as_ref(), file]))
            };
            for caller in ["anonymous", "acs:ram::1234567890123456:user/alice"] {
                let ran = ask(caller);
                let word = ran.out.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
                let decisions = ["Allow", "ExplicitDeny", "ImplicitDeny", "Unknown"];
                assert!(decisions.contains(&word), "{name} {action} {resource}: {ran:?}");
            }
        }
        count += 1;
    }
    println!("{count} policies of resources came back");
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
