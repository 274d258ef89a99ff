//! Terraform: the policies of the resources of the `alicloud` provider, as heredoc, as quoted text, by
//! `jsonencode`, and as blocks of `alicloud_ram_policy_document`, with what locals, variables, other
//! resources, child modules and functions say of them.
//!
//! Names of resources and arguments are those of the provider's documentation. What is only known when
//! Terraform runs (`${var.bucket}`) is not checked, and reported.

mod evaluate;
mod folder;
mod functions;
pub(super) mod json;
mod kept;
mod module;
mod node;
mod operators;
mod references;
mod statements;
mod templates;
mod text;

use std::collections::BTreeSet;
use std::rc::Rc;

use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, TraversalOperator};
use hcl_edit::structure::{Block, Body};
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::json::{Kind, TextRange, Value, read as read_json};
use ram_policy_model::text::place::Text;

use self::evaluate::{DOCUMENT, Evaluator, Scope, place, range};
use self::module::Names;
use self::node::{Is, Node, Rest, later};
use self::references::{Inputs, Instance};
use self::text::{Open, Taken};
use super::holders::{self, Held, Keeps};
use crate::embedded::{Contents, Embedded, Skipped, Tree, Unknown, Why};
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
    let mut reader = Reader {
        evaluator,
        length: text.len(),
        prefix: String::new(),
        call: None,
        contents: Contents::default(),
    };
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

/// Reads the blocks of a module, that of the file or one that it calls.
struct Reader<'m> {
    evaluator: Evaluator<'m>,
    /// The length of the file that is read.
    length: usize,
    /// What stands before the names of resources: `module.a.`.
    prefix: String,
    /// The place of the call of a module in the file that is read: all that the module has is there.
    call: Option<TextRange>,
    contents: Contents,
}

