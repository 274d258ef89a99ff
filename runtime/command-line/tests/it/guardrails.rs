//! `check` with the rules of an organisation.

use std::fs;

use crate::run::command;

const RULES: &str = r#"{
  "keys-stay": {
    "reason": "a key takes its data along",
    "never": { "Action": "kms:ScheduleKeyDeletion" },
    "except": { "policies/admin.json": "they look after keys" }
  }
}"#;

const KEYS: &str = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["kms:DescribeKey","kms:Schedule*"],"Resource":"*"}]}"#;

/// What `check` prints in a folder with these files, and its exit code.
fn check(files: &[(&str, &str)], arguments: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut command = command();
    command.current_dir(folder.path()).arg("check").args(arguments);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout) + &text(output.stderr))
}

#[test]
fn a_file_of_the_working_folder_is_applied() {
    let files = [("ram-guardrails.json", RULES), ("a.json", KEYS)];
    let (code, out) = check(&files, &["a.json"]);
    assert_eq!(code, Some(1), "{out}");
    let title = "error[guardrail]: the guardrail `keys-stay` does not allow this: a key takes its data along";
    assert!(out.contains(title), "{out}");
    assert!(out.contains("kms:ScheduleKeyDeletion"), "{out}");
    assert!(out.contains("= in: Statement[0].Action[1]"), "{out}");
    let without = check(&files[1..], &["a.json"]);
    assert_eq!(without.0, Some(0), "{}", without.1);
}

#[test]
fn a_file_that_is_named_is_applied_and_its_exceptions() {
    let files =
        [("rules.json", RULES), ("policies/admin.json", KEYS), ("policies/user.json", KEYS)];
    for (name, code) in [("policies/admin.json", 0), ("policies/user.json", 1)] {
        let ran = check(&files, &["--guardrails", "rules.json", name]);
        assert_eq!(ran.0, Some(code), "{name}: {}", ran.1);
    }
}

#[test]
fn rust_and_terraform_are_asked_too() {
    let rust = "const P: Policy = policy! { #![allow(unlisted_action)] allow kms::* on *; };";
    let terraform = r#"resource "alicloud_ram_policy" "keys" {
  policy_document = jsonencode({
    Version = "1"
    Statement = [{ Effect = "Allow", Action = "kms:Schedule*", Resource = var.key }]
  })
}
"#;
    for (name, text) in [("a.rs", rust), ("main.tf", terraform)] {
        let ran = check(&[("ram-guardrails.json", RULES), (name, text)], &[name]);
        assert_eq!(ran.0, Some(1), "{name}: {}", ran.1);
        assert!(ran.1.contains("[guardrail]"), "{name}: {}", ran.1);
    }
}

#[test]
fn a_file_with_a_mistake_is_refused() {
    let wrong = r#"{"keys-stay": {"reason": "a", "never": {"Action": "kms:ScheduleKeyDeletio"}}}"#;
    let (code, out) = check(&[("ram-guardrails.json", wrong), ("a.json", KEYS)], &["a.json"]);
    assert_eq!(code, Some(2), "{out}");
    assert!(
        out.contains("`ram-guardrails.json`: 1:51: unknown action `kms:ScheduleKeyDeletio`"),
        "{out}"
    );
}
