//! Terraform in JSON (`*.tf.json`, `cdk.tf.json`): the same resources as in HCL; texts are templates.

use hcl_edit::structure::Body;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::json::{self, Kind, Member, TextRange, Value};

use super::evaluate::{DOCUMENT, Evaluator, Scope};
use super::module::Names;
use super::node::{Is, Items, Members, Node, Rest};
use super::text::Taken;
use super::{around, statements};
use crate::embedded::{Contents, Embedded, Skipped, Tree};
use crate::place::Places;
use crate::read::holders::{self, Keeps};
use crate::read::inner::{self, member, members};

type Data = Value<TextRange>;

/// Whether a value is such a file, with resources of the provider.
pub(in crate::read) fn is_file(value: &Data) -> bool {
    let is_ours = |block: &&Member<TextRange>| block.name.value.starts_with("alicloud_");
    ["resource", "data"].into_iter().filter_map(|what| member(value, what)).any(|blocks| {
        each(blocks).iter().any(|inner| members(inner).iter().any(|one| is_ours(&one)))
    }) || member(value, "provider").is_some_and(|one| member(one, "alicloud").is_some())
}

/// The policies of its resources.
pub(in crate::read) fn of_value(source: &str, value: &Data) -> Contents {
    let mut reader = Reader { source, contents: Contents::default() };
    for (kind, name, block) in blocks(value, "resource") {
        reader.resource(&format!("{kind}.{name}"), kind, block);
    }
    for (kind, name, block) in blocks(value, "data").filter(|(kind, ..)| *kind == DOCUMENT) {
        if let Some(list) = member(block, "statement") {
            let name = format!("data.{kind}.{name}");
            reader.statements(&name, block.at, list, member(block, "version"), None);
        }
    }
    let provider = member(value, "provider").and_then(|provider| member(provider, "alicloud"));
    for block in provider.map(each).into_iter().flatten() {
        reader.resource("provider.alicloud", "provider", block);
    }
    reader.contents
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

/// Type, name and body of blocks.
fn blocks<'v>(value: &'v Data, what: &str) -> impl Iterator<Item = (&'v str, &'v str, &'v Data)> {
    let by_type = member(value, what).map(each).into_iter().flatten().flat_map(members);
    by_type.flat_map(|kind| {
        let named = each(&kind.value).iter().flat_map(members);
        named.flat_map(move |named| {
            let bodies = each(&named.value).iter();
            bodies.map(move |body| (&*kind.name.value, &*named.name.value, body))
        })
    })
}

struct Reader<'t> {
    source: &'t str,
    contents: Contents,
}

impl Reader<'_> {
    fn resource(&mut self, name: &str, kind: &str, block: &Data) {
        for (paths, keeps) in holders::of_terraform(kind) {
            for path in paths {
                let mut found = Vec::new();
                find(block, path, &mut found);
                for value in &found {
                    match keeps {
                        Keeps::Other(what) => {
                            self.contents.skipped.push(Skipped::not_read(value.at, name, what));
                        }
                        Keeps::Policy(kind) => self.document(name, value, kind),
                    }
                }
                if !found.is_empty() {
                    break;
                }
            }
        }
        if kind == "alicloud_ram_policy"
            && let Some(list) = member(block, "statement")
        {
            self.statements(name, block.at, list, None, Some(PolicyKind::Identity));
        }
    }

    fn statements(
        &mut self,
        name: &str,
        at: TextRange,
        list: &Data,
        version: Option<&Data>,
        kind: Option<PolicyKind>,
    ) {
        let known = each(list).iter().map(|item| self.node(item)).collect();
        let items = Items { known, rest: Vec::new() };
        let version = version.map(|version| self.node(version));
        let node = statements::document(at, items, version);
        self.tree(name, kind, &node);
    }

    fn document(&mut self, name: &str, value: &Data, kind: PolicyKind) {
        let node = self.node(value);
        match &node.is {
            Is::Encoded(inner) => self.tree(name, Some(kind), inner),
            Is::Text(taken) => self.text_document(name, value, taken, kind),
            Is::Unknown(spelt) if spelt.contains(DOCUMENT) => {
                // The data source is read where it is written, if it is.
                let reason = format!("the document of `{name}` is that of `{spelt}`");
                self.contents.skipped.push(Skipped::not_known(value.at, name, reason));
            }
            Is::Null => {}
            Is::Boolean(_) | Is::Number(_) | Is::List(_) | Is::Object(_) | Is::Unknown(_) => {
                let reason = format!("the document of `{name}` is only known when Terraform runs");
                self.contents.skipped.push(Skipped::not_known(value.at, name, reason));
            }
        }
    }

    fn text_document(&mut self, name: &str, value: &Data, taken: &Taken, kind: PolicyKind) {
        let Taken { text, places, open } = taken.as_json();
        match json::read(&text) {
            Ok(tree) => {
                let unknown = around(&tree, &open);
                let found = Embedded::of_value(tree, Some(kind), places);
                let found = Embedded { name: name.to_owned(), unknown, ..found };
                self.contents.policies.push(found);
            }
            Err(_) if !open.is_empty() => {
                let reason = format!("the document of `{name}` is only known when Terraform runs");
                self.contents.skipped.push(Skipped::not_known(value.at, name, reason));
            }
            Err(error) => self.contents.policies.push(Embedded {
                name: name.to_owned(),
                kind: Some(kind),
                tree: Tree::NotJson(error),
                may_be_part: false,
                unknown: Vec::new(),
                places,
            }),
        }
    }

    fn tree(&mut self, name: &str, kind: Option<PolicyKind>, node: &Node) {
        let mut unknown = Vec::new();
        let value = node.value(&mut unknown);
        let found = Embedded::of_value(value, kind, Places::whole(self.source.len()));
        self.contents.policies.push(Embedded { name: name.to_owned(), unknown, ..found });
    }

    /// A value of the file; its texts are templates.
    fn node(&self, value: &Data) -> Node {
        let at = value.at;
        let is = match &value.kind {
            Kind::Null | Kind::Unreadable => Is::Null,
            Kind::Open(spelt, _) | Kind::Hole(spelt) => Is::Unknown(spelt.clone()),
            Kind::Boolean(boolean) => Is::Boolean(*boolean),
            Kind::Number(number) => Is::Number(number.clone()),
            Kind::String(text) => return template(self.source, at, text),
            Kind::Array(items) => {
                let known = items.iter().map(|item| self.node(item)).collect();
                Is::List(Items { known, rest: Vec::new() })
            }
            Kind::Object(members) => {
                let mut found = Members::default();
                for Member { name, value } in members {
                    if name.value.contains("${") || name.value == "dynamic" {
                        let spelt = name.value.clone();
                        found.rest.push(Rest { at: name.at, spelt });
                    } else {
                        found.known.push((name.clone(), self.node(value)));
                    }
                }
                Is::Object(found)
            }
        };
        Node { at, is }
    }
}

