//! The pages people read: every link leads somewhere, and no page is too long.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ram_policy_fuzzed::seeds::root;

/// What is looked at: files, and folders of them.
const PLACES: [&str; 12] = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "macros",
    "macros/read",
    "runtime/model",
    "runtime/account",
    "runtime/batch",
    "runtime/forms",
    "runtime/command-line",
    "tests/conformance",
];

/// Folders whose pages have a bounded length.
const BOUNDED: [&str; 3] = ["runtime/src/guide", "runtime/src/findings", "runtime/src/guide/zh"];

/// A page without its code.
struct Page {
    path: PathBuf,
    lines: usize,
    prose: Vec<String>,
}

fn read(path: &Path) -> Page {
    let text = fs::read_to_string(path).expect("a page");
    let mut is_code = false;
    let mut prose = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            prose.push(without_code(line));
        }
    }
    assert!(!is_code, "{}: a block of code does not end", path.display());
    Page { path: path.to_owned(), lines: text.lines().count(), prose }
}

/// A line with what stands in back quotes taken out, the quotes kept.
fn without_code(line: &str) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while let Some(begin) = rest.find('`') {
        let quotes = rest[begin..].len() - rest[begin..].trim_start_matches('`').len();
        let (before, after) = rest.split_at(begin);
        let close = "`".repeat(quotes);
        let Some(end) = after[quotes..].find(&close) else { break };
        kept.push_str(before);
        kept.push_str("``");
        rest = &after[quotes + end + quotes..];
    }
    kept + rest
}

fn pages() -> Vec<Page> {
    let mut paths = Vec::new();
    for place in PLACES {
        let place = root().join(place);
        paths.push(if place.is_dir() { place.join("README.md") } else { place });
    }
    for folder in BOUNDED {
        paths.extend(markdown(&root().join(folder)));
    }
    paths.iter().filter(|path| path.is_file()).map(|path| read(path)).collect()
}

fn markdown(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

/// The target of `[label]: target`.
fn definition(line: &str) -> Option<(&str, &str)> {
    let (label, target) = line.strip_prefix('[')?.split_once("]: ")?;
    (!label.contains(']')).then_some((label, target.trim()))
}

/// Targets in the text, and labels that are asked for.
fn links(line: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut targets, mut labels) = (Vec::new(), Vec::new());
    for (at, _) in line.match_indices(']') {
        let rest = &line[at + 1..];
        if let Some(target) = rest.strip_prefix('(').and_then(|rest| rest.split(')').next()) {
            targets.push(target);
        } else if let Some(label) = rest.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            labels.push(label);
        }
    }
    (targets, labels)
}

