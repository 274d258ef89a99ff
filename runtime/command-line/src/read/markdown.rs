//! Markdown: the policies in its code blocks.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::{Embedded, Form, Reading, Skipped, json};
use crate::place::Places;

/// Reads every code block by its language; a block without one may be JSON.
pub(super) fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
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
                    block.read(&mut reading);
                }
            }
            _ => {}
        }
    }
    reading
}

struct Block {
    language: String,
    text: String,
    /// One part a line, because blocks may be indented or quoted.
    places: Places,
}

impl Block {
    fn read(self, reading: &mut Reading) {
        let Self { language, text, places } = self;
        let mut inside = match language.as_str() {
            "json" | "jsonc" | "json5" | "text" | "" => {
                let mut inside = json::read(&text, false);
                for policy in &mut inside.policies {
                    policy.may_be_part = true;
                }
                inside
            }
            other => match Form::of_extension(other) {
                Some(form) => super::read(&text, form, false),
                None => return,
            },
        };
        let moved = |policy: Embedded| Embedded { places: policy.places.within(&places), ..policy };
        reading.policies.extend(inside.policies.drain(..).map(moved));
        let moved = |skipped: Skipped| Skipped { at: places.of(skipped.at), ..skipped };
        reading.skipped.extend(inside.skipped.into_iter().map(moved));
    }
}
