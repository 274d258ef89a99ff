//! Terraform in JSON (`*.tf.json`, `cdk.tf.json`): written as HCL, with the place of every part, and read
//! as that. Texts are templates.

use ram_policy_model::text::json::{Kind, Member, TextRange, Value};

use crate::place::Places;
use crate::read::inner::{self, member, members, text};

type Data = Value<TextRange>;

/// Deepest nesting that is written.
const MAX_DEPTH: usize = 64;

/// Whether a value is such a file, with resources of the provider.
pub(in crate::read) fn is_file(value: &Data) -> bool {
    let is_ours = |block: &&Member<TextRange>| block.name.value.starts_with("alicloud_");
    ["resource", "data"].into_iter().filter_map(|what| member(value, what)).any(|blocks| {
        each(blocks).iter().any(|inner| members(inner).iter().any(|one| is_ours(&one)))
    }) || member(value, "provider").is_some_and(|one| member(one, "alicloud").is_some())
}

/// A file in HCL, and where its parts are written in JSON.
#[derive(Default)]
pub(in crate::read) struct AsHcl {
    pub(in crate::read) text: String,
    pub(in crate::read) places: Places,
}

/// The file in HCL.
pub(in crate::read) fn as_hcl(source: &str, value: &Data) -> AsHcl {
    let mut writer = Writer { source, hcl: AsHcl::default() };
    for Member { name, value } in members(value) {
        match &*name.value {
            "resource" | "data" => {
                for kind in each(value).iter().flat_map(members) {
                    for named in each(&kind.value).iter().flat_map(members) {
                        let labels = [&*kind.name.value, &*named.name.value];
                        writer.blocks(&name.value, &labels, &named.value, MAX_DEPTH);
                    }
                }
            }
            "variable" | "output" | "module" | "provider" => {
                for named in each(value).iter().flat_map(members) {
                    writer.blocks(&name.value, &[&named.name.value], &named.value, MAX_DEPTH);
                }
            }
            "locals" => writer.blocks("locals", &[], value, MAX_DEPTH),
            _ => {}
        }
    }
    writer.hcl
}

/// A list of objects, or one alone.
fn each(value: &Data) -> &[Data] {
    match &value.kind {
        Kind::Array(items) => items,
        Kind::Object(_)
        | Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Open(..)
        | Kind::Hole(_)
        | Kind::Unreadable => std::slice::from_ref(value),
    }
}

/// Whether members of this name are blocks, as far as they matter for policies.
fn is_block(name: &str, value: &Data) -> bool {
    let known = [
        "statement",
        "principal",
        "condition",
        "permission_policies",
        "assume_role",
        "assume_role_with_oidc",
        "content",
    ];
    let is_object = |one: &Data| matches!(one.kind, Kind::Object(_));
    known.contains(&name) && each(value).iter().all(is_object)
}

fn is_name(name: &str) -> bool {
    let is_inside = |one: char| one.is_ascii_alphanumeric() || matches!(one, '_' | '-');
    name.starts_with(|one: char| one.is_ascii_alphabetic() || one == '_')
        && name.chars().all(is_inside)
}

struct Writer<'t> {
    source: &'t str,
    hcl: AsHcl,
}

