//! The grammar in the guide beside the parser: every example of the page follows the grammar and is
//! read, every alternative is needed by an example, every word of the parser is in the grammar, and what
//! the grammar refuses the parser refuses.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test")]

mod ebnf;

use std::collections::BTreeSet;
use std::fs;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use ram_policy_fuzzed::seeds::root;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_read::place::Place;
use ram_policy_read::tokens::Tokens;
use ram_policy_read::{input, kind, policy, role};

use ebnf::{Grammar, flat};

const PAGE: &str = include_str!("../../../runtime/src/guide/language.md");

/// The page with the examples of `resource_policy!`.
const RESOURCES: &str = include_str!("../../../runtime/src/guide/resources.md");

/// Words in quotes in the parser that are no words of the language, and why.
const OTHER_WORDS: [(&str, &str); 25] = [
    ("permit", "a slip that leads to `allow`"),
    ("grant", "a slip that leads to `allow`"),
    ("forbid", "a slip that leads to `deny`"),
    ("refuse", "a slip that leads to `deny`"),
    ("if", "a slip that leads to `when`"),
    ("where", "a slip that leads to `when`"),
    ("to", "a slip that leads to `on`"),
    ("resource", "a slip that leads to `on`"),
    ("condition", "a slip that leads to `when`"),
    ("resources", "a slip that leads to `on`"),
    ("principal", "a slip that leads to `by`"),
    ("from", "a slip that leads to `by`"),
    ("is", "a slip that leads to `==`"),
    ("eq", "a slip that leads to `==`"),
    ("equal", "a slip that leads to `==`"),
    ("equals", "a slip that leads to `==`"),
    ("ne", "a slip that leads to `!=`"),
    ("contains", "a slip that leads to `like`"),
    ("matches", "a slip that leads to `like`"),
    ("glob", "a slip that leads to `like`"),
    ("all", "a slip that leads to `*`"),
    ("any", "a slip that leads to `*`"),
    ("texts", "of a message"),
    ("numbers", "of a message"),
    ("null", "of JSON"),
];

/// Token sequences that are no policies.
const REFUSED: [&str; 31] = [
    "allow ecs::StopInstance on",
    "allow ecs: StopInstance on *",
    "allow ecs::StopInstance on i-1",
    "allow ecs::{StopInstance StartInstance} on *",
    "allow except ecs::StopInstance on *",
    "allow ecs::StopInstance on * when",
    "allow ecs::StopInstance on * when acs::SourceIp",
    "allow ecs::StopInstance on * when acs::SourceIp = \"10.0.0.1\"",
    "allow ecs::StopInstance on * when acs::SourceIp not \"10.0.0.1\"",
    "allow ecs::StopInstance on * when acs::SourceIp in [\"10.0.0.1\" \"10.0.0.2\"]",
    "allow ecs::StopInstance on * when ecs::tag[owner] == \"a\"",
    "allow ecs::StopInstance on * when acs::MFAPresent == maybe",
    "allow ecs::StopInstance on * and acs::MFAPresent == true",
    "allow every read on *",
    "allow every read of on *",
    "allow every of ecs on *",
    "allow every read of ecs even on *",
    "allow every action of ecs even inferred on *",
    "allow every read of ecs taking VPC on *",
    "include; allow ecs::StopInstance on *",
    "include { allow ecs::StopInstance on *; }; allow ecs::StopInstance on *",
    "include A(); allow ecs::StopInstance on *",
    "statements; allow ecs::StopInstance on *",
    "version; allow ecs::StopInstance on *",
    "#![forbid(star_on_star)] allow * on *",
    "#![allow()] allow * on *",
    "<a: text> allow ecs::StopInstance on *",
    "<a b> allow ecs::StopInstance on *",
    "never; allow ecs::StopInstance on *",
    "allows ecs::StopInstance; allow ecs::StopInstance on *",
    "within guardrail(); allow ecs::StopInstance on *",
];

