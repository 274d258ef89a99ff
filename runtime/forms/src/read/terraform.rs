//! Terraform: the policies of the resources of the `alicloud` provider, as heredoc, as quoted text, by
//! `jsonencode`, and as blocks of `alicloud_ram_policy_document`, with what locals, variables, other
//! resources and functions say of them.
//!
//! Names of resources and arguments are those of the provider's documentation. What is only known when
//! Terraform runs (`${var.bucket}`) is not checked, and reported.

mod evaluate;
mod functions;
pub(super) mod json;
mod module;
mod node;
mod statements;
mod text;

use std::rc::Rc;

use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, TraversalOperator};
use hcl_edit::structure::{Block, Body};
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::json::{Kind, TextRange, Value, read as read_json};

use self::evaluate::{DOCUMENT, Evaluator, Scope, place, range};
use self::module::Names;
use self::node::{Is, Node, later};
use self::text::Taken;
use super::holders::{self, Keeps};
use crate::embedded::{Contents, Embedded, Skipped, Tree, Unknown};
use crate::place::Places;

pub use self::module::Module;

/// Reads a file of Terraform, with the other files of its module.
pub(crate) fn read(text: &str, module: Option<&Module>) -> Contents {
    let body = match hcl_edit::parser::parse_body(text) {
        Ok(body) => body,
        Err(error) => {
            let start = byte_of(text, error.location().line(), error.location().column());
            let reason = format!("this is not HCL: {}", error.message());
            let at = TextRange { start, end: start };
            return Contents {
                skipped: vec![Skipped::unreadable(at, reason)],
                ..Contents::default()
            };
        }
    };
    let names = Names::of(text, &body, module);
    let evaluator = Evaluator::new(&names, statements::data_source);
    let mut reader = Reader { text, evaluator, names: &names, contents: Contents::default() };
    for block in body.blocks() {
        reader.block(block);
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
    evaluator: Evaluator<'t>,
    names: &'t Names<'t>,
    contents: Contents,
}

impl Reader<'_> {
    fn block(&mut self, block: &Block) {
        let labels: Vec<&str> = block.labels.iter().map(|label| label.as_str()).collect();
        let (resource, full) = match (block.ident.as_str(), labels.as_slice()) {
            ("resource", [kind, name]) => (*kind, format!("{kind}.{name}")),
            ("data", [kind, name]) if *kind == DOCUMENT => {
                let node = statements::data_source(&self.evaluator, block, &Scope::new());
                self.tree(&format!("data.{kind}.{name}"), None, &node);
                return;
            }
            ("provider", [name]) if *name == "alicloud" => ("provider", format!("provider.{name}")),
            _ => return,
        };
        for (paths, keeps) in holders::of_terraform(resource) {
            for path in paths {
                let found = arguments(&self.evaluator, &block.body, path);
                let several = found.len() > 1;
                for (index, argument) in found.iter().enumerate() {
                    let name = if several { format!("{full}[{index}]") } else { full.clone() };
                    match (argument, keeps) {
                        (Argument::Dynamic(at, spelt), _) => self.not_known(&name, *at, spelt),
                        (Argument::Value(at, _), Keeps::Other(what)) => {
                            self.contents.skipped.push(Skipped::not_read(*at, &name, what));
                        }
                        (Argument::Value(_, expression), Keeps::Policy(kind)) => {
                            self.document(&name, expression, kind);
                        }
                    }
                }
                if !found.is_empty() {
                    break;
                }
            }
        }
        if resource == "alicloud_ram_policy" {
            self.older_form(&full, block);
        }
    }

    /// Statements as blocks or as an argument, as versions of the provider before 1.49 have them.
    fn older_form(&mut self, name: &str, block: &Block) {
        let has_blocks = block.body.blocks().any(|inner| {
            let made = inner.labels.first().map(|label| label.as_str());
            inner.ident.as_str() == "statement"
                || (inner.ident.as_str() == "dynamic" && made == Some("statement"))
        });
        if has_blocks {
            let node = statements::data_source(&self.evaluator, block, &Scope::new());
            self.tree(name, Some(PolicyKind::Identity), &node);
        }
        let Some(attribute) = block.body.get_attribute("statement") else { return };
        let list = self.evaluator.value(&attribute.value, &Scope::new());
        let at = range(attribute.key.span());
        match list.is {
            Is::List(items) => {
                let node = statements::document(at, items, None);
                self.tree(name, Some(PolicyKind::Identity), &node);
            }
            Is::Null
            | Is::Boolean(_)
            | Is::Number(_)
            | Is::Text(_)
            | Is::Encoded(_)
            | Is::Object(_)
            | Is::Unknown(_) => {
                let spelt = self.evaluator.spelt(list.at);
                self.not_known(name, list.at, &spelt);
            }
        }
    }

    fn not_known(&mut self, name: &str, at: TextRange, spelt: &str) {
        let reason =
            format!("the document of `{name}` is only known when Terraform runs (`{spelt}`)");
        self.contents.skipped.push(Skipped::not_known(at, name, reason));
    }

    /// A document as the value of an argument.
    fn document(&mut self, name: &str, expression: &Expression, kind: PolicyKind) {
        if self.is_data_source(expression) {
            // It is read where it is written.
            return;
        }
        let value = self.evaluator.value(expression, &Scope::new());
        match &value.is {
            Is::Encoded(node) => self.tree(name, Some(kind), &Rc::clone(node)),
            Is::Text(taken) => self.text_document(name, taken, kind),
            Is::Null => {}
            Is::Boolean(_) | Is::Number(_) | Is::List(_) | Is::Object(_) | Is::Unknown(_) => {
                let at = place(expression);
                let spelt = self.evaluator.spelt(at);
                self.not_known(name, at, &spelt);
            }
        }
    }

    /// Whether an expression is the document of a data source of the module, and nothing else.
    fn is_data_source(&self, expression: &Expression) -> bool {
        let Expression::Traversal(traversal) = expression else { return false };
        let Expression::Variable(root) = &traversal.expr else { return false };
        let names: Vec<Option<&str>> = traversal
            .operators
            .iter()
            .map(|operator| {
                let TraversalOperator::GetAttr(name) = operator.value() else { return None };
                Some(name.as_str())
            })
            .collect();
        match names.as_slice() {
            [Some(kind), Some(name), ..] if root.as_str() == "data" => {
                *kind == DOCUMENT && self.names.block("data", kind, name).is_some()
            }
            _ => false,
        }
    }

    /// A document that is an object.
    fn tree(&mut self, name: &str, kind: Option<PolicyKind>, node: &Node) {
        let mut unknown = Vec::new();
        let value = node.value(&mut unknown);
        let places = Places::whole(self.text.len());
        let found = Embedded::of_value(value, kind, places);
        self.contents.policies.push(Embedded { name: name.to_owned(), unknown, ..found });
    }

    /// A document that is a text.
    fn text_document(&mut self, name: &str, taken: &Taken, kind: PolicyKind) {
        let Taken { text, places, open } = taken.as_json();
        let (tree, unknown) = match read_json(&text) {
            Ok(value) => {
                let unknown = around(&value, &open);
                (Tree::Json(value), unknown)
            }
            Err(error) if open.is_empty() => (Tree::NotJson(error), Vec::new()),
            Err(error) => {
                let reason = format!(
                    "the document of `{name}` is no JSON before Terraform has filled it in: {}",
                    error.value
                );
                let at = places.of(error.at);
                self.contents.skipped.push(Skipped::not_known(at, name, reason));
                return;
            }
        };
        self.contents.policies.push(Embedded {
            name: name.to_owned(),
            kind: Some(kind),
            tree,
            may_be_part: false,
            unknown,
            places,
        });
    }
}

