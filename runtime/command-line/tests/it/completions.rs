//! Completions, sourced by the shells that are installed.

use std::fs;
use std::process::Command;

use crate::run::run;

/// What a shell prints that has read a script and then runs these lines; `None` where the shell is not
/// installed.
fn sourced(shell: &str, script: &str, lines: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("script");
    fs::write(&file, script).unwrap();
    let lines = lines.replace("SCRIPT", file.to_str().unwrap());
    let mut command = Command::new(shell);
    match shell {
        // No configuration of the user.
        "zsh" => command.arg("-f"),
        "bash" => command.args(["--noprofile", "--norc"]),
        "pwsh" => command.arg("-NoProfile"),
        _ => command.arg("--no-config"),
    };
    let output = command.args(["-c", &lines]).output().ok()?;
    assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

fn script(shell: &str) -> String {
    let ran = run(["completions", shell]);
    assert_eq!(ran.code, Some(0), "{shell}: {ran:?}");
    ran.out
}

/// The words before the cursor, and what completes the last of them.
const ASKED: [(&[&str], &str, &[&str]); 5] = [
    (&["check", "--format"], "", &["text", "json", "sarif", "github"]),
    (&["check", "--kind"], "t", &["trust"]),
    (&["convert", "--to"], "ros", &["ros", "ros-json"]),
    (&["prove"], "--eq", &["--equivalent"]),
    (&["completions"], "fi", &["fish"]),
];

#[test]
fn bash_completes_after_a_subcommand() {
    for (words, last, expected) in ASKED {
        let before = words.join(" ");
        let previous = words.last().unwrap();
        let position = words.len() + 1;
        let lines = format!(
            "source SCRIPT\nCOMP_WORDS=(ram-policy {before} '{last}'); COMP_CWORD={position}\n\
             _ram__policy ram-policy '{last}' '{previous}'\necho \"${{COMPREPLY[*]}}\""
        );
        let Some(found) = sourced("bash", &script("bash"), &lines) else { return };
        assert_eq!(found.split_whitespace().collect::<Vec<_>>(), expected, "{words:?}");
    }
}

#[test]
fn fish_completes_after_a_subcommand() {
    // What stands alone is completed by the names of files there.
    for (words, last, expected) in ASKED.into_iter().filter(|(words, ..)| words[0] != "completions")
    {
        let line = format!("ram-policy {} {last}", words.join(" "));
        let lines = format!("source SCRIPT\ncomplete --do-complete '{line}'");
        let Some(found) = sourced("fish", &script("fish"), &lines) else { return };
        let mut found: Vec<&str> =
            found.lines().filter_map(|line| line.split('\t').next()).collect();
        let mut expected = expected.to_vec();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{words:?}");
    }
}

#[test]
fn zsh_reads_what_a_subcommand_takes() {
    // Completing needs a terminal; what the script asks of `_arguments` does not.
    let lines = "function compdef { :; }\nfunction _describe { :; }\nautoload -U is-at-least\n\
                 function _arguments {\n  print -l -- \"$@\"\n\
                 if [[ \"$*\" == *'->ram-policy'* ]]; then state=ram-policy; line=(check); fi\n\
                 return 1\n}\nsource SCRIPT\nwords=(ram-policy check)\n_ram-policy\ntrue";
    let Some(found) = sourced("zsh", &script("zsh"), lines) else { return };
    for value in ["json", "sarif", "github", "--select", "--pass-over"] {
        assert!(found.contains(value), "{value}: {found}");
    }
}

#[test]
fn powershell_completes_after_a_subcommand() {
    for (words, last, expected) in ASKED.iter().filter(|(_, last, _)| last.starts_with("--")) {
        let line = format!("ram-policy {} {last}", words.join(" "));
        let lines = format!(
            ". SCRIPT\n(TabExpansion2 '{line}' {}).CompletionMatches.CompletionText",
            line.len()
        );
        let Some(found) = sourced("pwsh", &script("powershell"), &lines) else { return };
        assert_eq!(found.split_whitespace().collect::<Vec<_>>(), *expected, "{words:?}");
    }
}