impl Writer<'_> {
    fn push(&mut self, text: &str, at: TextRange) {
        self.hcl.text.push_str(text);
        self.hcl.places.add(text.len(), at.start..at.end);
    }

    fn blocks(&mut self, what: &str, labels: &[&str], value: &Data, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        for body in each(value) {
            let Kind::Object(members) = &body.kind else { continue };
            let at = TextRange { start: body.at.start, end: body.at.start + 1 };
            self.push(what, at);
            for label in labels {
                self.push(" ", at);
                self.text(&escaped(label), at);
            }
            self.push(" {\n", at);
            members.iter().for_each(|member| self.member(what, member, depth));
            self.push("}\n", at);
        }
    }

    fn member(&mut self, what: &str, member: &Member<TextRange>, depth: usize) {
        let (name, at) = (&*member.name.value, member.name.at);
        if name == "dynamic" && what != "locals" {
            for made in each(&member.value).iter().flat_map(members) {
                self.blocks("dynamic", &[&made.name.value], &made.value, depth);
            }
        } else if what != "locals" && is_block(name, &member.value) {
            self.blocks(name, &[], &member.value, depth);
        } else if is_name(name) {
            self.push(name, at);
            self.push(" = ", at);
            match text(&member.value) {
                // A type, or the name of an iterator, is written as a text.
                Some(written) if is_written_bare(what, name, written) => {
                    self.push(written, member.value.at);
                }
                _ => self.expression(&member.value, depth),
            }
            self.push("\n", at);
        }
    }

    fn expression(&mut self, value: &Data, depth: usize) {
        let at = value.at;
        let ends = |at: TextRange| TextRange { start: at.start, end: (at.start + 1).min(at.end) };
        match (&value.kind, depth.checked_sub(1)) {
            (_, None) | (Kind::Null | Kind::Unreadable, _) => self.push("null", at),
            (Kind::Boolean(boolean), _) => self.push(&boolean.to_string(), at),
            (Kind::Number(number), _) => self.push(number, at),
            (Kind::String(text), _) => self.template(text, at),
            (Kind::Open(text, _) | Kind::Hole(text), _) => self.text(&escaped(text), at),
            (Kind::Array(items), Some(depth)) => {
                self.push("[", ends(at));
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        self.push(", ", ends(item.at));
                    }
                    self.expression(item, depth);
                }
                self.push("]", at);
            }
            (Kind::Object(members), Some(depth)) => {
                self.push("{ ", ends(at));
                for (index, Member { name, value }) in members.iter().enumerate() {
                    if index > 0 {
                        self.push(", ", name.at);
                    }
                    self.template(&name.value, name.at);
                    self.push(" = ", name.at);
                    self.expression(value, depth);
                }
                self.push(" }", at);
            }
        }
    }

    /// A text in quotes that is escaped already.
    fn text(&mut self, escaped: &str, at: TextRange) {
        self.push(&format!("\"{escaped}\""), at);
    }

    /// A template as a text in quotes: what stands outside of its expressions is escaped.
    fn template(&mut self, text: &str, at: TextRange) {
        let Ok(template) = hcl_edit::parser::parse_template(text) else {
            let literal = escaped(text).replace("${", "$${").replace("%{", "%%{");
            self.text(&literal, at);
            return;
        };
        let places = inner::places(self.source, at, text);
        self.push("\"", TextRange { start: at.start, end: (at.start + 1).min(at.end) });
        for element in template.iter() {
            let Some(span) = hcl_edit::Span::span(element) else { continue };
            let is_literal = element.is_literal();
            let runs = places.runs().iter();
            let runs = runs.skip(places.runs().partition_point(|run| run.text.end <= span.start));
            for run in runs.take_while(|run| run.text.start < span.end) {
                let (start, end) = (run.text.start.max(span.start), run.text.end.min(span.end));
                let part = text.get(start..end).unwrap_or("");
                if is_literal {
                    self.literal(part, start, &places);
                } else {
                    let line = part.replace(['\n', '\r'], " ");
                    self.push(&line, places.of(TextRange { start, end }));
                }
            }
        }
        self.push("\"", TextRange { start: at.end.saturating_sub(1).max(at.start), end: at.end });
    }

    /// A part of a text that begins at `start` of it, escaped.
    fn literal(&mut self, part: &str, start: usize, places: &Places) {
        let mut done = 0;
        for (at, character) in part.char_indices().filter(|(_, one)| is_escaped(*one)) {
            let end = at + character.len_utf8();
            self.verbatim(part.get(done..at).unwrap_or(""), start + done, places);
            let place = places.of(TextRange { start: start + at, end: start + end });
            self.push(&escape(character), place);
            done = end;
        }
        self.verbatim(part.get(done..).unwrap_or(""), start + done, places);
    }

    fn verbatim(&mut self, part: &str, start: usize, places: &Places) {
        if !part.is_empty() {
            self.push(part, places.of(TextRange { start, end: start + part.len() }));
        }
    }
}

/// Whether a text is no template, but what stands in HCL without quotes.
fn is_written_bare(what: &str, name: &str, written: &str) -> bool {
    match (what, name) {
        ("variable", "type") => hcl_edit::parser::parse_expr(written).is_ok(),
        ("dynamic", "iterator") => is_name(written),
        _ => false,
    }
}

const fn is_escaped(character: char) -> bool {
    matches!(character, '"' | '\\') || character.is_ascii_control()
}

fn escape(character: char) -> String {
    match character {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        other => format!("\\u{:04x}", u32::from(other)),
    }
}

fn escaped(text: &str) -> String {
    let one = |one: char| if is_escaped(one) { escape(one) } else { one.to_string() };
    text.chars().map(one).collect()
}