/// An argument that keeps a document.
enum Argument<'b> {
    /// Its place and its value.
    Value(TextRange, &'b Expression),
    /// Made by `dynamic`, over what is spelt so.
    Dynamic(TextRange, String),
}

/// The arguments at a path through blocks.
fn arguments<'b>(evaluator: &Evaluator<'_>, body: &'b Body, path: &[&str]) -> Vec<Argument<'b>> {
    match path {
        [] => Vec::new(),
        [argument] => {
            let attribute = body.get_attribute(argument);
            let value = |attribute: &'b hcl_edit::structure::Attribute| {
                Argument::Value(range(attribute.key.span()), &attribute.value)
            };
            attribute.map(value).into_iter().collect()
        }
        [block, rest @ ..] => {
            let mut found = Vec::new();
            for inner in body.blocks() {
                let made = inner.labels.first().map(|label| label.as_str());
                if inner.ident.as_str() == *block {
                    found.extend(arguments(evaluator, &inner.body, rest));
                } else if inner.ident.as_str() == "dynamic" && made == Some(block) {
                    let at = range(inner.ident.span());
                    let over = inner.body.get_attribute("for_each");
                    let over = over.map(|over| evaluator.spelt(place(&over.value)));
                    let spelt = format!("dynamic \"{block}\" over {}", over.unwrap_or_default());
                    found.push(Argument::Dynamic(at, spelt));
                }
            }
            found
        }
    }
}

/// What is not known of a document: the texts that have an open part in them.
fn around(value: &Value<TextRange>, open: &[(TextRange, String)]) -> Vec<Unknown> {
    let mut found = Vec::new();
    collect(value, open, &mut found);
    found
}

fn collect(value: &Value<TextRange>, open: &[(TextRange, String)], found: &mut Vec<Unknown>) {
    // They are in the order of the text.
    let inside = |at: TextRange| {
        let first = open.partition_point(|(open, _)| open.start < at.start);
        let behind = open.iter().skip(first);
        behind.take_while(move |(open, _)| open.end <= at.end)
    };
    let add = |at: TextRange, found: &mut Vec<Unknown>| {
        found.extend(inside(at).map(|(_, spelt)| later(at, None, spelt)));
    };
    if inside(value.at).next().is_none() {
        return;
    }
    match &value.kind {
        Kind::Array(items) => items.iter().for_each(|item| collect(item, open, found)),
        Kind::Object(members) => {
            for member in members {
                add(member.name.at, found);
                collect(&member.value, open, found);
            }
        }
        Kind::Null
        | Kind::Boolean(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Open(..)
        | Kind::Hole(_)
        | Kind::Unreadable => {
            add(value.at, found);
        }
    }
}
