//! The picture of the README is what a terminal shows.
//!
//! `WRITE_PICTURE=1 cargo test -p ram-policy-cli --test it picture` draws it anew, from the colours that
//! the binary prints. In the documentation of the crate, where no file can be linked, the picture is part of
//! the link.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

const POLICY: &str = r#"{
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["ecs:DescribeInstance", "ecs:DescribeDisks"],
      "Resource": "*",
      "Condition": { "IpAddress": { "acs:SourceIP": "10.0.0.0/8" } }
    }
  ]
}
"#;

/// The width of a character and the height of a line, for letters of 14 pixels.
const CHARACTER: f64 = 8.4;
const LINE: f64 = 20.0;
const MARGIN: f64 = 16.0;

/// A text in one colour, from a column on.
#[derive(Debug, PartialEq)]
struct Run {
    column: usize,
    bold: bool,
    colour: Option<u8>,
    text: String,
}

/// The runs of a line with escape sequences for colours.
fn runs(line: &str) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    let (mut bold, mut colour, mut column) = (false, None, 0);
    for (at, part) in line.split("\u{1b}[").enumerate() {
        let text = if at == 0 {
            part
        } else {
            let (code, text) = part.split_once('m').expect("only colours");
            match code {
                "0" => (bold, colour) = (false, None),
                "1" => bold = true,
                code => colour = Some(code.parse().expect("a colour")),
            }
            text
        };
        if !text.is_empty() {
            found.push(Run { column, bold, colour, text: text.to_owned() });
            column += text.chars().count();
        }
    }
    found
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn draw(lines: &[&str]) -> String {
    let widest =
        lines.iter().flat_map(|line| runs(line)).map(|run| run.column + run.text.chars().count());
    let columns = widest.max().unwrap_or(0);
    let width = (columns as f64).mul_add(CHARACTER, 2.0 * MARGIN).ceil();
    let height = (lines.len() as f64).mul_add(LINE, 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\n\
         <title>ram-policy check reports two errors in a policy</title>\n\
         <desc>Drawn by WRITE_PICTURE=1 cargo test -p ram-policy-cli --test it picture</desc>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#16181d\"/>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"14\" fill=\"#d7dae0\" xml:space=\"preserve\">\n"
    );
    for (row, line) in lines.iter().enumerate() {
        for run in runs(line) {
            // Blanks in front need no drawing, and would be cut by some viewers.
            let text = run.text.trim_start();
            if text.is_empty() {
                continue;
            }
            let count = run.text.chars().count();
            let column = run.column + count - text.chars().count();
            let text = text.trim_end();
            let x = (column as f64).mul_add(CHARACTER, MARGIN);
            let y = (row as f64).mul_add(LINE, MARGIN + 14.0);
            let length = text.chars().count() as f64 * CHARACTER;
            let weight = if run.bold { " font-weight=\"bold\"" } else { "" };
            let fill = match run.colour {
                None => "",
                Some(91) => " fill=\"#ff7b72\"",
                Some(93) => " fill=\"#e3b341\"",
                Some(92) => " fill=\"#7ee787\"",
                Some(94) => " fill=\"#79c0ff\"",
                Some(96) => " fill=\"#76e3ea\"",
                Some(other) => panic!("the colour {other} has no drawing"),
            };
            writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\"{weight}{fill}>{}</text>",
                escaped(text)
            )
            .expect("a text");
        }
    }
    svg + "</g>\n</svg>\n"
}

/// What a terminal shows.
fn shown() -> String {
    let folder = TempDir::new().expect("a folder");
    fs::create_dir(folder.path().join("policies")).expect("a folder");
    fs::write(folder.path().join("policies/view.json"), POLICY).expect("a file");
    let output = Command::new(cargo_bin("ram-policy"))
        .args(["check", "policies/view.json", "--color", "always"])
        .current_dir(folder.path())
        .env_remove("NO_COLOR")
        .output()
        .expect("the binary runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    format!(
        "\u{1b}[92m$\u{1b}[0m ram-policy check policies/view.json\n{}{}",
        text(output.stdout),
        text(output.stderr)
    )
}

#[test]
fn the_picture_is_what_a_terminal_shows() {
    let shown = shown();
    let drawn = draw(&shown.lines().collect::<Vec<_>>());
    let linked = format!("[picture]: data:image/svg+xml,{}\n", encoded(&drawn));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/guide");
    for (name, text) in [("check.svg", drawn), ("check.link", linked)] {
        if std::env::var_os("WRITE_PICTURE").is_some() {
            fs::write(folder.join(name), text).expect("it can be written");
        } else {
            let found = fs::read_to_string(folder.join(name)).expect("the picture");
            assert!(found == text, "{name} is stale; WRITE_PICTURE=1 draws it");
        }
    }
}

/// A text as part of an address.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/:;=,'".contains(&byte);
    let parts = text.bytes().map(|byte| match byte {
        byte if plain(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    parts.collect()
}

#[test]
fn colours_are_read() {
    let run = |column, bold, colour, text: &str| Run { column, bold, colour, text: text.into() };
    assert_eq!(
        runs(" \u{1b}[1m\u{1b}[94m--> \u{1b}[0ma.json"),
        [run(0, false, None, " "), run(1, true, Some(94), "--> "), run(5, false, None, "a.json")]
    );
    assert_eq!(runs("").len(), 0);
}
