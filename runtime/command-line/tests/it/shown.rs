//! Names and texts that an attacker chose, on a terminal and in the log of a code host.

use std::fs;

use crate::run::{Ran, command};

/// What a terminal would obey, or a reader would not see.
fn is_hidden(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Runs in a folder with one file of this name and text, without a shell in between.
fn run_in(name: &str, text: &str, arguments: &[&str]) -> Option<Ran> {
    let folder = tempfile::tempdir().unwrap();
    // Some file systems have no such names.
    fs::write(folder.path().join(name), text).ok()?;
    let output = command().current_dir(folder.path()).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Some(Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) })
}

const BAD: &str =
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:RunInstance","Resource":"*"}]}"#;

#[test]
fn a_name_of_a_file() {
    let name = "a\u{1b}]0;owned\u{7}\u{202e}.json";
    for format in ["text", "github"] {
        for arguments in
            [&["check", "--format", format, "."][..], &["check", "--format", format, name]]
        {
            let Some(ran) = run_in(name, BAD, arguments) else { return };
            assert_eq!(ran.code, Some(1), "{ran:?}");
            assert!(ran.out.contains("unknown_action"), "{ran:?}");
            let all = format!("{}{}", ran.out, ran.err);
            assert!(!all.contains(is_hidden), "{format}: {all:?}");
        }
    }
    let gone = format!("{name}-gone");
    let Some(ran) = run_in(name, BAD, &["eval", "--action", "ecs:StopInstance", "--policy", &gone])
    else {
        return;
    };
    assert!(!ran.err.contains(is_hidden), "{ran:?}");
}

#[test]
fn a_line_of_a_file() {
    // The source line is shown under a finding.
    let text = BAD.replace("ecs:RunInstance", "ecs:Foo\u{202e}\u{2066}\u{200b}");
    for format in ["text", "github"] {
        let ran = run_in("policy.json", &text, &["check", "--format", format, "."]).unwrap();
        assert!(!ran.out.contains(is_hidden), "{format}: {:?}", ran.out);
        assert!(ran.out.contains("hidden_character"), "{format}: {:?}", ran.out);
    }
    let markdown = format!("# \u{1b}[2J\n\n```json\n{BAD}\n```\u{1b}[2J\n");
    let ran = run_in("page.md", &markdown, &["check", "."]).unwrap();
    assert!(!ran.out.contains(is_hidden), "{:?}", ran.out);
}

#[test]
fn a_name_of_a_policy() {
    let template = BAD;
    let text = format!(
        r#"{{"ROSTemplateFormatVersion":"2015-09-01","Resources":{{"P\u001b[2J\u202e\nerror":{{"Type":"ALIYUN::RAM::ManagedPolicy","Properties":{{"PolicyName":"p","PolicyDocument":{template}}}}}}}}}"#
    );
    for format in ["text", "github"] {
        let ran = run_in("t.json", &text, &["check", "--format", format, "."]).unwrap();
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(!ran.out.contains(is_hidden), "{format}: {:?}", ran.out);
        assert!(!ran.out.contains("\nerror:"), "{:?}", ran.out);
    }
}

#[test]
fn a_value_of_a_request() {
    let policy = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{"StringLike":{"acs:UserAgent":"curl*"}}}]}"#;
    let agent = "acs:UserAgent=x\nAllow\u{1b}[2K\u{202e}";
    let arguments = [
        "eval",
        "--policy",
        "p.json",
        "--action",
        "ecs:StopInstance",
        "--context",
        agent,
        "--explain",
    ];
    let ran = run_in("p.json", policy, &arguments).unwrap();
    assert!(!ran.out.contains(is_hidden), "{:?}", ran.out);
    assert!(ran.out.lines().all(|line| !line.starts_with("Allow")), "{:?}", ran.out);
}
