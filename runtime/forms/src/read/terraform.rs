//! Terraform: policies of `alicloud_ram_policy`, `alicloud_ram_role` and the like, as heredoc, as
//! quoted text, by `jsonencode`, and as blocks of `alicloud_ram_policy_document`.
//!
//! Names of resources and arguments are those of the `alicloud` provider's documentation. A value
//! that is only known when Terraform runs (`${var.bucket}`) is not judged.

use std::ops::Range;

use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::{Block, Body};
use hcl_edit::template::{Element, Template};
use ram_policy_model::json::{self, Kind, Member, TextRange, Value};
use ram_policy_model::lowered::PolicyKind;
use ram_policy_model::syntax::Text;

use crate::embedded::{Contents, Embedded, Skipped, Tree};
use crate::place::Places;

/// Arguments that hold a document, by resource type; those the provider has deprecated, too.
const DOCUMENTS: [(&str, &str, PolicyKind); 7] = [
    ("alicloud_ram_policy", "policy_document", PolicyKind::Identity),
    ("alicloud_ram_policy", "document", PolicyKind::Identity),
    ("alicloud_ram_role", "assume_role_policy_document", PolicyKind::Trust),
    ("alicloud_ram_role", "document", PolicyKind::Trust),
    ("alicloud_resource_manager_policy", "policy_document", PolicyKind::Identity),
    ("alicloud_resource_manager_role", "assume_role_policy_document", PolicyKind::Trust),
    ("alicloud_resource_manager_control_policy", "policy_document", PolicyKind::Control),
];

/// Reads a file of Terraform.
pub(crate) fn read(text: &str) -> Contents {
    let mut reader = Reader { text, contents: Contents::default() };
    match hcl_edit::parser::parse_body(text) {
        Ok(body) => {
            for block in body.blocks() {
                reader.block(block);
            }
        }
        Err(error) => {
            let start = byte_of(text, error.location().line(), error.location().column());
            let reason = format!("this is not HCL: {}", error.message());
            let at = TextRange { start, end: start };
            reader.contents.skipped.push(Skipped { at, reason });
        }
    }
    reader.contents
}

/// The byte of a line and a column, both from 1.
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or("");
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at)
}

struct Reader<'t> {
    text: &'t str,
    contents: Contents,
}

/// A value of a document: a text with open parts, or something of JSON.
struct Document {
    value: Value<TextRange>,
    open: Vec<TextRange>,
}

