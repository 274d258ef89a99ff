//! `additions`, and the file in the working folder.

use crate::run::command;

const FILE: &str = r#"{
  "actions": {
    "ecs:BrandNew": { "change": "add", "reason": "announced" },
    "ecs:StartInstance": { "change": "add", "reason": "was not there in 2025" }
  }
}"#;
const POLICY: &str =
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:BrandNew","Resource":"*"}]}"#;

#[test]
fn the_file_in_the_working_folder_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let check = || {
        let mut command = command();
        command.current_dir(folder.path()).args(["check", "--strict", "-"]).write_stdin(POLICY);
        command.output().unwrap().status.code()
    };
    assert_eq!(check(), Some(1));
    std::fs::write(folder.path().join("ram-catalogue.json"), FILE).unwrap();
    assert_eq!(check(), Some(0));
}

#[test]
fn the_report_tells_what_can_go() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ram-catalogue.json"), FILE).unwrap();
    let print = |format: &str| {
        let output = command()
            .current_dir(folder.path())
            .args(["additions", "--format", format])
            .output()
            .unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let text = print("text");
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains("ecs:StartInstance: the catalogue has caught up"), "{text}");
    let entries: serde_json::Value = serde_json::from_str(&print("json")).unwrap();
    let caught_up: Vec<&serde_json::Value> =
        entries.as_array().unwrap().iter().map(|entry| &entry["caught_up"]).collect();
    assert_eq!(caught_up, [&serde_json::Value::Bool(false), &serde_json::Value::Bool(true)]);
}

#[test]
fn a_wrong_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ram-catalogue.json"), "{\"acts\": {}}").unwrap();
    let output = command().current_dir(folder.path()).arg("additions").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("1:2: the file has no `acts`"), "{told}");
}
