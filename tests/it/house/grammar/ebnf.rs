//! A grammar as text, and whether tokens follow it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Alternatives, each with its number among all of the grammar.
type Choice = Vec<(usize, Vec<Part>)>;

#[derive(Debug, Clone)]
enum Part {
    /// Tokens as they are written.
    Written(Vec<String>),
    /// A rule or a terminal.
    Name(String),
    Optional(Choice),
    Repeated(Choice),
    Grouped(Choice),
}

/// Rules by name.
#[derive(Debug, Clone)]
pub(super) struct Grammar {
    rules: BTreeMap<String, Choice>,
    alternatives: Vec<String>,
}

/// The words of the language that are no part of a pattern.
const RESERVED: [&str; 12] = [
    "allow", "deny", "do", "on", "by", "when", "except", "unlisted", "allows", "denies", "never",
    "within",
];

/// The tokens of a grammar's text.
fn pieces(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => rest[1..].find('"').expect("a closing quote") + 2,
            _ if first.is_alphanumeric() => {
                rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            _ => first.len_utf8(),
        };
        found.push(rest[..length].to_owned());
        rest = rest[length..].trim_start();
    }
    found
}

impl Grammar {
    pub(super) fn read(text: &str) -> Self {
        let pieces = pieces(text);
        let mut grammar = Self { rules: BTreeMap::new(), alternatives: Vec::new() };
        let mut at = 0;
        while let Some(name) = pieces.get(at) {
            assert_eq!(pieces.get(at + 1).map(String::as_str), Some("="), "after {name}");
            at += 2;
            let choice = grammar.choice(name, &pieces, &mut at);
            assert_eq!(pieces.get(at).map(String::as_str), Some(";"), "after the rule {name}");
            at += 1;
            assert!(grammar.rules.insert(name.clone(), choice).is_none(), "{name} twice");
        }
        grammar
    }

    fn choice(&mut self, rule: &str, pieces: &[String], at: &mut usize) -> Choice {
        let mut choice = Vec::new();
        loop {
            let begin = *at;
            let mut parts = Vec::new();
            while let Some(piece) = pieces.get(*at) {
                let close = match piece.as_str() {
                    "|" | ";" | "]" | "}" | ")" => break,
                    "[" => "]",
                    "{" => "}",
                    "(" => ")",
                    text => {
                        *at += 1;
                        parts.push(match text.strip_prefix('"') {
                            Some(text) => Part::Written(written(text.trim_end_matches('"'))),
                            None => Part::Name(text.to_owned()),
                        });
                        continue;
                    }
                };
                *at += 1;
                let inside = self.choice(rule, pieces, at);
                assert_eq!(pieces.get(*at).map(String::as_str), Some(close), "in {rule}");
                *at += 1;
                parts.push(match close {
                    "]" => Part::Optional(inside),
                    "}" => Part::Repeated(inside),
                    _ => Part::Grouped(inside),
                });
            }
            let words = pieces.get(begin..*at).unwrap_or(&[]).join(" ");
            choice.push((self.alternatives.len(), parts));
            self.alternatives.push(format!("{rule}: {words}"));
            if pieces.get(*at).map(String::as_str) != Some("|") {
                return choice;
            }
            *at += 1;
        }
    }

    /// Every alternative as it is written, in the order of their numbers.
    pub(super) fn alternatives(&self) -> Vec<String> {
        self.alternatives.clone()
    }

    /// The grammar without one alternative.
    pub(super) fn without(&self, number: usize) -> Self {
        fn cut(choice: &Choice, number: usize) -> Choice {
            let kept = choice.iter().filter(|(other, _)| *other != number);
            kept.map(|(other, parts)| {
                let parts = parts.iter().map(|part| match part {
                    Part::Optional(inside) => Part::Optional(cut(inside, number)),
                    Part::Repeated(inside) => Part::Repeated(cut(inside, number)),
                    Part::Grouped(inside) => Part::Grouped(cut(inside, number)),
                    Part::Written(_) | Part::Name(_) => part.clone(),
                });
                (*other, parts.collect())
            })
            .collect()
        }
        let rules = self.rules.iter();
        let rules = rules.map(|(name, choice)| (name.clone(), cut(choice, number))).collect();
        Self { rules, alternatives: self.alternatives.clone() }
    }

    /// The words in quotes, without signs.
    pub(super) fn words(&self) -> BTreeSet<String> {
        let quoted = self.alternatives.iter().flat_map(|text| text.split('"').skip(1).step_by(2));
        let is_word = |text: &&str| text.bytes().all(|byte| byte.is_ascii_lowercase());
        quoted.filter(is_word).map(str::to_owned).collect()
    }

    /// Whether all of the tokens are one of a rule.
    pub(super) fn derives(&self, rule: &str, tokens: &[String]) -> bool {
        let tokens = without_last_commas(tokens);
        Walk { grammar: self, tokens: &tokens }.name(rule, 0).contains(&tokens.len())
    }
}

/// The tokens of a text in quotes.
fn written(text: &str) -> Vec<String> {
    if text.bytes().all(|byte| byte.is_ascii_punctuation()) {
        return text.chars().map(String::from).collect();
    }
    vec![text.to_owned()]
}

