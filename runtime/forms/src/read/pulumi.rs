//! Programs of Pulumi in YAML, and what `pulumi stack export` prints.

use ram_policy_model::text::json::{Kind, TextRange, Value, read};

use super::holders::{self, Held, Keeps};
use super::inner::{self, items, member, members, text};
use super::marked::marked;
use crate::embedded::{Contents, Embedded, Skipped, Tree, Unknown};

type Node = Value<TextRange>;

/// Whether a value is a program or an exported stack.
pub(super) fn is_file(value: &Node) -> bool {
    let is_ours = |resource: &Node| {
        member(resource, "type").and_then(text).is_some_and(|kind| kind.starts_with("alicloud:"))
    };
    let program = member(value, "resources").map_or(&[][..], members);
    program.iter().any(|resource| is_ours(&resource.value)) || exported(value).iter().any(is_ours)
}

fn exported(value: &Node) -> &[Node] {
    member(value, "deployment").and_then(|inner| member(inner, "resources")).map_or(&[], items)
}

/// The policies of its resources.
pub(super) fn of_value(source: &str, value: &Node) -> Contents {
    let mut contents = Contents::default();
    for resource in member(value, "resources").map_or(&[][..], members) {
        let properties = member(&resource.value, "properties");
        of_resource(source, &resource.name.value, &resource.value, properties, &mut contents);
    }
    for resource in exported(value) {
        let urn = member(resource, "urn").and_then(text).unwrap_or("");
        let name = urn.rsplit("::").next().unwrap_or(urn);
        let inputs = member(resource, "inputs").or(member(resource, "outputs"));
        of_resource(source, name, resource, inputs, &mut contents);
    }
    contents
}

fn of_resource(
    source: &str,
    name: &str,
    resource: &Node,
    properties: Option<&Node>,
    contents: &mut Contents,
) {
    let (Some(kind), Some(properties)) = (member(resource, "type").and_then(text), properties)
    else {
        return;
    };
    let Some(kind) = of_terraform(kind) else { return };
    of_properties(source, name, &kind, properties, "Pulumi", contents);
}

/// The policies of the properties of a resource of the provider, which are written as in Go.
pub(super) fn of_properties(
    source: &str,
    name: &str,
    resource: &str,
    properties: &Node,
    by: &str,
    contents: &mut Contents,
) {
    for (paths, keeps) in holders::of_terraform(resource) {
        for path in paths {
            let mut found = Vec::new();
            find(properties, path, &mut found);
            for value in &found {
                match keeps {
                    Keeps::Other(what) => {
                        contents.skipped.push(Skipped::not_read(value.at, name, what));
                    }
                    Keeps::Policy(held) => document(source, name, value, held, by, contents),
                }
            }
            if !found.is_empty() {
                break;
            }
        }
    }
}

/// The type of Terraform that a type of Pulumi is: `alicloud:ram/policy:Policy`.
fn of_terraform(kind: &str) -> Option<String> {
    let mut parts = kind.split(':');
    let (Some("alicloud"), Some(path), Some(name)) = (parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let (module, resource) = path.split_once('/').unwrap_or((path, name));
    Some(terraform_type(module, resource))
}

/// The type of Terraform for a module and a name in it, as other tools write them.
pub(super) fn terraform_type(module: &str, resource: &str) -> String {
    let module = match module {
        "resourcemanager" => "resource_manager",
        "cloudsso" => "cloud_sso",
        "maxcompute" => "max_compute",
        "openapi" => "open_api",
        other => other,
    };
    format!("alicloud_{module}_{}", snake(resource))
}

/// `bucketPolicy` as `bucket_policy`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

/// The values at a path of arguments of Terraform, which Pulumi writes in its own way.
fn find<'v>(value: &'v Node, path: &[&str], found: &mut Vec<&'v Node>) {
    let Some((first, rest)) = path.split_first() else {
        found.push(value);
        return;
    };
    for inner in members(value).iter().filter(|inner| snake(&inner.name.value) == *first) {
        if let Kind::Array(items) = &inner.value.kind {
            items.iter().for_each(|item| find(item, rest, found));
        } else {
            find(&inner.value, rest, found);
        }
    }
}

fn document(source: &str, name: &str, value: &Node, held: Held, by: &str, contents: &mut Contents) {
    let encoded = member(value, "fn::toJSON").or_else(|| member(value, "Fn::ToJSON"));
    if let Some(tree) = encoded {
        let mut unknown = Vec::new();
        let tree = marked(tree, by, &mut unknown);
        let found = inner::of_value(source, tree, name, None);
        contents.policies.push(held.policy(Embedded { unknown, ..found }));
        return;
    }
    match text(value) {
        Some(document) if !document.trim_start().starts_with("${") => {
            let mut found = inner::of_text(source, value.at, document, name, None);
            if let (Tree::Json(_), Ok(tree)) = (&found.tree, read(document)) {
                let mut unknown: Vec<Unknown> = Vec::new();
                marked(&tree, by, &mut unknown);
                found.unknown = unknown;
            }
            contents.policies.push(held.policy(found));
        }
        _ => {
            let reason = format!("the document of `{name}` is only known when {by} runs");
            contents.skipped.push(Skipped::not_known(value.at, name, reason));
        }
    }
}