impl Reader<'_> {
    fn block(&mut self, block: &Block) {
        let labels: Vec<&str> = block.labels.iter().map(|label| label.as_str()).collect();
        let [kind, name] = labels.as_slice() else { return };
        let full = match block.ident.as_str() {
            "resource" => format!("{kind}.{name}"),
            "data" => format!("data.{kind}.{name}"),
            _ => return,
        };
        if block.ident.as_str() == "data" {
            if *kind == "alicloud_ram_policy_document" {
                self.data_source(&full, block);
            }
            return;
        }
        for (resource, argument, policy_kind) in DOCUMENTS {
            let attribute = block.body.get_attribute(argument).filter(|_| resource == *kind);
            if let Some(attribute) = attribute {
                self.document(&full, &attribute.value, policy_kind);
            }
        }
        let statements: Vec<&Block> = block.body.get_blocks("statement").collect();
        if *kind == "alicloud_ram_policy" && !statements.is_empty() {
            self.statements(&full, &statements, block, None);
        }
    }

    fn add(&mut self, name: &str, kind: Option<PolicyKind>, document: Document) {
        let Document { value, open } = document;
        let places = Places::whole(self.text.len());
        let (tree, name) = (Tree::Json(value), name.to_owned());
        self.contents.policies.push(Embedded {
            name,
            kind,
            tree,
            may_be_part: false,
            open,
            places,
        });
    }

    fn skip(&mut self, at: TextRange, reason: &str) {
        self.contents.skipped.push(Skipped { at, reason: reason.into() });
    }

    /// A document as the value of an argument.
    fn document(&mut self, name: &str, expression: &Expression, kind: PolicyKind) {
        let at = place(expression);
        match expression {
            Expression::Parenthesis(inner) => self.document(name, inner.inner(), kind),
            Expression::FuncCall(call) if call.name.name.as_str() == "jsonencode" => {
                match call.args.iter().next() {
                    Some(argument) => {
                        let mut open = Vec::new();
                        let value = self.value(argument, &mut open);
                        self.add(name, Some(kind), Document { value, open });
                    }
                    None => self.skip(at, "`jsonencode` has no argument"),
                }
            }
            Expression::HeredocTemplate(heredoc) => {
                let taken = self.taken(&heredoc.template, false);
                self.text_document(name, taken, kind);
            }
            Expression::StringTemplate(template) => {
                let taken = self.taken(template, true);
                self.text_document(name, taken, kind);
            }
            Expression::String(_) => {
                let mut taken = Taken::default();
                taken.quoted(self.text, at.start + 1..at.end.saturating_sub(1));
                self.text_document(name, taken, kind);
            }
            Expression::Traversal(_)
                if self.spelt(at).contains("alicloud_ram_policy_document.") =>
            {
                // The data source is read where it stands.
            }
            _ => {
                let reason = format!(
                    "the document of `{name}` is only known when Terraform runs (`{}`)",
                    self.spelt(at)
                );
                self.skip(at, &reason);
            }
        }
    }

    fn spelt(&self, at: TextRange) -> String {
        self.text.get(at.start..at.end).unwrap_or("").trim().to_owned()
    }

    fn text_document(&mut self, name: &str, taken: Taken, kind: PolicyKind) {
        let Taken { text, places, open } = taken;
        let tree = match json::read(&text) {
            Ok(value) => Tree::Json(value),
            Err(error) if open.is_empty() => Tree::NotJson(error),
            Err(error) => {
                let reason = format!(
                    "the document of `{name}` is no JSON before Terraform has filled it in: {}",
                    error.value
                );
                self.skip(places.of(error.at), &reason);
                return;
            }
        };
        let open = match &tree {
            Tree::Json(value) => around(value, &open),
            Tree::NotJson(_) | Tree::Typed(_) => open,
        };
        let kind = Some(kind);
        let name = name.to_owned();
        self.contents.policies.push(Embedded {
            name,
            kind,
            tree,
            may_be_part: false,
            open,
            places,
        });
    }

    /// The text of a template, with interpolations as they are spelt.
    fn taken(&self, template: &Template, quoted: bool) -> Taken {
        let mut taken = Taken::default();
        for element in template.iter() {
            let Some(span) = element.span() else { continue };
            match element {
                Element::Literal(_) if quoted => taken.quoted(self.text, span),
                Element::Literal(_) => taken.heredoc(self.text, span),
                Element::Interpolation(_) | Element::Directive(_) => taken.open(self.text, span),
            }
        }
        taken
    }

    /// A value in the syntax of Terraform as JSON.
    fn value(&mut self, expression: &Expression, open: &mut Vec<TextRange>) -> Value<TextRange> {
        let at = place(expression);
        let kind = match expression {
            Expression::Null(_) => Kind::Null,
            Expression::Bool(boolean) => Kind::Boolean(*boolean.value()),
            Expression::Number(number) => Kind::Number(number.value().to_string()),
            Expression::String(text) => Kind::String(text.value().clone()),
            Expression::Array(array) => {
                Kind::Array(array.iter().map(|item| self.value(item, open)).collect())
            }
            Expression::Object(object) => {
                let members = object.iter().map(|(key, value)| {
                    let name = match key {
                        ObjectKey::Ident(ident) => Text::new(ident.as_str().into(), key_place(key)),
                        ObjectKey::Expression(Expression::String(text)) => {
                            Text::new(text.value().clone(), key_place(key))
                        }
                        ObjectKey::Expression(other) => {
                            let at = place(other);
                            open.push(at);
                            Text::new(self.spelt(at), at)
                        }
                    };
                    Member { name, value: self.value(value.expr(), open) }
                });
                Kind::Object(members.collect())
            }
            Expression::Parenthesis(inner) => return self.value(inner.inner(), open),
            Expression::HeredocTemplate(heredoc) => {
                let taken = self.taken(&heredoc.template, false);
                if !taken.open.is_empty() {
                    open.push(at);
                }
                Kind::String(taken.text)
            }
            Expression::StringTemplate(template) => {
                open.push(at);
                Kind::String(self.taken(template, true).text)
            }
            _ => {
                open.push(at);
                Kind::String(format!("${{{}}}", self.spelt(at)))
            }
        };
        Value { at, kind }
    }

    /// `data "alicloud_ram_policy_document"`: statements as blocks.
    fn data_source(&mut self, name: &str, block: &Block) {
        let statements: Vec<&Block> = block.body.get_blocks("statement").collect();
        let version = block.body.get_attribute("version").map(|version| &version.value);
        self.statements(name, &statements, block, version);
    }

    fn statements(
        &mut self,
        name: &str,
        statements: &[&Block],
        block: &Block,
        version: Option<&Expression>,
    ) {
        let at = range(block.ident.span());
        let mut open = Vec::new();
        // The provider writes the version when the block does not.
        let version = match version {
            Some(version) => self.value(version, &mut open),
            None => text_at("1", at),
        };
        if block.body.get_blocks("dynamic").next().is_some() {
            self.skip(at, "statements made by `dynamic` are only known when Terraform runs");
        }
        let items = statements.iter().map(|block| self.statement(&block.body, &mut open));
        let items: Vec<Value<TextRange>> = items.collect();
        let list = Value { at, kind: Kind::Array(items) };
        let members = vec![named("Statement", list), named("Version", version)];
        let value = Value { at, kind: Kind::Object(members) };
        self.add(name, None, Document { value, open });
    }

    fn statement(&mut self, body: &Body, open: &mut Vec<TextRange>) -> Value<TextRange> {
        let at = range(body.iter().next().and_then(hcl_edit::Span::span));
        // In the order in which the provider writes them.
        let mut members = Vec::new();
        if body.get_attribute("effect").is_none() {
            members.push(named("Effect", text_at("Allow", at)));
        }
        for (argument, element) in
            [("effect", "Effect"), ("action", "Action"), ("resource", "Resource")]
        {
            if let Some(attribute) = body.get_attribute(argument) {
                let value = one_alone(self.value(&attribute.value, open));
                members.push(named_at(element, range(attribute.key.span()), value));
            }
        }
        for attribute in body.attributes() {
            let name = attribute.key.as_str();
            if !matches!(name, "effect" | "action" | "resource") {
                let at = range(attribute.key.span());
                members.push(named_at(name, at, self.value(&attribute.value, open)));
            }
        }
        let mut principals: Vec<Member<TextRange>> = Vec::new();
        for block in body.get_blocks("principal") {
            let entity = self.attribute(&block.body, "entity", open).and_then(text_of);
            let identifiers = block.body.get_attribute("identifiers");
            let (Some(name), Some(identifiers)) = (entity, identifiers) else {
                self.skip(range(block.ident.span()), "the principal has no entity or identifiers");
                continue;
            };
            principals.push(Member { name, value: self.value(&identifiers.value, open) });
        }
        if !principals.is_empty() {
            members.push(named("Principal", Value { at, kind: Kind::Object(principals) }));
        }
        let mut conditions: Vec<Member<TextRange>> = Vec::new();
        for block in body.get_blocks("condition") {
            let operator = self.attribute(&block.body, "operator", open).and_then(text_of);
            let key = self.attribute(&block.body, "variable", open).and_then(text_of);
            let values = self.attribute(&block.body, "values", open);
            let (Some(operator), Some(name), Some(value)) = (operator, key, values) else {
                self.skip(
                    range(block.ident.span()),
                    "the condition has no operator, variable or values",
                );
                continue;
            };
            let member = Member { name, value };
            let known = conditions.iter_mut().find(|known| known.name.value == operator.value);
            match known.map(|known| &mut known.value.kind) {
                Some(Kind::Object(keys)) => keys.push(member),
                _ => {
                    let keys = Value { at: operator.at, kind: Kind::Object(vec![member]) };
                    conditions.push(Member { name: operator, value: keys });
                }
            }
        }
        if !conditions.is_empty() {
            members.push(named("Condition", Value { at, kind: Kind::Object(conditions) }));
        }
        Value { at, kind: Kind::Object(members) }
    }

    /// The value of an argument; a list of one is written as one by the provider.
    fn attribute(
        &mut self,
        body: &Body,
        name: &str,
        open: &mut Vec<TextRange>,
    ) -> Option<Value<TextRange>> {
        body.get_attribute(name).map(|attribute| one_alone(self.value(&attribute.value, open)))
    }
}