/// An example of the page: which rule it is an example of, and its tokens.
struct Example {
    rule: &'static str,
    stream: TokenStream,
}

fn grammar() -> Grammar {
    let block = PAGE.split("```ebnf\n").nth(1).expect("a grammar");
    Grammar::read(block.split("```").next().unwrap_or(""))
}

/// The calls of our macros in the blocks of Rust that compile, or lack but a file.
fn examples() -> Vec<Example> {
    let mut found = Vec::new();
    let blocks = [PAGE, RESOURCES].into_iter().flat_map(|page| page.split("```rust").skip(1));
    for block in blocks.filter(|block| block.starts_with(['\n']) || block.starts_with(",ignore")) {
        let block = block.split_once('\n').map_or("", |(_, block)| block);
        let lines = block.split("```").next().unwrap_or("").lines();
        let code: String =
            lines.map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(line))).collect();
        calls(code.parse().expect("tokens"), &mut found);
    }
    assert!(found.len() > 10, "{} examples", found.len());
    found
}

fn calls(stream: TokenStream, found: &mut Vec<Example>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let name = at.checked_sub(2).map(|before| tokens[before].to_string());
        let is_call = at > 0 && tokens[at - 1].to_string() == "!";
        let rule = match name.as_deref() {
            Some("policy" | "trust_policy") if is_call => "policy",
            Some("resource_policy") if is_call => {
                found.push(Example { rule: "policy", stream: behind_kind(group.stream()) });
                continue;
            }
            Some("service_linked_role") if is_call => "role",
            _ => {
                calls(group.stream(), found);
                continue;
            }
        };
        found.push(Example { rule, stream: group.stream() });
    }
}

/// What follows the kind of a resource, as `bucket;`.
fn behind_kind(stream: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let mut tokens = Tokens::new(stream.clone(), Place::at(proc_macro2::Span::call_site()));
    assert!(kind::read(&mut tokens, &mut report).is_some(), "{stream}");
    stream.into_iter().skip(2).collect()
}

/// What the parser finds wrong, not counting what only the checker knows.
fn wrong(rule: &str, stream: TokenStream) -> Vec<String> {
    let mut report = Report::default();
    let at = Place::at(proc_macro2::Span::call_site());
    let mut tokens = Tokens::new(stream, at);
    if rule == "role" {
        drop(role::read(&mut tokens, &mut report));
    } else {
        let header = input::header(&mut tokens, &mut report);
        drop(policy::read(&mut tokens, &header, &mut report));
    }
    let found = report.into_diagnostics();
    found.into_iter().map(|one| format!("{}: {}", one.rule.name(), one.message)).collect()
}

#[test]
fn every_example_follows_the_grammar_and_is_read() {
    let grammar = grammar();
    for Example { rule, stream } in examples() {
        let text = stream.to_string();
        assert!(grammar.derives(rule, &flat(stream.clone())), "not of the grammar: {text}");
        assert_eq!(wrong(rule, stream), [""; 0], "{text}");
    }
}

#[test]
fn every_alternative_is_needed_by_an_example() {
    let examples: Vec<(&str, Vec<String>)> =
        examples().into_iter().map(|one| (one.rule, flat(one.stream))).collect();
    let grammar = grammar();
    let mut unused = Vec::new();
    for (index, words) in grammar.alternatives().into_iter().enumerate() {
        let without = grammar.without(index);
        if examples.iter().all(|(rule, tokens)| without.derives(rule, tokens)) {
            unused.push(words);
        }
    }
    assert!(unused.is_empty(), "no example needs {unused:#?}");
}

/// Every word in quotes of the parser that is one word of small letters.
fn words_of_the_parser() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root().join("macros/read/src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("a file");
            // Not those of its tests.
            let code = text.lines().take_while(|line| *line != "#[cfg(test)]");
            for line in code.filter(|line| !line.trim_start().starts_with("//")) {
                let quoted = line.split('"').skip(1).step_by(2);
                let is_word =
                    |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase());
                found.extend(quoted.filter(is_word).map(str::to_owned));
            }
        }
    }
    found
}

