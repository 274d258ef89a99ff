//! The order of the folders of the model, and no circle of imports anywhere: what a file names of
//! its own crate is read from its text.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a panic fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The folders of `runtime/model/src` in the order in which a policy goes through them.
const FOLDERS: [&str; 14] = [
    "text",
    "terms",
    "catalogue",
    "report",
    "source",
    "check",
    "document",
    "request",
    "decide",
    "prove",
    "policy",
    "account",
    "advice",
    "claim",
];

/// An import: the file that names another one, that other, and the path as written.
type Arrow = (String, String, String);

/// The module path of each file of a crate, as `["check", "action"]`.
type Modules = BTreeMap<Vec<String>, String>;

#[test]
fn a_folder_of_the_model_imports_only_those_before_it() {
    let files = sources("runtime/model/src");
    let rank =
        |file: &str| FOLDERS.iter().position(|folder| file.split('/').next() == Some(folder));
    let mut wrong = BTreeSet::new();
    for (from, to, path) in arrows(&files) {
        // `lib.rs` names all that is public, and nothing may go through it.
        if from == "lib.rs" {
            continue;
        }
        match (rank(&from), rank(&to)) {
            (Some(own), Some(other)) if other <= own => {}
            _ => drop(wrong.insert(format!("{from} -> {to} ({path})"))),
        }
    }
    assert!(wrong.is_empty(), "{} arrows lead upwards: {wrong:#?}", wrong.len());
}

/// The first paragraph of `mod.rs` ends with "Imports ...": the folders before it, or some of them by
/// name, which are those that it does import.
#[test]
fn a_folder_of_the_model_says_what_it_imports() {
    let arrows = arrows(&sources("runtime/model/src"));
    for (own, name) in FOLDERS.into_iter().enumerate() {
        let head = head_of(&format!("runtime/model/src/{name}/mod.rs"));
        let (_, says) = head.split_once(". Imports ").expect(name);
        let mut named = says.split('`').skip(1).step_by(2);
        let folder_of = |file: &str| file.split('/').next().map(str::to_owned);
        let imported: BTreeSet<String> = arrows
            .iter()
            .filter(|(from, to, _)| folder_of(from).as_deref() == Some(name) && to != "lib.rs")
            .filter_map(|(_, to, _)| folder_of(to))
            .filter(|folder| folder != name)
            .collect();
        if says.starts_with("the folders up to ") {
            let before = own.checked_sub(1).and_then(|before| FOLDERS.get(before)).copied();
            assert_eq!(named.next(), before, "{name}: {head}");
        } else {
            let named: BTreeSet<String> = named.map(str::to_owned).collect();
            assert_eq!(named, imported, "{name}: {head}");
        }
    }
}