/// The provider writes a list of one value as that value.
fn one_alone(value: Value<TextRange>) -> Value<TextRange> {
    match value.kind {
        Kind::Array(items) => match <[Value<TextRange>; 1]>::try_from(items) {
            Ok([only]) => only,
            Err(items) => Value { at: value.at, kind: Kind::Array(items) },
        },
        _ => value,
    }
}

fn text_of(value: Value<TextRange>) -> Option<Text<TextRange>> {
    match value.kind {
        Kind::String(text) => Some(Text::new(text, value.at)),
        _ => None,
    }
}

fn text_at(text: &str, at: TextRange) -> Value<TextRange> {
    Value { at, kind: Kind::String(text.into()) }
}

fn named(name: &str, value: Value<TextRange>) -> Member<TextRange> {
    named_at(name, value.at, value)
}

fn named_at(name: &str, at: TextRange, value: Value<TextRange>) -> Member<TextRange> {
    Member { name: Text::new(name.into(), at), value }
}

fn range(span: Option<Range<usize>>) -> TextRange {
    let span = span.unwrap_or(0..0);
    TextRange { start: span.start, end: span.end }
}

fn place(expression: &Expression) -> TextRange {
    range(expression.span())
}

fn key_place(key: &ObjectKey) -> TextRange {
    range(key.span())
}