/// The anchors that a code host makes of the headings of a page.
fn anchors(page: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(page).expect("a page");
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let slug = |heading: &str| {
        let words = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(slug).collect()
}

/// What is wrong with a target, if something is.
fn problem(page: &Path, target: &str) -> Option<String> {
    let wrong = || Some(format!("{}: {target}", page.display()));
    if target.starts_with("https://") {
        return None;
    }
    let findings = root().join("runtime/src/findings");
    if let Some(item) = target.strip_prefix("crate::") {
        // The compiler's own check looks at the others.
        let rule = item.strip_prefix("findings::")?;
        return if findings.join(format!("{rule}.md")).is_file() { None } else { wrong() };
    }
    let folder = page.parent().expect("a folder");
    if folder == findings && findings.join(format!("{target}.md")).is_file() {
        return None;
    }
    let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
    let file = if file.is_empty() { page.to_owned() } else { folder.join(file) };
    if !file.exists() || (!anchor.is_empty() && !anchors(&file).contains(anchor)) {
        return wrong();
    }
    None
}

#[test]
fn every_link_leads_somewhere() {
    let mut problems = Vec::new();
    let mut count = 0;
    for page in pages() {
        let defined: BTreeMap<&str, &str> =
            page.prose.iter().filter_map(|line| definition(line)).collect();
        for target in defined.values() {
            problems.extend(problem(&page.path, target));
        }
        let mut used = BTreeSet::new();
        for line in page.prose.iter().filter(|line| definition(line).is_none()) {
            let (targets, labels) = links(line);
            count += targets.len() + labels.len();
            for target in targets {
                problems.extend(problem(&page.path, target));
            }
            for label in labels {
                used.insert(label);
                if !defined.contains_key(label) {
                    problems.push(format!("{}: no [{label}]", page.path.display()));
                }
            }
        }
        for label in defined.keys().filter(|label| !used.contains(**label)) {
            let is_table = page.path.ends_with("links.md");
            let alone = page
                .prose
                .iter()
                .any(|line| definition(line).is_none() && line.contains(&format!("[{label}]")));
            // Written with back quotes, which are gone.
            let is_code = label.contains('`');
            if !is_table && !alone && !is_code {
                problems.push(format!("{}: [{label}] is not used", page.path.display()));
            }
        }
    }
    assert!(count > 100, "{count} links");
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn no_page_is_too_long() {
    let mut problems = Vec::new();
    for page in pages() {
        let bounded = BOUNDED.iter().any(|folder| page.path.starts_with(root().join(folder)));
        let readme = root().join("README.md");
        let most = match () {
            () if page.path == readme => 200,
            () if bounded || page.path.ends_with("README.md") => 400,
            () => usize::MAX,
        };
        if page.lines > most {
            problems.push(format!("{}: {} lines, at most {most}", page.path.display(), page.lines));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// Words that CONTRIBUTING.md replaces by others.
const NOT_OURS: [&str; 10] = [
    "stands",
    "told",
    "tells",
    "holds",
    "held",
    "hangs",
    "carries",
    "pass over",
    "passed over",
    "way out",
];

#[test]
fn pages_use_our_words() {
    let mut problems = Vec::new();
    for page in pages() {
        let name = page.path.file_name().and_then(|name| name.to_str()).unwrap_or("");
        // These are not for users, or written by a command.
        if ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "rules.md"].contains(&name) {
            continue;
        }
        for line in page.prose.iter().filter(|line| !line.starts_with("Level: ")) {
            let words: String = line
                .chars()
                .map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' })
                .collect();
            let words = format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "));
            let found = NOT_OURS.iter().filter(|word| words.contains(&format!(" {word} ")));
            problems.extend(found.map(|word| format!("{}: {word}: {line}", page.path.display())));
        }
    }
    assert!(problems.is_empty(), "see Words in CONTRIBUTING.md:\n{}", problems.join("\n"));
}

/// In the documentation of the crate, pages lead to modules: each label of a page that leads to a page has
/// its module in `links.md`.
#[test]
fn every_label_of_a_page_has_its_module() {
    let guide = root().join("runtime/src/guide");
    let table = read(&guide.join("links.md"));
    let modules: BTreeMap<&str, &str> =
        table.prose.iter().filter_map(|line| definition(line)).collect();
    let source = fs::read_to_string(guide.join("mod.rs")).expect("the module");
    let listed = source.split("pages! {").nth(1).expect("the pages");
    let listed: BTreeSet<&str> = listed.split_whitespace().filter(|word| *word != "}").collect();
    let names: BTreeSet<String> = markdown(&guide)
        .iter()
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "links")
        .collect();
    assert_eq!(listed, names.iter().map(String::as_str).collect());

    let mut paths = markdown(&guide);
    paths.push(root().join("README.md"));
    let mut problems = Vec::new();
    for page in paths.iter().map(|path| read(path)) {
        for (label, target) in page.prose.iter().filter_map(|line| definition(line)) {
            let to = page.path.parent().expect("a folder").join(target);
            let (Some(name), Some(folder)) = (to.file_stem(), to.parent()) else { continue };
            if !target.ends_with(".md") || folder.canonicalize().ok() != guide.canonicalize().ok() {
                continue;
            }
            let expected = format!("crate::guide::{}", name.to_str().unwrap_or(""));
            if modules.get(label) != Some(&expected.as_str()) {
                problems.push(format!("{}: [{label}]", page.path.display()));
            }
        }
    }
    assert!(problems.is_empty(), "not in links.md:\n{}", problems.join("\n"));
}