/// The first paragraph of the documentation of a file, on one line.
fn head_of(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    let text = fs::read_to_string(path).expect("a readable file");
    let lines = text.lines().map_while(|line| line.strip_prefix("//! "));
    lines.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_folder_of_the_model_has_its_place() {
    let folders: BTreeSet<String> = sources("runtime/model/src")
        .keys()
        .filter(|file| *file != "lib.rs")
        .filter_map(|file| file.split('/').next().map(str::to_owned))
        .collect();
    assert_eq!(folders, FOLDERS.iter().map(|&folder| folder.to_owned()).collect());
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut circles = Vec::new();
    for folder in CRATES {
        for circle in circles_of(&arrows(&sources(folder))) {
            circles.push(format!("{folder}: {}", circle.join(", ")));
        }
    }
    assert!(circles.is_empty(), "{circles:#?}");
}

/// A kind of policy is asked for its rules; who compares it with a name forgets the next kind.
#[test]
fn kinds_of_policies_are_compared_nowhere() {
    let crates = ["runtime/model/src", "runtime/generate/src", "runtime/src", "macros/src"];
    let crates = crates.into_iter().chain(CRATES).collect::<BTreeSet<&str>>();
    let mut wrong = Vec::new();
    for folder in crates {
        for (file, code) in sources(folder) {
            let tokens = tokens(&code);
            if tokens.windows(3).any(|three| matches!(three, ["=" | "!", "=", "PolicyKind"])) {
                wrong.push(format!("{folder}/{file}"));
            }
        }
    }
    assert!(wrong.is_empty(), "ask `PolicyKind::rules` in {wrong:#?}");
}

/// The checker is called by the one reader; who calls it too has steps of its own, in an order of its own.
#[test]
fn policies_have_one_door() {
    let crates = ["runtime/model/src", "runtime/src"].into_iter().chain(CRATES);
    let mut callers = Vec::new();
    for folder in crates {
        for (file, code) in sources(folder) {
            let is_own = folder == "runtime/model/src" && file.starts_with("check/");
            if !is_own && tokens(&code).windows(3).any(|three| three == ["Check", "::", "new"]) {
                callers.push(format!("{folder}/{file}"));
            }
        }
    }
    assert_eq!(callers, ["runtime/model/src/policy/reader.rs"]);
}

/// The crates without circles.
const CRATES: [&str; 5] = [
    "macros/src",
    "macros/read/src",
    "runtime/batch/src",
    "runtime/command-line/src",
    "runtime/forms/src",
];

/// The text of every file of a crate by its path, without comments and literals.
pub(crate) fn sources(folder: &str) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let mut found = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&root).expect("inside").to_str().expect("UTF-8");
                let text = fs::read_to_string(&path).expect("a readable file");
                found.insert(name.replace('\\', "/"), code_of(&text));
            }
        }
    }
    assert!(found.contains_key("lib.rs"), "{folder} has a lib.rs");
    found
}

/// The code of a source text: comments and what stands in quotes become blanks.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(hashes) = raw_hashes(rest, code.chars().last()) {
            let close = format!("\"{}", "#".repeat(hashes));
            let open = hashes + 2;
            rest[open..].find(&close).map_or(rest.len(), |end| open + end + close.len())
        } else if first == '"' {
            end_of_text(rest)
        } else if let Some(end) = character(rest) {
            end
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        code.push(' ');
        rest = &rest[end..];
    }
    code
}

/// The number of `#` before the quote of a raw text that begins here.
fn raw_hashes(rest: &str, before: Option<char>) -> Option<usize> {
    let is_inside_word = before.is_some_and(|c| c.is_alphanumeric() && c != 'b' || c == '_');
    let hashes = rest.strip_prefix('r').filter(|_| !is_inside_word)?;
    let after = hashes.trim_start_matches('#');
    after.starts_with('"').then_some(hashes.len() - after.len())
}

/// Where a text in quotes ends.
fn end_of_text(rest: &str) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Where a character in quotes ends, if one begins here and not a lifetime.
fn character(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    if inner.starts_with('\\') {
        return inner.get(2..)?.find('\'').map(|end| end + 4);
    }
    let length = inner.chars().next()?.len_utf8();
    inner.get(length..)?.starts_with('\'').then_some(length + 2)
}

/// All imports between files of a crate.
fn arrows(files: &BTreeMap<String, String>) -> Vec<Arrow> {
    let modules: Modules = files.keys().map(|file| (module_of(file), file.clone())).collect();
    let mut arrows = Vec::new();
    for (file, code) in files {
        for path in paths(code, &module_of(file), &modules) {
            let to = file_of(&path, &modules);
            if to != *file {
                arrows.push((file.clone(), to, format!("crate::{}", path.join("::"))));
            }
        }
    }
    arrows
}

fn module_of(file: &str) -> Vec<String> {
    let stem = file.trim_end_matches(".rs");
    let mut module: Vec<String> = stem.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| last == "mod" || stem == "lib") {
        module.pop();
    }
    module
}

/// The file of the innermost module of a path.
fn file_of(path: &[String], modules: &Modules) -> String {
    let found = (0..=path.len()).rev().find_map(|end| modules.get(&path[..end]));
    found.expect("every path begins in lib.rs").clone()
}

