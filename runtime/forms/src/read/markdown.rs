//! Markdown: the policies in its code blocks.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use ram_policy_model::text::json::{self, TextRange};
use ram_policy_model::text::place::Text;

use crate::embedded::{Contents, Skipped, Tree, Why};
use crate::form::Form;
use crate::place::Places;

/// Reads a text in a form, as a block has it.
type Read = fn(&str, Form) -> Contents;

/// Reads every code block by its language, by the reader of its form; a block without a language counts
/// when it is JSON that reads as a policy.
pub(crate) fn read(text: &str, inner: Read) -> Contents {
    let mut contents = Contents::default();
    let mut block: Option<Block> = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        #[expect(clippy::wildcard_enum_match_arm, reason = "of Markdown only blocks of code count")]
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split([' ', ',', '{']).next().unwrap_or("").to_ascii_lowercase()
                    }
                    CodeBlockKind::Indented => String::new(),
                };
                block = Some(Block { language, text: String::new(), places: Places::default() });
            }
            Event::Text(part) => {
                if let Some(block) = &mut block {
                    block.text.push_str(&part);
                    block.places.add(part.len(), range);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some(block) = block.take() {
                    block.read(inner, &mut contents);
                }
            }
            _ => {}
        }
    }
    contents
}

/// Of a block whose language nobody said, what is no JSON is no policy: it may be a program, a shell
/// session or another form that has one in it.
fn set_aside(inside: &mut Contents) {
    let all = std::mem::take(&mut inside.policies);
    for policy in all {
        match &policy.tree {
            Tree::NotJson(error) => {
                let reason =
                    format!("a block without a language is read as JSON, and {}", error.value);
                let at = policy.places.of(error.at);
                // It keeps nobody from the policies beside it.
                let (name, why) = (policy.name, Why::Other);
                inside.skipped.push(Skipped { name, at, why, reason });
            }
            Tree::Json(_) | Tree::Yaml(_) | Tree::Typed(_) => inside.policies.push(policy),
        }
    }
}

/// What a page leaves out of a document.
const ELLIPSES: [&str; 2] = ["...", "…"];

/// Why a block of JSON shows only a part of a document, or more than JSON; nobody hands it to RAM as it
/// stands.
fn part_of_a_document(text: &str, language: &str, error: &Text<TextRange>) -> Option<&'static str> {
    let rest = text.get(error.at.start..).unwrap_or("").trim_start();
    let before = text.get(..error.at.start).unwrap_or("");
    if ELLIPSES.iter().any(|ellipsis| rest.starts_with(ellipsis)) {
        Some("the block leaves out a part of the document")
    } else if text.trim_start().starts_with('"') {
        Some("the block is a part of a document")
    } else if rest.starts_with(',') && json::read(before).is_ok() {
        Some("the block is a part of a list")
    } else if matches!(language, "jsonc" | "json5") {
        Some("the block is in a language that allows more than JSON")
    } else {
        None
    }
}

/// Sets aside what is no whole document by its own looks.
fn set_parts_aside(text: &str, language: &str, inside: &mut Contents) {
    let all = std::mem::take(&mut inside.policies);
    for policy in all {
        let part = match &policy.tree {
            Tree::NotJson(error) => part_of_a_document(text, language, error)
                .map(|reason| (policy.places.of(error.at), reason.to_owned())),
            Tree::Json(_) | Tree::Yaml(_) | Tree::Typed(_) => None,
        };
        match part {
            Some((at, reason)) => {
                let (name, why) = (policy.name, Why::Other);
                inside.skipped.push(Skipped { name, at, why, reason });
            }
            None => inside.policies.push(policy),
        }
    }
}

struct Block {
    language: String,
    text: String,
    /// One part a line, because blocks may be indented or quoted.
    places: Places,
}

impl Block {
    fn read(self, inner: Read, contents: &mut Contents) {
        let Self { language, text, places } = self;
        let inside = match language.as_str() {
            "json" | "jsonc" | "json5" | "text" | "" => {
                let mut inside = inner(&text, Form::Json);
                set_parts_aside(&text, &language, &mut inside);
                if matches!(language.as_str(), "text" | "") {
                    set_aside(&mut inside);
                }
                for policy in &mut inside.policies {
                    policy.may_be_part = true;
                }
                inside
            }
            other => match Form::of_extension(other) {
                Some(form) => inner(&text, form),
                None => return,
            },
        };
        let inside = inside.within(&places);
        contents.policies.extend(inside.policies);
        contents.skipped.extend(inside.skipped);
    }
}
