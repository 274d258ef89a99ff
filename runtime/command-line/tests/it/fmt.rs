//! `fmt`: files in place, standard input, and what `--check` reports.

use std::fs;
use std::path::Path;

use ram_policy_forms::{Form, Format, comments, format};

use crate::run::{Ran, command, documents, golden, run_on};

const RUST: &str = "const P: Policy = policy! {
  allow ecs :: StopInstance on * ; // why
};
";
const FORMATTED: &str = "const P: Policy = policy! {
    allow ecs::StopInstance on *; // why
};
";

/// Runs in a folder with these files.
fn run_in(folder: &Path, files: &[(&str, &str)], arguments: &[&str]) -> Ran {
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    let output = command().current_dir(folder).arg("fmt").args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn files_are_written_in_place() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("a.rs", RUST),
        ("b.json", r#"{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}"#),
        ("package.json", r#"{"name":   "x"}"#),
        ("main.tf", "a   = 1\n"),
    ];
    let ran = run_in(folder.path(), &files, &["."]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    assert_eq!(ran.err, "2 of 2 files with policies changed\n");
    assert_eq!(read(folder.path(), "a.rs"), FORMATTED);
    assert!(read(folder.path(), "b.json").starts_with("{\n  \"Statement\": [\n"));
    for (name, text) in &files[2..] {
        assert_eq!(read(folder.path(), name), *text);
    }
    let again = run_in(folder.path(), &[], &["--check", "."]);
    assert_eq!((again.code, again.out.as_str()), (Some(0), ""));
}

#[test]
fn check_writes_nothing_and_shows_lines() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run_in(folder.path(), &[("a.rs", RUST)], &["--check", "a.rs"]);
    assert_eq!(ran.code, Some(1));
    let expected = "--- a.rs:2
-  allow ecs :: StopInstance on * ; // why
+    allow ecs::StopInstance on *; // why
";
    assert_eq!(ran.out, expected);
    assert_eq!(ran.err, "1 of 1 file with policies would change\n");
    assert_eq!(read(folder.path(), "a.rs"), RUST);
}

#[test]
fn what_cannot_be_read_is_left_and_reported() {
    let folder = tempfile::tempdir().unwrap();
    let broken = "policy! { allow  ecs.StopInstance on * }\n";
    let ran = run_in(folder.path(), &[("a.rs", RUST), ("b.rs", broken)], &["a.rs", "b.rs"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.starts_with("b.rs:1:21: left as it is: "), "{}", ran.err);
    assert_eq!(read(folder.path(), "a.rs"), FORMATTED);
    assert_eq!(read(folder.path(), "b.rs"), broken);
}

#[test]
fn standard_input_goes_to_standard_output() {
    for (arguments, input, code, out) in [
        (vec!["fmt", "-"], RUST, 0, FORMATTED),
        (vec!["fmt", "-"], FORMATTED, 0, FORMATTED),
        (
            vec!["fmt", "--from", "rust", "-"],
            "fn a() { policy!(allow) }",
            0,
            "fn a() { policy!(allow) }",
        ),
        (
            vec!["fmt", "--canonical", "--indent", "1", "-"],
            r#"{"Effect":"Deny","Resource":"*","Action":"*"}"#,
            0,
            "{\n \"Effect\": \"Deny\",\n \"Action\": \"*\",\n \"Resource\": \"*\"\n}",
        ),
    ] {
        let ran = run_on(&arguments, input);
        assert_eq!((ran.code, ran.out.as_str()), (Some(code), out), "{input}: {}", ran.err);
    }
}

#[test]
fn who_names_a_file_expects_policies() {
    let folder = tempfile::tempdir().unwrap();
    let files = [("package.json", "{}"), ("main.tf", "a = 1\n")];
    for (name, reason) in [
        ("package.json", "error: `package.json` is no policy\n"),
        ("main.tf", "error: `main.tf` is terraform; JSON and Rust source are formatted\n"),
        ("none.rs", "error: there is no file or folder `none.rs`\n"),
    ] {
        let ran = run_in(folder.path(), &files, &[name]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(2), reason));
    }
    let ran = run_in(folder.path(), &[], &["--pass-over", "package.json", "main.tf"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), "0 of 0 files with policies changed\n"));
}

