//! What the guide shows of the command line is what a terminal shows.
//!
//! In a page, a block `json <path>` is a file, and the commands of a block `console` run in a folder with
//! the files that stand before them. `WRITE_GUIDE=1 cargo test -p ram-policy-cli --test it guide` writes
//! what is printed into the pages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::shown_files;
use assert_cmd::cargo::cargo_bin;

/// The pages with commands.
const PAGES: [&str; 5] = ["tutorial", "cookbook", "findings", "account", "resources"];

fn page(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/guide").join(format!("{name}.md"))
}

/// What a terminal shows of a command: both outputs, the second behind the first.
fn shown(line: &str, folder: &Path) -> String {
    let arguments = line.strip_prefix("ram-policy ").expect("a command of ours");
    let output = Command::new(cargo_bin("ram-policy"))
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("the binary runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    format!("{}{}", text(output.stdout), text(output.stderr))
}

/// The page with what its commands print now; a block that ends with `...` shows as many lines as before.
fn renewed(page: &str) -> String {
    let folder = shown_files();
    let mut text = String::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        text += &format!("{line}\n");
        if let Some(name) = line.strip_prefix("```json ") {
            let mut file = String::new();
            for line in lines.by_ref().take_while(|line| *line != "```") {
                file += &format!("{line}\n");
            }
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, &file).expect("a file");
            text += &format!("{file}```\n");
        } else if line == "```console" {
            let mut block = lines.by_ref().take_while(|line| *line != "```").peekable();
            while let Some(command) = block.next() {
                let command_line = command.strip_prefix("$ ").expect("a command first");
                let mut before = Vec::new();
                while let Some(line) = block.next_if(|line| !line.starts_with("$ ")) {
                    before.push(line);
                }
                let printed = shown(command_line, folder.path());
                text += &format!("{command}\n");
                if before.last() == Some(&"...") {
                    // At least three lines, so that a new block need not count them.
                    let count = before.len().saturating_sub(1).max(3);
                    printed.lines().take(count).for_each(|line| text += &format!("{line}\n"));
                    text += "...\n";
                } else {
                    text += &printed;
                }
            }
            text += "```\n";
        }
    }
    text
}

#[test]
fn what_the_guide_shows_is_printed() {
    let writes = std::env::var_os("WRITE_GUIDE").is_some();
    for name in PAGES {
        let path = page(name);
        let text = fs::read_to_string(&path).expect("a page");
        assert!(text.contains("```console"), "{name} shows no command");
        let renewed = renewed(&text);
        if writes {
            fs::write(&path, renewed).expect("it can be written");
        } else {
            let differs = text.lines().zip(renewed.lines()).find(|(old, new)| old != new);
            assert_eq!(differs, None, "{name}.md; WRITE_GUIDE=1 writes what is printed");
            assert_eq!(text.lines().count(), renewed.lines().count(), "{name}.md");
        }
    }
}