impl Reader<'_> {
    fn block(&mut self, block: &Block) {
        let labels: Vec<&str> = block.labels.iter().map(|label| label.as_str()).collect();
        match (block.ident.as_str(), labels.as_slice()) {
            ("resource", [kind, name]) => {
                let named = format!("{}{kind}.{name}", self.prefix);
                self.instances(block, &named, |reader, name, scope| {
                    reader.resource(kind, name, block, scope);
                });
            }
            ("data", [kind, name]) if *kind == DOCUMENT => {
                let named = format!("{}data.{kind}.{name}", self.prefix);
                self.instances(block, &named, |reader, name, scope| {
                    let node = statements::data_source(&reader.evaluator, block, scope);
                    reader.tree(name, None, &node);
                });
            }
            ("provider", [name]) if *name == "alicloud" => {
                let named = format!("{}provider.{name}", self.prefix);
                self.resource("provider", &named, block, &Scope::new());
            }
            ("module", [name]) => self.module(name, block),
            _ => {}
        }
    }

    /// Reads what a block makes, each object that differs from those before it.
    fn instances(
        &mut self,
        block: &Block,
        named: &str,
        mut read: impl FnMut(&mut Self, &str, &Scope),
    ) {
        let instances = self.evaluator.instances(&block.body, &Scope::new());
        let mut seen = BTreeSet::new();
        for Instance { key, scope, is_made } in instances {
            if self.evaluator.is_exhausted() && !seen.is_empty() {
                let reason = format!("`{named}` makes more objects than are kept apart");
                self.skip(range(block.ident.span()), named, reason, Why::Other);
                return;
            }
            let before = std::mem::take(&mut self.contents);
            let known = self.evaluator.in_file(self.evaluator.file);
            if !is_made {
                self.evaluator = known.without_variables();
            }
            read(self, &format!("{named}{key}"), &scope);
            self.evaluator = known;
            let found = std::mem::replace(&mut self.contents, before);
            self.take(found, &mut seen);
        }
    }

    /// Takes what says something else than what was taken before.
    fn take(&mut self, found: Contents, seen: &mut BTreeSet<String>) {
        let Contents { policies, skipped } = found;
        let shapes: Vec<String> = policies.iter().map(Embedded::shape).collect();
        let new = policies.into_iter().zip(&shapes).filter(|(_, shape)| !seen.contains(*shape));
        self.contents.policies.extend(new.map(|(policy, _)| policy));
        seen.extend(shapes);
        for one in skipped {
            // What is not known of one object is not known of the others.
            let name = one.name.split('[').next().unwrap_or("");
            if seen.insert(format!("{:?} {:?} {name}", one.at, one.why)) {
                self.contents.skipped.push(one);
            }
        }
    }

    /// Reads the policies of a child module, with the arguments of its call.
    fn module(&mut self, name: &str, block: &Block) {
        let at = range(block.labels.first().and_then(|label| label.span()));
        let names = self.evaluator.names;
        let named = format!("{}module.{name}", self.prefix);
        let child = match names.module().and_then(|module| module.child(name)) {
            None => return,
            Some(Err(reason)) => {
                let reason = format!("`{named}` is not read: {reason}");
                self.skip(at, &named, reason, Why::Other);
                return;
            }
            Some(Ok(child)) => child,
        };
        let mut seen = BTreeSet::new();
        if names.module().is_some_and(Module::reads_all) {
            let own = Names::of_module(child, self.evaluator.next_module());
            let alone = self.of_names(&own, String::new(), at).files(child, false);
            seen.extend(alone.policies.iter().map(Embedded::shape));
        }
        for Instance { key, scope, is_made } in self.evaluator.instances(&block.body, &Scope::new())
        {
            if self.evaluator.is_exhausted() {
                let reason = format!("`{named}` is not read: there are too many values");
                self.skip(at, &named, reason, Why::Other);
                return;
            }
            let open = self.evaluator.without_variables();
            let evaluator = if is_made { &self.evaluator } else { &open };
            let inputs = Inputs { evaluator, body: &block.body, scope: &scope };
            let inner = Names::of_child(child, &inputs, self.evaluator.next_module());
            self.evaluator.count(inner.size());
            let reader = self.of_names(&inner, format!("{named}{key}."), at);
            let found = reader.files(child, true);
            self.take(found, &mut seen);
        }
    }

    /// Reads with other names what stands at the call in the file that is read.
    fn of_names<'n>(&self, names: &'n Names<'n>, prefix: String, at: TextRange) -> Reader<'n> {
        Reader {
            evaluator: self.evaluator.of_names(names),
            length: self.length,
            prefix,
            call: Some(self.call.unwrap_or(at)),
            contents: Contents::default(),
        }
    }

    /// The policies of all files of a module.
    fn files(mut self, module: &Module, calls: bool) -> Contents {
        for (file, (_, body)) in module.files().iter().enumerate() {
            self.evaluator = self.evaluator.in_file(file);
            for block in body.blocks().filter(|block| calls || block.ident.as_str() != "module") {
                self.block(block);
            }
        }
        self.contents
    }

    fn resource(&mut self, resource: &str, full: &str, block: &Block, scope: &Scope) {
        for (paths, keeps) in holders::of_terraform(resource) {
            for path in paths {
                let found = arguments(&self.evaluator, &block.body, path, scope);
                let several = found.len() > 1;
                for (index, argument) in found.iter().enumerate() {
                    let name = if several { format!("{full}[{index}]") } else { full.to_owned() };
                    match (argument, keeps) {
                        (Argument::Dynamic(rest), _) => {
                            self.not_known(&name, rest.at, &rest.spelt);
                        }
                        (Argument::Value(at, ..), Keeps::Other(what)) => {
                            let skipped = Skipped::not_read(self.placed(*at), &name, what);
                            self.contents.skipped.push(skipped);
                        }
                        (Argument::Value(_, expression, scope), Keeps::Policy(held)) => {
                            self.document(&name, expression, held, scope);
                        }
                    }
                }
                if !found.is_empty() {
                    break;
                }
            }
        }
        if resource == "alicloud_ram_policy" {
            self.older_form(full, block, scope);
        }
        if resource == "alicloud_ram_role" {
            self.older_trust(full, block, scope);
        }
    }

    /// Who is trusted as arguments, as versions of the provider before 1.49 have them.
    fn older_trust(&mut self, name: &str, block: &Block, scope: &Scope) {
        let argument = |argument: &str| Some(&block.body.get_attribute(argument)?.value);
        if ["assume_role_policy_document", "document"]
            .into_iter()
            .any(|one| argument(one).is_some())
        {
            return;
        }
        let principals = [("RAM", "ram_users"), ("Service", "services")];
        let principals = principals.into_iter().filter_map(|(kind, name)| {
            let value = self.evaluator.value(argument(name)?, scope);
            Some((Text::new(kind.to_owned(), value.at), value))
        });
        let principals: Vec<(Text<TextRange>, Node)> = principals.collect();
        if !principals.is_empty() {
            let node = statements::trusting(range(block.ident.span()), principals);
            self.tree(name, Some(Held::of(PolicyKind::Trust)), &node);
        }
    }

    /// Statements as blocks or as an argument, as versions of the provider before 1.49 have them.
    fn older_form(&mut self, name: &str, block: &Block, scope: &Scope) {
        let identity = Held::of(PolicyKind::Identity);
        let has_blocks = block.body.blocks().any(|inner| {
            let made = inner.labels.first().map(|label| label.as_str());
            inner.ident.as_str() == "statement"
                || (inner.ident.as_str() == "dynamic" && made == Some("statement"))
        });
        if has_blocks {
            let node = statements::data_source(&self.evaluator, block, scope);
            self.tree(name, Some(identity), &node);
        }
        let Some(attribute) = block.body.get_attribute("statement") else { return };
        let list = self.evaluator.value(&attribute.value, scope);
        let at = range(attribute.key.span());
        match list.is {
            Is::List(items) => {
                let node = statements::document(at, items, None);
                self.tree(name, Some(identity), &node);
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

    /// A place in the file that is read.
    fn placed(&self, at: TextRange) -> TextRange {
        self.call.unwrap_or(at)
    }

    fn skip(&mut self, at: TextRange, name: &str, reason: String, why: Why) {
        let (at, name) = (self.placed(at), name.to_owned());
        self.contents.skipped.push(Skipped { name, at, why, reason });
    }

    fn not_known(&mut self, name: &str, at: TextRange, spelt: &str) {
        let reason =
            format!("the document of `{name}` is only known when Terraform runs (`{spelt}`)");
        self.skip(at, name, reason, Why::NotKnown);
    }

    /// A document that is not given: by intent, or by who calls the module.
    fn unset(&mut self, name: &str, expression: &Expression) {
        let is_literal = matches!(expression, Expression::Null(_) | Expression::String(_));
        if self.call.is_none() && !is_literal {
            let at = place(expression);
            let spelt = self.evaluator.spelt(at);
            let reason = format!("the document of `{name}` is empty for these values (`{spelt}`)");
            self.skip(at, name, reason, Why::NotKnown);
        }
    }

    /// A document as the value of an argument.
    fn document(&mut self, name: &str, expression: &Expression, held: Held, scope: &Scope) {
        if self.is_data_source(expression) {
            // It is read where it is written.
            return;
        }
        let value = self.evaluator.value(expression, scope);
        match &value.is {
            Is::Encoded(node) => self.tree(name, Some(held), &Rc::clone(node)),
            Is::Text(taken) if taken.text.trim().is_empty() => self.unset(name, expression),
            Is::Text(taken) => self.text_document(name, taken, held),
            Is::Null => self.unset(name, expression),
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
                *kind == DOCUMENT && self.evaluator.names.block("data", kind, name).is_some()
            }
            _ => false,
        }
    }

    /// A document that is an object.
    fn tree(&mut self, name: &str, held: Option<Held>, node: &Node) {
        let as_written = match self.call {
            None => kept::of_node(node, self.evaluator.names),
            // What is written there means nothing here.
            Some(_) => None,
        };
        let moved = self.call.map(|at| node.moved(at));
        let node = moved.as_ref().unwrap_or(node);
        // The document that another one says is known only as it is used.
        if let Is::Unknown(spelt) = &node.is {
            self.not_known(name, node.at, &spelt.clone());
            return;
        }
        let mut unknown = Vec::new();
        let value = node.value(&mut unknown);
        let found = Embedded::of_value(value, None, Places::whole(self.length));
        let found = Embedded { name: name.to_owned(), unknown, kept: as_written, ..found };
        self.contents.policies.push(match held {
            Some(held) => held.policy(found),
            None => found,
        });
    }

    /// A document that is a text.
    fn text_document(&mut self, name: &str, taken: &Taken, held: Held) {
        let as_written = match self.call {
            None => kept::of_text(taken, self.evaluator.names),
            Some(_) => None,
        };
        let moved = self.call.map(|at| taken.moved(at));
        let Taken { text, places, open, .. } = moved.as_ref().unwrap_or(taken).as_json();
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
                self.skip(places.of(error.at), name, reason, Why::NotKnown);
                return;
            }
        };
        let name = name.to_owned();
        let found = Embedded { name, unknown, kept: as_written, ..Embedded::of_tree(tree, places) };
        self.contents.policies.push(held.policy(found));
    }
}

