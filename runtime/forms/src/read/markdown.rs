//! Markdown: the policies in its code blocks.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::embedded::Contents;
use crate::form::Form;
use crate::place::Places;

/// Reads a text in a form, as a block has it.
type Read = fn(&str, Form) -> Contents;

/// Reads every code block by its language, by the reader of its form; a block without a language may
/// be JSON.
pub(crate) fn read(text: &str, inner: Read) -> Contents {
    let mut contents = Contents::default();
    let mut block: Option<Block> = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
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
