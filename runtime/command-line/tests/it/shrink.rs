//! `shrink` and `split` of policies, also of those that are longer than RAM takes.

use std::path::PathBuf;

use serde_json::Value;

use crate::run::run;

/// A policy of more than 6,144 characters: a statement a bucket.
fn long(folder: &tempfile::TempDir) -> PathBuf {
    let statements: Vec<String> = (0..80)
        .map(|number| {
            format!(
                r#"{{"Effect":"Allow","Action":["oss:GetObject","oss:GetBucketInfo"],"Resource":"acs:oss:*:*:bucket-{number}"}}"#
            )
        })
        .collect();
    let path = folder.path().join("long.json");
    let text = format!(r#"{{"Version":"1","Statement":[{}]}}"#, statements.join(","));
    assert!(text.len() > 6_144);
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn check_tells_the_length_of_an_equivalent_form() {
    let folder = tempfile::tempdir().unwrap();
    let path = long(&folder);
    let path = path.to_str().unwrap();
    let ran = run(["shrink", path, "--minified"]);
    assert_eq!(ran.code, Some(0));
    let short = ran.out.trim_end();
    assert!(short.len() < 6_144);
    let told = format!(
        "an identity policy has at most 6144; an equivalent form has {}, `ram-policy shrink` prints it",
        short.len()
    );
    let checked = run(["check", path]);
    assert!(checked.out.contains(&told), "{:?}", checked.out.lines().next());
    assert_eq!(checked.code, Some(1));
    // What was printed is whole.
    let file = folder.path().join("short.json");
    std::fs::write(&file, short).unwrap();
    assert_eq!(run(["check", file.to_str().unwrap()]).code, Some(0));
}

#[test]
fn shrink_has_an_exit_code_when_that_is_asked_for() {
    for (file, code) in [("wide.json", 1), ("view.json", 0)] {
        assert_eq!(run(["shrink", file, "--check"]).code, Some(code), "{file}");
        assert_eq!(run(["shrink", file]).code, Some(0), "{file}");
    }
    let told = run(["shrink", "view.json"]).err;
    assert_eq!(told, "note: 144 characters minified before, 144 now\n");
    // A denial that meets nothing.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("idle.json");
    let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"*"},{"Effect":"Deny","Action":"ecs:*","Resource":"*"}]}"#;
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(run(["shrink", path, "--check"]).code, Some(0));
    let alone = run(["shrink", path, "--check", "--alone", "--minified"]);
    assert_eq!(alone.code, Some(1));
    assert!(!alone.out.contains("Deny"));
}

#[test]
fn a_file_is_told_from_actions() {
    for (arguments, code) in [
        (&["shrink", "view.json", "ecs:StopInstance"][..], 2),
        (&["shrink", "no-such-file"], 2),
        (&["shrink", "ecs:StopInstance", "--check"], 2),
        (&["shrink", "ecs:StopInstance"], 0),
        (&["shrink", "trust.json"], 2),
    ] {
        assert_eq!(run(arguments).code, Some(code), "{arguments:?}");
    }
}

#[test]
fn split_gives_parts_that_ram_takes_and_that_decide_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = long(&folder);
    let path = path.to_str().unwrap();
    let ran = run(["split", path]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let parts: Vec<&str> = ran.out.lines().collect();
    assert_eq!(parts.len(), 2);
    assert!(parts.iter().all(|part| part.len() <= 6_144));
    let ran = run(["split", "wide.json", "--most", "170", "--format", "json"]);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told[0]["characters"], 170);
    assert_eq!(told[1]["document"]["Version"], "1");
    let refused = run(["split", "wide.json", "--most", "50"]);
    assert_eq!((refused.out.as_str(), refused.code), ("", Some(2)));
    assert!(refused.err.contains("statement 0 cannot be divided"));
}
