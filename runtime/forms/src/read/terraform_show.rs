//! What `terraform show -json` prints of a plan or a state, and a state file: policies by the address
//! of their resource, every value as it will be.

use ram_policy_model::text::json::{Kind, TextRange, Value};

use super::holders::{self, Held, Keeps};
use super::inner::{self, items, member, members, text};
use crate::embedded::{Contents, Skipped};

type Node = Value<TextRange>;

/// Deepest nesting of modules that is looked into.
const MAX_DEPTH: usize = 32;

/// Whether a value is a plan, a state, or a state file.
pub(super) fn is_file(value: &Node) -> bool {
    let is_shown = member(value, "format_version").is_some()
        && ["planned_values", "values", "resource_changes"]
            .into_iter()
            .any(|name| member(value, name).is_some());
    let is_state =
        member(value, "terraform_version").is_some() && member(value, "resources").is_some();
    is_shown || is_state
}

/// The policies of its resources.
pub(super) fn of_value(source: &str, value: &Node) -> Contents {
    let changes = member(value, "resource_changes").map_or(&[][..], items);
    let mut reader = Reader { source, changes, contents: Contents::default() };
    let values = member(value, "planned_values").or_else(|| member(value, "values"));
    if let Some(root) = values.and_then(|values| member(values, "root_module")) {
        reader.module(root, MAX_DEPTH);
    }
    for resource in member(value, "resources").map_or(&[][..], items) {
        reader.of_state_file(resource);
    }
    let configured = member(value, "configuration").and_then(|one| member(one, "provider_config"));
    for provider in configured.map_or(&[][..], members) {
        if let Some(expressions) = member(&provider.value, "expressions") {
            reader.provider(&provider.name.value, expressions);
        }
    }
    reader.contents
}

struct Reader<'v> {
    source: &'v str,
    changes: &'v [Node],
    contents: Contents,
}

impl Reader<'_> {
    fn module(&mut self, module: &Node, depth: usize) {
        for resource in member(module, "resources").map_or(&[][..], items) {
            let named = |name: &str| member(resource, name).and_then(text);
            // What a data source has found is read where it is used.
            let (Some(kind), Some(values)) = (named("type"), member(resource, "values")) else {
                continue;
            };
            let address = named("address").or(named("name")).unwrap_or("");
            self.of_mode(named("mode"), address, kind, values);
        }
        let Some(depth) = depth.checked_sub(1) else { return };
        for child in member(module, "child_modules").map_or(&[][..], items) {
            self.module(child, depth);
        }
    }

    /// A resource of `terraform.tfstate`.
    fn of_state_file(&mut self, resource: &Node) {
        let named = |name: &str| member(resource, name).and_then(text);
        let (Some(mode), Some(kind), Some(name)) = (named("mode"), named("type"), named("name"))
        else {
            return;
        };
        let data = if mode == "data" { "data." } else { "" };
        let full = match named("module") {
            Some(module) => format!("{module}.{data}{kind}.{name}"),
            None => format!("{data}{kind}.{name}"),
        };
        for instance in member(resource, "instances").map_or(&[][..], items) {
            let key = member(instance, "index_key").map(|key| {
                if let Kind::Number(number) = &key.kind {
                    format!("[{number}]")
                } else {
                    format!("[{}]", serde_json::Value::from(text(key).unwrap_or("")))
                }
            });
            if let Some(values) = member(instance, "attributes") {
                let address = format!("{full}{}", key.unwrap_or_default());
                self.of_mode(Some(mode), &address, kind, values);
            }
        }
    }

    /// What a resource will be, or what a data source has found.
    fn of_mode(&mut self, mode: Option<&str>, address: &str, kind: &str, values: &Node) {
        match mode {
            Some("managed") | None => self.resource(address, holders::of_terraform(kind), values),
            Some("data") => self.resource(address, holders::of_terraform_data(kind), values),
            Some(_) => {}
        }
    }

    fn resource(
        &mut self,
        address: &str,
        held: impl Iterator<Item = (&'static [&'static [&'static str]], Keeps)>,
        values: &Node,
    ) {
        for (paths, keeps) in held {
            let mut any = false;
            for path in paths {
                let mut found = Vec::new();
                find(values, path, &mut found);
                found.retain(|value| text(value).is_some_and(|text| !text.is_empty()));
                let several = found.len() > 1;
                for (index, value) in found.into_iter().enumerate() {
                    any = true;
                    let name =
                        if several { format!("{address}[{index}]") } else { address.to_owned() };
                    match keeps {
                        Keeps::Other(what) => {
                            self.contents.skipped.push(Skipped::not_read(value.at, &name, what));
                        }
                        Keeps::Policy(held) => self.document(&name, value, held),
                    }
                }
                // The provider fills in both arguments of a document.
                if any {
                    break;
                }
            }
            if !any {
                self.not_known_yet(address, paths, values);
            }
        }
    }

    fn document(&mut self, name: &str, value: &Node, held: Held) {
        let Some(document) = text(value) else { return };
        let found = inner::of_text(self.source, value.at, document, name, None);
        self.contents.policies.push(held.policy(found));
    }

    /// The policies that the provider narrows a role by.
    fn provider(&mut self, name: &str, expressions: &Node) {
        for (paths, keeps) in holders::of_terraform("provider") {
            let Keeps::Policy(held) = keeps else { continue };
            let mut found = Vec::new();
            paths.iter().for_each(|path| find(expressions, path, &mut found));
            for value in found {
                match member(value, "constant_value") {
                    Some(known) if text(known).is_some() => {
                        self.document(&format!("provider.{name}"), known, held);
                    }
                    _ => {
                        let reason = format!("the policy of `provider.{name}` is not in the plan");
                        let name = format!("provider.{name}");
                        self.contents.skipped.push(Skipped::not_known(value.at, &name, reason));
                    }
                }
            }
        }
    }

    /// Reports a document that the plan says is known only after it is applied.
    fn not_known_yet(&mut self, address: &str, paths: &[&[&str]], values: &Node) {
        let is_here = |change: &&Node| member(change, "address").and_then(text) == Some(address);
        let Some(change) = self.changes.iter().find(is_here) else { return };
        let Some(unknown) =
            member(change, "change").and_then(|change| member(change, "after_unknown"))
        else {
            return;
        };
        let is_open = paths.first().is_some_and(|path| {
            let mut found = Vec::new();
            find(unknown, path, &mut found);
            found.iter().any(|value| matches!(value.kind, Kind::Boolean(true)))
                || path
                    .first()
                    .and_then(|first| member(unknown, first))
                    .is_some_and(|value| matches!(value.kind, Kind::Boolean(true)))
        });
        if is_open {
            let reason =
                format!("the document of `{address}` is only known when the plan is applied");
            self.contents.skipped.push(Skipped::not_known(values.at, address, reason));
        }
    }
}

/// The values at a path of arguments; blocks are lists.
fn find<'v>(value: &'v Node, path: &[&str], found: &mut Vec<&'v Node>) {
    match (path.split_first(), &value.kind) {
        (None, _) => found.push(value),
        (Some(_), Kind::Array(items)) => items.iter().for_each(|item| find(item, path, found)),
        (Some((first, rest)), _) => {
            for inner in members(value).iter().filter(|inner| inner.name.value == *first) {
                find(&inner.value, rest, found);
            }
        }
    }
}