/// Tokens with brackets as tokens of their own.
pub(super) fn flat(stream: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for token in stream {
        let TokenTree::Group(group) = &token else {
            found.push(token.to_string());
            continue;
        };
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        found.push(open.to_owned());
        found.extend(flat(group.stream()));
        found.push(close.to_owned());
    }
    found
}

/// One comma may stand behind the last entry of a list.
fn without_last_commas(tokens: &[String]) -> Vec<String> {
    let closes = |token: Option<&String>| {
        token.is_none_or(|token| matches!(token.as_str(), ")" | "]" | "}" | ">" | ";"))
            || token.is_some_and(|token| ["on", "when", "do", "by"].contains(&token.as_str()))
    };
    let kept = tokens.iter().enumerate();
    let kept = kept.filter(|(at, token)| *token != "," || !closes(tokens.get(at + 1)));
    kept.map(|(_, token)| token.clone()).collect()
}

/// Where in the tokens something may end that begins somewhere.
struct Walk<'g> {
    grammar: &'g Grammar,
    tokens: &'g [String],
}

impl Walk<'_> {
    fn choice(&self, choice: &Choice, at: usize) -> BTreeSet<usize> {
        choice.iter().flat_map(|(_, parts)| self.sequence(parts, at)).collect()
    }

    fn sequence(&self, parts: &[Part], at: usize) -> BTreeSet<usize> {
        parts.iter().fold(BTreeSet::from([at]), |ends, part| {
            ends.into_iter().flat_map(|at| self.part(part, at)).collect()
        })
    }

    fn part(&self, part: &Part, at: usize) -> BTreeSet<usize> {
        match part {
            Part::Written(words) => {
                let is_there = self.tokens.get(at..).is_some_and(|rest| rest.starts_with(words));
                is_there.then(|| at + words.len()).into_iter().collect()
            }
            Part::Name(name) => self.name(name, at),
            Part::Grouped(choice) => self.choice(choice, at),
            Part::Optional(choice) => {
                let mut ends = self.choice(choice, at);
                ends.insert(at);
                ends
            }
            Part::Repeated(choice) => {
                let mut ends = BTreeSet::from([at]);
                let mut new = ends.clone();
                while !new.is_empty() {
                    let next: BTreeSet<usize> =
                        new.iter().flat_map(|&at| self.choice(choice, at)).collect();
                    new = next.difference(&ends).copied().collect();
                    ends.extend(&new);
                }
                ends
            }
        }
    }

    fn name(&self, name: &str, at: usize) -> BTreeSet<usize> {
        if let Some(choice) = self.grammar.rules.get(name) {
            return self.choice(choice, at);
        }
        let token = self.tokens.get(at).map_or("", String::as_str);
        let one = |is_one: bool| is_one.then_some(at + 1).into_iter().collect();
        match name {
            "NAME" => one(is_word(token)),
            "OPERATOR" => one(is_word(token) && token.starts_with(|c: char| c.is_uppercase())),
            "STRING" => one(token.starts_with('"')),
            "NUMBER" => one(token.starts_with(|c: char| c.is_ascii_digit())),
            "PATTERN" => self.pattern(at),
            "PATH" => self.path(at),
            "DOCUMENT" => self.document(at),
            _ => panic!("the grammar has no {name}"),
        }
    }

    /// Words, `*`, `?` and `-`, no two words beside each other.
    fn pattern(&self, at: usize) -> BTreeSet<usize> {
        let mut ends = BTreeSet::new();
        let mut after_word = false;
        for (end, token) in self.tokens.iter().enumerate().skip(at) {
            let is_word = is_word(token) && !RESERVED.contains(&token.as_str());
            let is_part = is_word || token.starts_with(|c: char| c.is_ascii_digit());
            let is_sign = matches!(token.as_str(), "*" | "?" | "-");
            if !is_sign && (!is_part || after_word) {
                break;
            }
            after_word = is_part;
            ends.insert(end + 1);
        }
        ends
    }

    /// Names with `::` between them.
    fn path(&self, at: usize) -> BTreeSet<usize> {
        let mut ends = BTreeSet::new();
        let mut end = at;
        while self.tokens.get(end).is_some_and(|token| is_word(token)) {
            end += 1;
            ends.insert(end);
            if self.tokens.get(end..end + 2).is_none_or(|two| two != [":", ":"]) {
                break;
            }
            end += 2;
        }
        ends
    }

    /// JSON up to the end of what is around it.
    fn document(&self, at: usize) -> BTreeSet<usize> {
        let begins = self.tokens.get(at).is_some_and(|token| token.starts_with(['"', '{']));
        let mut depth = 0;
        let mut end = at;
        while let Some(token) = self.tokens.get(end) {
            match token.as_str() {
                "{" | "[" | "(" => depth += 1,
                "}" | "]" | ")" if depth == 0 => break,
                "}" | "]" | ")" => depth -= 1,
                _ => {}
            }
            end += 1;
        }
        begins.then_some(end).into_iter().collect()
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}