#[test]
fn every_word_of_the_parser_is_in_the_grammar() {
    let grammar = grammar();
    let words = grammar.words();
    let parsed = words_of_the_parser();
    let others: BTreeSet<String> = OTHER_WORDS.map(|(word, _)| word.to_owned()).into();
    let missing: Vec<&String> =
        parsed.difference(&words).filter(|word| !others.contains(*word)).collect();
    assert!(missing.is_empty(), "not in the grammar: {missing:?}");
    let invented: Vec<&String> = words.difference(&parsed).collect();
    assert!(invented.is_empty(), "not in the parser: {invented:?}");
    let stale: Vec<&String> = others.difference(&parsed).collect();
    assert!(stale.is_empty(), "not in the parser any more: {stale:?}");
}

#[test]
fn what_the_grammar_refuses_the_parser_refuses() {
    let grammar = grammar();
    for text in REFUSED {
        let stream: TokenStream = text.parse().expect(text);
        assert!(!grammar.derives("policy", &flat(stream.clone())), "of the grammar: {text}");
        assert_ne!(wrong("policy", stream), [""; 0], "read: {text}");
    }
}

/// The grammar and the parser agree about each example with a token taken out.
#[test]
fn they_agree_about_examples_that_lack_a_token() {
    let grammar = grammar();
    let mut disagree = Vec::new();
    let mut refused = 0;
    for Example { rule, stream } in examples() {
        // A document is JSON, which has tests of its own.
        let tokens = flat(stream.clone());
        if tokens.iter().any(|token| token == "\"Statement\"" || token == "\"Effect\"") {
            continue;
        }
        for shorter in shorter(stream) {
            let derives = grammar.derives(rule, &flat(shorter.clone()));
            let problems = wrong(rule, shorter.clone());
            refused += usize::from(!derives);
            if derives != problems.is_empty() && !is_known(&shorter, &problems) {
                disagree.push(format!("grammar {derives}: {shorter}\n  {problems:?}"));
            }
        }
    }
    assert!(refused > 100, "{refused} are refused");
    assert!(disagree.is_empty(), "{}:\n{}", disagree.len(), disagree.join("\n"));
}

/// What the parser says beyond the grammar: that a clause appears twice in a statement, which lacks a `;`
/// then, and what its rules for values and names are. Two lists in brackets are two clauses to it.
fn is_known(tokens: &TokenStream, problems: &[String]) -> bool {
    let beyond = [
        "duplicate_element",
        "missing_element",
        "operator_type",
        "wrong_version",
        "grammar: expected `;` before",
    ];
    let is_beyond = |one: &String| beyond.iter().any(|known| one.starts_with(known));
    // `!` of an attribute may be left out; operators and the paths of constants are read by others.
    let lenient = ["] [", "#[", "ForAnyValue : [", "within guardrail", "include"];
    let text = tokens.to_string();
    match problems {
        [] => lenient.iter().any(|known| text.contains(known)),
        problems => problems.iter().all(is_beyond),
    }
}

/// The stream without each of its tokens that is no bracket.
fn shorter(stream: TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let with = |inside: Option<TokenTree>| {
            let before = tokens[..at].iter().cloned();
            before.chain(inside).chain(tokens[at + 1..].iter().cloned()).collect::<TokenStream>()
        };
        match token {
            TokenTree::Group(group) if group.delimiter() != Delimiter::None => {
                for inside in shorter(group.stream()) {
                    let group = proc_macro2::Group::new(group.delimiter(), inside);
                    found.push(with(Some(group.into())));
                }
            }
            TokenTree::Group(_)
            | TokenTree::Ident(_)
            | TokenTree::Punct(_)
            | TokenTree::Literal(_) => {
                found.push(with(None));
            }
        }
    }
    found
}