/// Dice whose throws are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// The text with other blanks, line breaks and comments between its tokens.
fn shaken(text: &str, has_comments: bool, dice: &mut Dice) -> String {
    let mut shaken = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let comment = rest.starts_with("//").then(|| rest.find('\n').unwrap_or(rest.len()));
        let quoted = (first == '"').then(|| {
            let mut escaped = false;
            let end = rest.char_indices().skip(1).find(|(_, c)| {
                let ends = *c == '"' && !escaped;
                escaped = *c == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |(at, _)| at + 1)
        });
        let length = comment.or(quoted).unwrap_or(first.len_utf8());
        let is_gap =
            comment.is_none() && (first.is_whitespace() || matches!(first, ',' | ';' | '{' | '['));
        if !first.is_whitespace() {
            shaken.push_str(&rest[..length]);
        }
        if is_gap {
            match dice.below(if has_comments { 9 } else { 6 }) {
                0..=2 => shaken.push(' '),
                3 => shaken.push_str("   "),
                4 => shaken.push_str("\n\n\n  "),
                5 => shaken.push('\n'),
                6 => shaken.push_str(" // one\n"),
                7 => shaken.push_str("\n   // two\n"),
                _ => shaken.push_str(" /* three */ "),
            }
        } else if comment.is_some() {
            shaken.push('\n');
        }
        rest = &rest[length..];
    }
    shaken
}

/// Blocks of Rust in a page, with calls of macros.
fn blocks(page: &str) -> Vec<&str> {
    let blocks = page.split("```rust").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.filter_map(|block| block.split_once('\n')).map(|(_, block)| block).collect()
}

/// However a macro is laid out, formatting gives the same but for line breaks that are kept, keeps every
/// comment, and changes nothing when it is done again. The formatter itself compares tokens and documents.
#[test]
fn every_form_of_the_grammar_is_formatted_once() {
    let page = include_str!("../../../src/guide/language.md");
    let mut dice = Dice(2026);
    let mut count = 0;
    for block in blocks(page) {
        for turn in 0..60 {
            let text = shaken(block, turn % 3 > 0, &mut dice);
            for canonical in [false, true] {
                let how = Format { canonical, ..Format::default() };
                let once = format(&text, Form::Rust, how).unwrap();
                assert_eq!(once.left, [], "{text}");
                assert_eq!(comments(&once.text, Form::Rust), comments(&text, Form::Rust), "{text}");
                let again = format(&once.text, Form::Rust, how).unwrap();
                assert_eq!(again.text, once.text, "{text}");
                count += once.policies;
            }
        }
    }
    assert!(count > 1000, "{count}");
}

#[test]
fn official_documents_are_formatted_as_they_are() {
    let mut dice = Dice(7);
    for path in documents(&golden()) {
        let text = fs::read_to_string(&path).unwrap();
        let indent = text.lines().nth(1).map_or(2, |line| line.len() - line.trim_start().len());
        let how = Format { canonical: false, indent };
        let formatted = format(&text, Form::Json, how).unwrap();
        if text.starts_with("{\n") && formatted.edits.is_empty() {
            for _ in 0..10 {
                let shaken = shaken(&text, false, &mut dice);
                let again = format(&shaken, Form::Json, how).unwrap();
                assert_eq!(again.text.trim_end(), text.trim_end(), "{}", path.display());
            }
        }
    }
}

/// What `convert` writes is formatted.
#[test]
fn what_convert_writes_stays() {
    let text = include_str!("../generated/policies.rs");
    let formatted = format(text, Form::Rust, Format::default()).unwrap();
    assert_eq!((formatted.edits, formatted.left), (vec![], vec![]));
    assert!(formatted.policies > 10);
}