/// An argument that keeps a document.
enum Argument<'b> {
    /// Its place, its value, and what names stand for in that.
    Value(TextRange, &'b Expression, Scope),
    /// Made by `dynamic`, nobody knows how often.
    Dynamic(Rest),
}

/// The arguments at a path through blocks.
fn arguments<'b>(
    evaluator: &Evaluator<'_>,
    body: &'b Body,
    path: &[&str],
    scope: &Scope,
) -> Vec<Argument<'b>> {
    let mut found = Vec::new();
    match path {
        [] => {}
        [argument] => {
            if let Some(attribute) = body.get_attribute(argument) {
                let at = range(attribute.key.span());
                found.push(Argument::Value(at, &attribute.value, scope.clone()));
            }
        }
        [block, rest @ ..] => {
            for inner in body.blocks() {
                let made = inner.labels.first().map(|label| label.as_str());
                if inner.ident.as_str() == *block {
                    found.extend(arguments(evaluator, &inner.body, rest, scope));
                } else if inner.ident.as_str() == "dynamic" && made == Some(block) {
                    let repeated = statements::repeated(evaluator, inner, block, scope);
                    for (content, scope) in &repeated.known {
                        found.extend(arguments(evaluator, content, rest, scope));
                    }
                    found.extend(repeated.rest.into_iter().map(Argument::Dynamic));
                }
            }
        }
    }
    found
}

/// What is not known of a document: the texts that have an open part in them.
fn around(value: &Value<TextRange>, open: &[Open]) -> Vec<Unknown> {
    let mut found = Vec::new();
    collect(value, open, &mut found);
    found
}

fn collect(value: &Value<TextRange>, open: &[Open], found: &mut Vec<Unknown>) {
    // They are in the order of the text.
    let inside = |at: TextRange| {
        let first = open.partition_point(|open| open.at.start < at.start);
        let behind = open.iter().skip(first);
        behind.take_while(move |open| open.at.end <= at.end)
    };
    let add = |at: TextRange, found: &mut Vec<Unknown>| {
        found.extend(inside(at).map(|open| later(at, None, &open.spelt)));
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
