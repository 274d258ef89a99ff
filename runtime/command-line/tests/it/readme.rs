//! What the README and the table of the guide show is what the commands print.

use std::path::{Path, PathBuf};

use crate::run::{command, shown_files};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What a command of a README prints on standard output.
fn printed(line: &str, folder: &Path) -> String {
    let arguments = line.strip_prefix("ram-policy ").expect("a command of ours");
    let arguments = arguments.split_whitespace().map(|word| word.trim_matches('\''));
    let output = command().current_dir(folder).args(arguments).output().expect("the binary runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The commands of `console` blocks with what is shown behind them; `...` stands for the rest.
fn shown(readme: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        match (line, inside) {
            ("```console", _) => inside = true,
            ("```", _) => inside = false,
            (line, true) => match (line.strip_prefix("$ "), found.last_mut()) {
                (Some(command), _) => found.push((command.to_owned(), String::new())),
                (None, Some((_, text))) => {
                    text.push_str(line);
                    text.push('\n');
                }
                (None, None) => panic!("nothing is run before {line}"),
            },
            _ => {}
        }
    }
    found
}

#[test]
fn what_the_readme_of_the_command_line_shows_is_printed() {
    let pages =
        ["README.md", "../src/guide/account.md", "../src/guide/logs.md", "../src/guide/proofs.md"];
    let pages = pages.map(|page| Path::new(env!("CARGO_MANIFEST_DIR")).join(page));
    let shown: Vec<(String, String)> =
        pages.iter().flat_map(|page| shown(&std::fs::read_to_string(page).unwrap())).collect();
    for subcommand in [
        "check", "eval", "account", "audit", "convert", "describe", "diff", "prove", "unused",
        "coverage", "expand", "shrink", "split", "search", "explain",
    ] {
        let start = format!("ram-policy {subcommand} ");
        let is_json =
            |command: &str| command.starts_with(&start) && command.contains("--format json");
        assert!(
            shown.iter().any(|(command, _)| is_json(command)),
            "no JSON sample of {subcommand}"
        );
    }
    let folder = shown_files();
    for (command, text) in shown {
        let printed = printed(&command, folder.path());
        match text.strip_suffix("...\n") {
            Some(start) => assert!(printed.starts_with(start), "{command}: {printed}"),
            None => assert_eq!(printed.trim_end(), text.trim_end(), "{command}"),
        }
    }
}

/// The document that the README shows is the one of its policy.
#[test]
fn the_readme_shows_the_document_of_its_policy() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let shown = readme.split("```json\n").nth(1).and_then(|rest| rest.split("```").next());
    let command = "ram-policy convert README.md --to json --select CONNECT_USER_VPC";
    assert_eq!(shown, Some(printed(command, &root()).as_str()));
}

#[test]
fn the_table_of_the_guide_is_true_and_complete() {
    let page = root().join("runtime/src/guide/command_line.md");
    let page = std::fs::read_to_string(page).unwrap();
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.contains("| `ram-policy "))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    // Two back quotes and a blank stand around what has back quotes of its own.
    let code = |cell: &&str| match cell.strip_prefix("``") {
        Some(cell) => cell.trim_end_matches("``").trim().to_owned(),
        None => cell.trim_matches('`').to_owned(),
    };
    for row in &rows {
        let [name, _, command, first] = row.as_slice() else { panic!("{row:?}") };
        let (name, command, first) = (code(name), code(command), code(first));
        assert!(command.starts_with(&format!("ram-policy {name}")), "{command}");
        let printed = printed(&command, &root());
        assert_eq!(printed.lines().next().unwrap_or(""), first, "{command}: {printed}");
    }
    let help = printed("ram-policy --help", &root());
    let names = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help");
    for name in names {
        assert!(rows.iter().any(|row| code(&row[0]) == name), "`{name}` is not in the table");
    }
}
