//! Names and texts that an attacker chose, on a terminal and in the log of a code host.

use std::fs;

use crate::run::{Ran, command};

/// What a terminal would obey, or a reader would not see.
fn is_hidden(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
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

/// Turns the line around, ends a line, says something that nobody sees, moves the cursor.
const HIDDEN: &str = "\u{202e}\u{2066}\u{2028}\u{2029}\u{e0041}\u{fe00}\u{feff}\u{85}\u{1b}[8m";

/// A policy with hidden characters in everything that may have any.
fn hidden_everywhere() -> String {
    let text = |text: &str| serde_json::to_string(&format!("{text}{HIDDEN}")).unwrap();
    // RAM takes no control characters in ARNs and keys.
    let printed = |text: &str| {
        let hidden: String = HIDDEN.chars().filter(|one| !one.is_control()).collect();
        serde_json::to_string(&format!("{text}{hidden}")).unwrap()
    };
    let (resource, key) = (printed("acs:ecs:*:*:instance/x"), printed("ecs:tag/x"));
    let value = text("value");
    let agent = text("agent");
    format!(
        r#"{{"Version":"1","Statement":[
            {{"Effect":"Allow","Action":["ecs:StopInstance","oss:Get*"],"Resource":[{resource},"*"],
              "Condition":{{"StringEquals":{{{key}:[{value}]}},"StringLike":{{"acs:UserAgent":{agent}}}}}}},
            {{"Effect":"Deny","NotAction":"ram:*","Resource":{resource},
              "Condition":{{"StringNotEquals":{{"acs:UserAgent":{value}}}}}}}]}}"#
    )
}

/// Whatever is printed for people, by any command; what programs read has the text as it is.
#[test]
fn nothing_hidden_is_printed_for_people() {
    let policy = hidden_everywhere();
    let name = "p\u{202e}\u{2028}\u{e0041}\u{1b}[2J.json";
    let request = format!(
        r#"{{"action":"ecs:StopInstance","resource":"*","context":{{"acs:UserAgent":{}}}}}"#,
        serde_json::to_string(HIDDEN).unwrap()
    );
    let requests = format!("{request}\n{{\"action\":\"ecs:{HIDDEN}\"}}\n");
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).is_ok();
    // Some file systems have no such names.
    let name = if write(name, &policy) { name } else { "policy.json" };
    assert!(write("policy.json", &policy));
    let other = policy.replace("oss:Get*", "oss:Put*").replace("ram:*", "ims:*");
    assert!(write("other.json", &other));
    assert!(write("requests.jsonl", &requests));
    assert!(write("wrong.json", &format!(r#"{{"Versi{HIDDEN}on": "1{HIDDEN}", {HIDDEN}"#)));
    assert!(write("page.md", &format!("# {HIDDEN}\n\n```json\n{policy}\n{HIDDEN}\n```\n")));
    assert!(write("account.yaml", &format!("caller: x{HIDDEN}\n\"y{HIDDEN}\": 1\n")));
    let agent = format!("acs:UserAgent={HIDDEN}");
    let missing = format!("missing{}", HIDDEN.replace('/', ""));
    for arguments in [
        &["check", name][..],
        &["check", "--format", "github", "."],
        &["check", "."],
        &["describe", name],
        &["describe", "--format", "html", name, "other.json"],
        &["explain", &missing],
        &["expand", &missing],
        &["diff", name, "other.json"],
        &["prove", name, "--within", "other.json"],
        &["prove", "other.json", "--equivalent", name],
        &["prove", "other.json", "--apart", name],
        &["prove", "within", name, "other.json"],
        &["eval", "--policy", name, "--requests", "requests.jsonl", "--explain"],
        &[
            "eval",
            "--policy",
            name,
            "--action",
            "ecs:StopInstance",
            "--context",
            &agent,
            "--explain",
        ],
        &["eval", "--account", "account.yaml", "--action", "ecs:StopInstance"],
        &["audit", "--policy", name, "requests.jsonl"],
        &["coverage", "--policy", name, "--requests", "requests.jsonl"],
        &["unused", "--policy", name, "--requests", "requests.jsonl"],
        &["least", "requests.jsonl", "--within", name],
        &["convert", "wrong.json", "--to", "rust"],
        &["convert", name, "--to", "rust"],
        &["convert", name, "--to", "terraform"],
        &["convert", name, "--to", "terraform-jsonencode"],
        &["convert", name, "--to", "ros"],
        &["shrink", "--policy", &missing],
        &["check", "--additions", &missing, name],
    ] {
        let output = command().current_dir(folder.path()).args(arguments).output().unwrap();
        let all = [output.stdout, output.stderr].concat();
        let all = String::from_utf8(all).unwrap();
        assert!(!all.is_empty(), "{arguments:?}");
        let hidden = all.chars().find(|character| is_hidden(*character));
        assert_eq!(hidden.map(u32::from), None, "{arguments:?}: {all:?}");
    }
    // For programs nothing is another text than it was.
    for arguments in [
        &["check", "--format", "json", name][..],
        &["check", "--format", "sarif", name],
        &["convert", name, "--to", "json"],
        &["describe", "--format", "json", name],
        &["shrink", name],
    ] {
        let output = command().current_dir(folder.path()).args(arguments).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{arguments:?}: {text}");
    }
}

/// The page is the same in a file, and its document is one that can be copied.
#[test]
fn a_page_shows_what_is_hidden() {
    let ran = run_in("p.json", &hidden_everywhere(), &["describe", "p.json"]).unwrap();
    assert!(ran.out.contains(r"acs:ecs:*:*:instance/x\u{202e}\u{2066}\u{2028}"), "{}", ran.out);
    let document = ran.out.split("```json\n").nth(1).and_then(|rest| rest.split("\n```").next());
    let document: serde_json::Value = serde_json::from_str(document.unwrap()).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&hidden_everywhere()).unwrap();
    assert_eq!(document, expected);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("p.json"), hidden_everywhere()).unwrap();
    for format in ["markdown", "html"] {
        let arguments = ["describe", "p.json", "--format", format, "--output", "page"];
        let output = command().current_dir(folder.path()).args(arguments).arg("--force").output();
        assert!(output.unwrap().status.success(), "{format}");
        let page = fs::read_to_string(folder.path().join("page")).unwrap();
        assert!(!page.contains(is_hidden), "{format}: {page:?}");
    }
}
