//! Reads the page of a rule, whose form is strict.

use std::fmt::Write as _;

use ram_policy::Strictness;
use ram_policy_model::report::rule::Rule;

use crate::policy::import::reading::Kind;

/// The examples of a page.
#[derive(Debug)]
pub(super) struct Page<'p> {
    pub(super) bad: Vec<Example<'p>>,
    pub(super) good: Vec<Example<'p>>,
}

/// A fenced block.
#[derive(Debug, PartialEq)]
pub(super) struct Example<'p> {
    pub(super) language: Language,
    pub(super) text: &'p str,
}

/// What a block is written in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Language {
    /// A document of this kind.
    Json(Kind),
    /// Rust that compiles.
    Rust,
    /// Rust that does not compile.
    RustThatFails,
    /// A ROS template.
    Ros,
    /// Terraform.
    Terraform,
}

impl Language {
    fn from_info(info: &str) -> Option<Self> {
        match info {
            "json" => Some(Self::Json(Kind::Identity)),
            "rust" => Some(Self::Rust),
            "yaml" => Some(Self::Ros),
            // It compiles where no file is beside the package.
            "rust,compile_fail" | "rust,ignore" => Some(Self::RustThatFails),
            "terraform" => Some(Self::Terraform),
            _ => info.strip_prefix("json ").and_then(Kind::from_name).map(Self::Json),
        }
    }
}

/// The lines every page of the rule begins with.
pub(super) fn head(rule: Rule) -> String {
    let (name, in_ram) = (rule.name(), rule.in_ram());
    let [strict, audit] = levels(rule);
    let level = if strict == audit { strict.into() } else { format!("{strict}; audit: {audit}") };
    format!("# `{name}`\n\nLevel: {level}. RAM: {in_ram}.\n\n")
}

/// The levels where policies are written, and where they are read.
fn levels(rule: Rule) -> [&'static str; 2] {
    Strictness::ALL.map(|strictness| rule.level(strictness).name())
}

/// Reads the page of a rule.
///
/// # Errors
///
/// What the page has in the wrong place.
pub(super) fn read(rule: Rule, text: &str) -> Result<Page<'_>, String> {
    let head = head(rule);
    let text = text.strip_suffix('\n').filter(|text| !text.ends_with('\n'));
    let text = text.ok_or("does not end with one line feed")?;
    let rest = text.strip_prefix(&head).ok_or_else(|| format!("does not begin with\n{head}"))?;
    let (paragraph, rest) =
        rest.split_once("\n\n## Bad\n\n").ok_or("has no `## Bad` after one paragraph")?;
    if paragraph.contains("\n\n") || paragraph.lines().any(|line| line.starts_with('#')) {
        return Err("has more than one paragraph before `## Bad`".into());
    }
    if !names_a_source(paragraph) {
        return Err("names no document in parentheses, as (RAM: Policy elements)".into());
    }
    let (bad, rest) = rest.split_once("\n\n## Good\n\n").ok_or("has no `## Good`")?;
    let (good, links) = match rest.split_once("\n\n## See also\n\n") {
        Some((good, links)) => (good, links),
        None => (rest, ""),
    };
    if links.lines().any(|line| line.starts_with('#')) {
        return Err("has a heading after `## See also`".into());
    }
    Ok(Page { bad: examples(bad)?, good: examples(good)? })
}

/// Whether a paragraph has `(<who>: <title>)`, the title of a document.
fn names_a_source(paragraph: &str) -> bool {
    paragraph.replace('\n', " ").split('(').skip(1).any(|after| {
        let inside = after.split(')').next().unwrap_or("");
        inside.split_once(": ").is_some_and(|(who, title)| {
            who.starts_with(|c: char| c.is_ascii_uppercase())
                && title.starts_with(|c: char| c.is_ascii_uppercase())
        })
    })
}

/// The blocks below a heading, each with or without a sentence before it.
fn examples(section: &str) -> Result<Vec<Example<'_>>, String> {
    let mut examples = Vec::new();
    let mut rest = section;
    while !rest.is_empty() {
        let (before, block) = match rest.strip_prefix("```") {
            Some(block) => ("", block),
            None => rest.split_once("\n\n```").ok_or("has text after the last block")?,
        };
        if before.lines().any(|line| line.is_empty() || line.starts_with(['#', '`'])) {
            return Err(format!("has more than a sentence before a block: {before}"));
        }
        let (info, block) = block.split_once('\n').ok_or("has a block without an end")?;
        let language =
            Language::from_info(info).ok_or_else(|| format!("has a block of `{info}`"))?;
        let (text, after) = block.split_once("\n```").ok_or("has a block without an end")?;
        examples.push(Example { language, text });
        rest = match after.strip_prefix("\n\n") {
            Some(rest) if !rest.is_empty() => rest,
            _ if after.is_empty() => after,
            _ => return Err(format!("has no blank line after a block: {after}")),
        };
    }
    if examples.is_empty() { Err("has no block below a heading".into()) } else { Ok(examples) }
}

/// The table of all rules, as the documentation of the module has it.
pub(super) fn table() -> String {
    let mut table = String::from(
        "<!-- Written by `WRITE_RULES=1 cargo test -p ram-policy-tests --test it findings`. -->\n\n\
         | rule | strict | audit | RAM |\n| --- | --- | --- | --- |\n",
    );
    let mut rules: Vec<Rule> = Rule::ALL.to_vec();
    rules.sort_by_key(|rule| rule.name());
    for rule in rules {
        let (name, in_ram) = (rule.name(), rule.in_ram());
        let [strict, audit] = levels(rule);
        let _ = writeln!(table, "| [`{name}`]({name}) | {strict} | {audit} | {in_ram} |");
    }
    table
}
