//! The binary, run on texts.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// What a run gave.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The binary, without colour and in the folder of the test files.
pub(crate) fn command() -> Command {
    let mut command = Command::cargo_bin("ram-policy").expect("the binary is built");
    command.current_dir(files()).env("NO_COLOR", "1").env_remove("CLICOLOR_FORCE");
    command
}

/// The folder of the test files.
pub(crate) fn files() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files")
}

/// A folder of its own with the test files, and `account` of the examples: where pages run commands.
pub(crate) fn shown_files() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    copy(&files(), folder.path());
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/account");
    copy(&examples, &folder.path().join("account"));
    folder
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("files") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

/// The folder of the official documents.
pub(crate) fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden")
}

/// Every `*.json` of a folder, sorted.
pub(crate) fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    paths
}

/// Runs with these arguments.
pub(crate) fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Ran {
    ran(command().args(arguments))
}

/// Runs with these arguments and this standard input.
pub(crate) fn run_on(arguments: &[&str], input: impl Into<Vec<u8>>) -> Ran {
    ran(command().args(arguments).write_stdin(input))
}

fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("the binary runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}
