//! Bad files, pipes that close early, names that are not UTF-8, nothing at all, very much.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use crate::run::{run, run_on};

const GOOD: &str = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*"}]}"#;
const BAD: &str =
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:RunInstance","Resource":"*"}]}"#;

#[test]
fn bad_texts_are_findings_and_bad_arguments_usage() {
    for (text, code, told) in [
        (&b""[..], 1, "error[syntax]: the text ends where a JSON value should be"),
        (b"{", 1, "error[syntax]"),
        (b"\xff\xfe", 1, "the file is not UTF-8 in line 1"),
        (b"{\"Statement\": 1}", 1, "error[wrong_type]"),
        (b"nul\0", 1, "error[syntax]"),
    ] {
        let ran = run_on(&["check", "--from", "json", "-"], text);
        assert_eq!(ran.code, Some(code), "{text:?}: {ran:?}");
        assert!(ran.out.contains(told), "{text:?}: {ran:?}");
    }
    let deep = "[".repeat(100_000);
    for form in ["json", "ros", "terraform", "markdown", "rust"] {
        let ran = run_on(&["check", "--from", form, "-"], deep.as_bytes());
        assert!(matches!(ran.code, Some(0..=2)), "{form}: {:?}", ran.code);
    }
    for arguments in [
        &["check"][..],
        &["check", "nowhere.json"],
        &["check", "nowhere/*.json"],
        &["eval", "--policy", "view.json"],
        &["eval", "--action", "ecs:StopInstance"],
        &["eval", "--policy", "view.json", "--requests", "nowhere.jsonl"],
        &["eval", "--policy", "view.json", "--action", "a", "--context", "x"],
        &["convert", "view.json"],
        &["convert", "view.json", "--to", "toml"],
        &["nothing"],
        &[],
    ] {
        let ran = run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {ran:?}");
        assert!(!ran.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn nesting_that_is_closed_ends_no_stack() {
    const DEPTH: usize = 100_000;
    let nested = |open: &str, close: &str| open.repeat(DEPTH) + &close.repeat(DEPTH);
    let template = "ROSTemplateFormatVersion: '1'\nResources: ";
    for (form, text, told) in [
        ("json", nested("[", "]"), "nested too deeply"),
        ("rust", nested("[", "]"), "nested too deeply"),
        ("rust", format!("policy! {{ {} }}", nested("{", "}")), "missing_element"),
        ("terraform", format!("x = {}\n", nested("[", "]")), "not HCL"),
        ("terraform", format!("x = {}\n", nested("(", ")")), "not HCL"),
        ("terraform", nested("a {\n", "}\n"), "not HCL"),
        ("terraform", format!("x = \"{}\"\n", nested("${\"", "\"}")), "not HCL"),
        ("ros", format!("{template}{}\n", nested("[", "]")), "not YAML"),
        ("ros", format!("{template}{}\n", nested("{a: ", "}")), "not checked"),
        ("markdown", format!("{} ```json\n{{}}\n```\n", ">".repeat(DEPTH)), ""),
    ] {
        let ran = run_on(&["check", "--from", form, "-"], text);
        assert!(matches!(ran.code, Some(0..=2)), "{form}: {:?}", ran.code);
        assert!(ran.out.contains(told), "{form}: {}", ran.out.get(..300).unwrap_or(&ran.out));
    }
}

/// Each anchor holds the one before nine times.
#[test]
fn anchors_of_anchors_do_not_fill_the_memory() {
    let mut template = String::from("ROSTemplateFormatVersion: '1'\nResources:\n  a: &a [x]\n");
    for (before, name) in ('a'..'m').zip('b'..='m') {
        let nine = vec![format!("*{before}"); 9].join(",");
        template.push_str(&format!("  {name}: &{name} [{nine}]\n"));
    }
    let ran = run_on(&["check", "--from", "ros", "-"], template);
    assert!(ran.out.contains("the file has too many values"), "{ran:?}");
}

#[test]
fn what_is_too_long_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let long = folder.path().join("long.json");
    fs::File::create(&long).unwrap().set_len((64 << 20) + 1).unwrap();
    let ran = run(["check".as_ref(), long.as_os_str()]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.out.contains("the file has more than 67108864 bytes"), "{}", ran.out);
    // One record that is too long, and one behind it that is decided.
    let requests = folder.path().join("requests.jsonl");
    let mut text = vec![b'x'; (16 << 20) + 1];
    text.extend_from_slice(b"\n{\"action\":\"ecs:StopInstance\"}\n");
    fs::write(&requests, text).unwrap();
    let policy = folder.path().join("policy.json");
    fs::write(&policy, GOOD).unwrap();
    let ran = run([
        "eval".as_ref(),
        "--policy".as_ref(),
        policy.as_os_str(),
        "--requests".as_ref(),
        requests.as_os_str(),
    ]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines, ["Error the line has more than 16 MiB", "Allow"]);
}

#[test]
fn a_folder_of_a_thousand_files() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..1000 {
        let name = folder.path().join(format!("{number:04}.json"));
        fs::write(name, if number == 7 { BAD } else { GOOD }).unwrap();
    }
    fs::write(folder.path().join("package.json"), r#"{"name": "x"}"#).unwrap();
    fs::write(folder.path().join("notes.txt"), BAD).unwrap();
    let ran = run(["check".as_ref(), folder.path().as_os_str()]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("0007.json:1:56"), "{}", ran.out);
    assert_eq!(ran.err.split(':').next(), Some("1000 policies in 1001 files"));
    // A hook names every file.
    let package = folder.path().join("package.json");
    let hook = ["check".as_ref(), "--pass-over".as_ref(), package.as_os_str()];
    assert_eq!(run(hook).err, "0 policies in 1 file: 0 errors, 0 warnings, 0 notes\n");
    assert_eq!(run(["check".as_ref(), package.as_os_str()]).code, Some(2));
    let glob = folder.path().join("000[0-6].json");
    let ran = run(["check".as_ref(), glob.as_os_str()]);
    assert_eq!(ran.err.split(':').next(), Some("7 policies in 7 files"));
    assert_eq!(ran.code, Some(0));
}

#[test]
fn an_empty_folder_holds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run(["check".as_ref(), folder.path().as_os_str()]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    assert_eq!(ran.err, "0 policies in 0 files: 0 errors, 0 warnings, 0 notes\n");
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf_8() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join(std::ffi::OsStr::from_bytes(b"p\xff.json"));
    if fs::write(&name, BAD).is_err() {
        // This file system has no such names.
        return;
    }
    for format in ["text", "json", "sarif", "github"] {
        for path in [name.as_os_str(), folder.path().as_os_str()] {
            let ran = run(["check".as_ref(), "--format".as_ref(), format.as_ref(), path]);
            assert_eq!(ran.code, Some(1), "{format}: {ran:?}");
            assert!(ran.out.contains("unknown_action"), "{format}: {ran:?}");
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let requests = folder.path().join("requests.jsonl");
    fs::write(&requests, "{\"action\":\"ecs:StopInstance\"}\n".repeat(200_000)).unwrap();
    let policy = folder.path().join("policy.json");
    fs::write(&policy, GOOD).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_ram-policy"))
        .arg("eval")
        .arg("--policy")
        .arg(&policy)
        .arg("--requests")
        .arg(&requests)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    assert_eq!(line, "Allow\n");
    drop(out);
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
}

#[test]
fn an_answer_comes_before_the_next_request() {
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("policy.json");
    fs::write(&policy, GOOD).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_ram-policy"))
        .arg("eval")
        .arg("--policy")
        .arg(&policy)
        .args(["--requests", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    for (action, answer) in
        [("ecs:StopInstance", "Allow\n"), ("ecs:StartInstance", "ImplicitDeny\n")]
    {
        writeln!(input, "{{\"action\":\"{action}\"}}").unwrap();
        input.flush().unwrap();
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert_eq!(line, answer);
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn colour_only_where_it_is_asked_for() {
    let escape = '\u{1b}';
    let ran = run(["check", "mistakes.json"]);
    assert!(!ran.out.contains(escape));
    let ran = run(["check", "mistakes.json", "--color", "always"]);
    assert!(ran.out.contains(escape));
}

/// What the system does not give is told, and the rest is checked.
#[cfg(unix)]
#[test]
fn what_cannot_be_read_hides_nothing_else() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::time::Duration;

    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("good.json"), GOOD).unwrap();
    let check = |format: &str| {
        let mut command = crate::run::command();
        command.current_dir(folder.path()).args(["check", "--format", format, "."]);
        // A pipe that is opened waits for ever.
        let output = command.timeout(Duration::from_secs(60)).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    assert_eq!(check("text").0, Some(0));
    symlink("nowhere.json", path("dangling.json")).unwrap();
    symlink("loop.json", path("loop.json")).unwrap();
    fs::create_dir(path("folder")).unwrap();
    symlink("folder", path("link.json")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(path("pipe.json")).status();
    let has_pipe = pipe.is_ok_and(|status| status.success());
    fs::write(path("secret.json"), GOOD).unwrap();
    fs::set_permissions(path("secret.json"), fs::Permissions::from_mode(0o000)).unwrap();
    fs::create_dir(path("closed")).unwrap();
    fs::set_permissions(path("closed"), fs::Permissions::from_mode(0o000)).unwrap();
    // Nothing is closed to root.
    let is_root = fs::read(path("secret.json")).is_ok();
    let mut names = vec!["dangling.json", "loop.json", "link.json"];
    names.extend(has_pipe.then_some("pipe.json"));
    if !is_root {
        names.extend(["secret.json", "closed"]);
    }
    let policies = if is_root { 2 } else { 1 };
    for format in ["text", "json", "sarif", "github"] {
        let (code, out, err) = check(format);
        assert_eq!(code, Some(2), "{format}: {out} {err}");
        for name in &names {
            assert!(out.contains(name), "{format}: {name} in {out}");
        }
    }
    let (_, _, summary) = check("text");
    let count = format!("{policies} polic");
    assert!(summary.starts_with(&count), "{summary}");
    assert!(summary.contains(&format!("{} not read", names.len())), "{summary}");
    // A finding that is an error counts for more.
    fs::write(path("bad.json"), BAD).unwrap();
    for format in ["text", "json", "sarif", "github"] {
        let (code, out, _) = check(format);
        assert_eq!(code, Some(1), "{format}");
        assert!(out.contains("ecs:RunInstance"), "{format}: {out}");
    }
    // One that is named is told in the same way, beside others.
    let arguments = ["check", "dangling.json", "bad.json"];
    let output = crate::run::command().current_dir(folder.path()).args(arguments).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains("dangling.json") && out.contains("ecs:RunInstance"), "{out}");
    fs::set_permissions(path("closed"), fs::Permissions::from_mode(0o755)).unwrap();
}

/// Some editors put a byte order mark in front of a file.
#[test]
fn a_byte_order_mark_is_no_part_of_a_file() {
    let terraform = format!(
        "resource \"alicloud_ram_policy\" \"p\" {{\n  policy_document = <<EOF\n{BAD}\nEOF\n}}\n"
    );
    let ros = format!(
        "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  P:\n    Type: ALIYUN::RAM::ManagedPolicy\n    Properties:\n      PolicyDocument: {BAD}\n"
    );
    let rust = "const P: Policy = policy! { allow ecs::RunInstance on *; };\n".to_owned();
    for (name, text) in [
        ("p.json", BAD.to_owned()),
        ("p.tf", terraform),
        ("p.yaml", ros),
        ("p.md", format!("```json\n{BAD}\n```\n")),
        ("p.rs", rust),
    ] {
        let folder = tempfile::tempdir().unwrap();
        for (mark, file) in [("", name.to_owned()), ("\u{feff}", format!("marked-{name}"))] {
            fs::write(folder.path().join(&file), format!("{mark}{text}")).unwrap();
        }
        let run = |file: &str| {
            let mut command = crate::run::command();
            let output = command.current_dir(folder.path()).args(["check", file]).output().unwrap();
            String::from_utf8(output.stdout).unwrap()
        };
        let (bare, marked) = (run(name), run(&format!("marked-{name}")));
        let rules = |text: &str| text.matches("error[unknown_action]").count();
        assert_eq!(rules(&bare), 1, "{name}: {bare}");
        assert_eq!(rules(&marked), 1, "{name}: {marked}");
        assert_eq!(marked.matches("error[").count(), 1, "{name}: {marked}");
    }
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), format!("\u{feff}{text}")).unwrap();
    };
    write("p.json", GOOD);
    write(
        "additions.json",
        r#"{"actions": {"ecs:Foo": {"change": "add", "reason": "seen in an error"}}}"#,
    );
    write("account.yaml", "caller: acs:ram::1:user/a\npolicies: [p.json]\n");
    write("requests.jsonl", "{\"action\":\"ecs:StopInstance\"}\n");
    write("list.json", "[{\"action\":\"ecs:StopInstance\"}]");
    let run = |arguments: &[&str]| {
        let mut command = crate::run::command();
        let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        format!("{}{}", text(output.stdout), text(output.stderr))
    };
    for log in ["requests.jsonl", "list.json"] {
        assert_eq!(run(&["eval", "--policy", "p.json", "--requests", log]), "Allow\n", "{log}");
        let audited = run(&["audit", "--policy", "p.json", log]);
        assert!(audited.contains("1 decided, 0 wrong"), "{log}: {audited}");
    }
    let account = run(&["eval", "--account", "account.yaml", "--action", "ecs:StopInstance"]);
    assert!(!account.contains("error"), "{account}");
    let added = run(&["check", "--additions", "additions.json", "p.json"]);
    assert!(!added.contains("additions.json"), "{added}");
}