/// The texts of a tree that have an open part in them.
fn around(value: &Value<TextRange>, open: &[TextRange]) -> Vec<TextRange> {
    let mut found = Vec::new();
    collect(value, open, &mut found);
    found
}

fn collect(value: &Value<TextRange>, open: &[TextRange], found: &mut Vec<TextRange>) {
    // They are in the order of the text, and none is in another.
    let holds = |at: TextRange| {
        let first = open.get(open.partition_point(|open| open.start < at.start));
        first.is_some_and(|open| open.end <= at.end)
    };
    if !holds(value.at) {
        return;
    }
    match &value.kind {
        Kind::Array(items) => items.iter().for_each(|item| collect(item, open, found)),
        Kind::Object(members) => {
            for member in members {
                if holds(member.name.at) {
                    found.push(member.name.at);
                }
                collect(&member.value, open, found);
            }
        }
        _ => found.push(value.at),
    }
}

/// A text that was taken out of a template.
#[derive(Default)]
struct Taken {
    text: String,
    places: Places,
    /// Where interpolations stand in it.
    open: Vec<TextRange>,
}

impl Taken {
    fn push(&mut self, part: &str, file: Range<usize>) {
        self.text.push_str(part);
        self.places.add(part.len(), file);
    }

    /// A part of a heredoc, which only escapes `${` and `%{`.
    fn heredoc(&mut self, source: &str, span: Range<usize>) {
        let part = source.get(span.clone()).unwrap_or("");
        let mut done = 0;
        for (at, escape) in part.match_indices("$${").chain(part.match_indices("%%{")) {
            if at >= done {
                self.push(part.get(done..at).unwrap_or(""), span.start + done..span.start + at);
                let end = at + escape.len();
                self.push(escape.get(1..).unwrap_or(""), span.start + at..span.start + end);
                done = end;
            }
        }
        self.push(part.get(done..).unwrap_or(""), span.start + done..span.end);
    }

    /// A part of a text in quotes.
    fn quoted(&mut self, source: &str, span: Range<usize>) {
        let part = source.get(span.clone()).unwrap_or("");
        let mut at = 0;
        while let Some(rest) = part.get(at..).filter(|rest| !rest.is_empty()) {
            let plain = rest.find(['\\', '$', '%']).unwrap_or(rest.len());
            if plain > 0 {
                let start = span.start + at;
                self.push(rest.get(..plain).unwrap_or(""), start..start + plain);
                at += plain;
                continue;
            }
            let (value, length) = escape(rest);
            self.push(&value, span.start + at..span.start + at + length);
            at += length;
        }
    }

    fn open(&mut self, source: &str, span: Range<usize>) {
        // Quotes, backslashes and line feeds would end the text of the document.
        let spelt: String = source
            .get(span.clone())
            .unwrap_or("")
            .chars()
            .map(|c| if matches!(c, '"' | '\\') || c.is_control() { '\'' } else { c })
            .collect();
        let start = self.text.len();
        self.push(&spelt, span);
        self.open.push(TextRange { start, end: self.text.len() });
    }
}

/// What a text that begins with `\`, `$` or `%` begins with, and how long that is written.
fn escape(text: &str) -> (String, usize) {
    let mut characters = text.chars();
    let first = characters.next().unwrap_or(' ');
    let second = characters.next();
    let code = |digits: usize| {
        let hex = text.get(2..2 + digits)?;
        let character = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)?;
        Some((character.to_string(), 2 + digits))
    };
    match (first, second) {
        ('\\', Some('n')) => ("\n".into(), 2),
        ('\\', Some('r')) => ("\r".into(), 2),
        ('\\', Some('t')) => ("\t".into(), 2),
        ('\\', Some(same @ ('"' | '\\'))) => (same.into(), 2),
        ('\\', Some('u')) => code(4).unwrap_or(("\\".into(), 1)),
        ('\\', Some('U')) => code(8).unwrap_or(("\\".into(), 1)),
        ('$', Some('$')) if text.starts_with("$${") => ("${".into(), 3),
        ('%', Some('%')) if text.starts_with("%%{") => ("%{".into(), 3),
        (other, _) => (other.into(), other.len_utf8()),
    }
}