/// The values at a path of arguments.
fn find<'v>(value: &'v Data, path: &[&str], found: &mut Vec<&'v Data>) {
    let Some((first, rest)) = path.split_first() else {
        found.push(value);
        return;
    };
    for block in each(value) {
        if let Some(inner) = member(block, first) {
            if rest.is_empty() {
                found.push(inner);
            } else {
                each(inner).iter().for_each(|item| find(item, rest, found));
            }
        }
    }
}

/// A text with `${...}` in it.
fn template(source: &str, at: TextRange, text: &str) -> Node {
    let file = at.start..at.end;
    let mut taken = Taken::default();
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(index) = rest.find(['$', '%']) {
        let (before, from) = rest.split_at(index);
        parts.push((before, None));
        if let Some(after) = from.strip_prefix("$${").or_else(|| from.strip_prefix("%%{")) {
            parts.push((from.get(1..3).unwrap_or(""), None));
            rest = after;
        } else if from.starts_with("${") || from.starts_with("%{") {
            let end = closing(from);
            let inside = from.get(2..end.saturating_sub(1)).unwrap_or("");
            if from.starts_with("${") && text.len() == end {
                // One value alone is that value.
                return expression(inside, at);
            }
            parts.push(("", Some(inside)));
            rest = from.get(end..).unwrap_or("");
        } else {
            parts.push((from.get(..1).unwrap_or(""), None));
            rest = from.get(1..).unwrap_or("");
        }
    }
    parts.push((rest, None));
    if parts.iter().all(|(_, inside)| inside.is_none()) && !text.contains("${") {
        let places = inner::places(source, at, text);
        for run in places.runs() {
            taken.push(text.get(run.text.clone()).unwrap_or(""), run.file.clone());
        }
        return Node { at, is: Is::Text(taken) };
    }
    for (literal, inside) in parts {
        taken.push(literal, file.clone());
        if let Some(inside) = inside {
            match expression(inside, at).is {
                Is::Text(text) => taken.append(&text),
                Is::Encoded(inner) => taken.append(&inner.encoded()),
                Is::Null
                | Is::Boolean(_)
                | Is::Number(_)
                | Is::List(_)
                | Is::Object(_)
                | Is::Unknown(_) => taken.unknown(inside, file.clone()),
            }
        }
    }
    Node { at, is: Is::Text(taken) }
}

/// The end of a `${...}` that a text begins with.
fn closing(text: &str) -> usize {
    let (mut depth, mut in_text, mut escaped) = (0usize, false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if in_text => escaped = true,
            '"' => in_text = !in_text,
            '{' if !in_text => depth += 1,
            '}' if !in_text => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// The value of an expression that is written in a text.
fn expression(written: &str, at: TextRange) -> Node {
    let Ok(parsed) = hcl_edit::parser::parse_expr(written) else {
        return Node::unknown(at, written);
    };
    let nothing = Body::new();
    let names = Names::of(written, &nothing, None);
    Evaluator::new(&names, statements::data_source).value(&parsed, &Scope::new()).moved(at)
}