/// The paths inside the crate that a file names, from the root of the crate.
fn paths(code: &str, module: &[String], modules: &Modules) -> Vec<Vec<String>> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    // The modules that stand in the file itself, with the depth of braces at which each began.
    let mut inline: Vec<(usize, String)> = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let here: Vec<String> =
            module.iter().cloned().chain(inline.iter().map(|(_, name)| name.clone())).collect();
        match *token {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                if inline.last().is_some_and(|(began, _)| *began == depth) {
                    inline.pop();
                }
            }
            "mod" if tokens.get(at + 2) == Some(&"{") => {
                inline.push((depth, tokens[at + 1].to_owned()));
            }
            // Not the `use<..>` of a type.
            "use" if tokens.get(at + 1) != Some(&"<") => {
                at += 1;
                for path in use_tree(&tokens, &mut at, &[]) {
                    found.extend(from_root(&path, &here, modules, inline.is_empty()));
                }
                continue;
            }
            "crate" | "super" | "self"
                if tokens.get(at + 1) == Some(&"::")
                    && at.checked_sub(1).is_none_or(|before| tokens[before] != "::") =>
            {
                let mut path = vec![*token];
                while tokens.get(at + 1) == Some(&"::")
                    && tokens.get(at + 2).is_some_and(|next| is_word(next))
                {
                    path.push(tokens[at + 2]);
                    at += 2;
                }
                found.extend(from_root(&path, &here, modules, inline.is_empty()));
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Words, `::` and single signs.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while !rest.is_empty() {
        let length = match rest.find(|c: char| !c.is_alphanumeric() && c != '_') {
            Some(0) if rest.starts_with("::") => 2,
            Some(0) => rest.chars().next().map_or(1, char::len_utf8),
            Some(end) => end,
            None => rest.len(),
        };
        let (token, others) = rest.split_at(length);
        tokens.push(token);
        rest = others.trim_start();
    }
    tokens
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// The paths of a `use` from its first token on; `at` is behind it afterwards.
fn use_tree<'t>(tokens: &[&'t str], at: &mut usize, before: &[&'t str]) -> Vec<Vec<&'t str>> {
    let mut path = before.to_vec();
    while let Some(token) = tokens.get(*at) {
        *at += 1;
        match *token {
            "{" => {
                let mut found = Vec::new();
                while tokens.get(*at).is_some_and(|token| *token != "}") {
                    found.extend(use_tree(tokens, at, &path));
                    if tokens.get(*at) == Some(&",") {
                        *at += 1;
                    }
                }
                *at += 1;
                return found;
            }
            "," | "}" | ";" => {
                *at -= 1;
                break;
            }
            "::" | "*" => {}
            "as" => *at += 1,
            word => path.push(word),
        }
    }
    vec![path]
}

/// A path from the root of the crate; `None` for one of another crate.
fn from_root(
    path: &[&str],
    here: &[String],
    modules: &Modules,
    may_be_child: bool,
) -> Option<Vec<String>> {
    let mut rest = path.iter().map(|segment| (*segment).to_owned());
    let mut whole = match rest.next()?.as_str() {
        "crate" => Vec::new(),
        "self" => here.to_vec(),
        "super" => here.split_last()?.1.to_vec(),
        child => {
            let child: Vec<String> = here.iter().cloned().chain([child.to_owned()]).collect();
            if !may_be_child || !modules.contains_key(&child) {
                return None;
            }
            child
        }
    };
    for segment in rest {
        match segment.as_str() {
            "super" => drop(whole.pop()),
            "self" => {}
            _ => whole.push(segment),
        }
    }
    Some(whole)
}

/// The files that reach each other, a group for each circle.
fn circles_of(arrows: &[Arrow]) -> Vec<Vec<String>> {
    let mut reached: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, to, _) in arrows {
        reached.entry(from).or_default().insert(to);
    }
    loop {
        let mut grown = reached.clone();
        for files in grown.values_mut() {
            let further: Vec<&str> =
                files.iter().filter_map(|file| reached.get(file)).flatten().copied().collect();
            files.extend(further);
        }
        if grown == reached {
            break;
        }
        reached = grown;
    }
    let meets =
        |one: &str, other: &str| reached.get(one).is_some_and(|files| files.contains(other));
    let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
    for file in reached.keys().filter(|file| meets(file, file)) {
        let members = reached.keys().filter(|other| meets(file, other) && meets(other, file));
        circles.insert(members.map(|&member| member.to_owned()).collect());
    }
    circles.into_iter().collect()
}
