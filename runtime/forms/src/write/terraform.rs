//! Terraform: the data source `alicloud_ram_policy_document`, or a resource with `jsonencode`.

use std::fmt::Write as _;

use ram_policy_model::document::{Element, Statement};
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::terms::layout::Shape;
use ram_policy_model::text::json::{Kind, TextRange, Value};
use ram_policy_model::text::shown::escaped_in_quotes;

use super::named::{Named, Written, tree};
use super::words::resource_name;

/// A resource whose document stands as an object in `jsonencode`.
pub(super) fn encoded(policies: &[Named<'_>]) -> Written {
    let mut written = Written::default();
    for (index, named) in policies.iter().enumerate() {
        if index > 0 {
            written.text.push('\n');
        }
        let (label, name) = (resource_name(&named.name, "_"), resource_name(&named.name, "-"));
        let (resource, name_argument, document) = arguments(named.kind);
        let value = tree(named.document);
        let object = value.map_or_else(String::new, |value| object(&value, 1));
        let width = name_argument.len().max(document.len());
        // Writing to a text cannot fail.
        let _ = write!(
            written.text,
            "resource \"{resource}\" \"{label}\" {{\n  {name_argument:width$} = {}\n  {document:width$} = jsonencode({object})\n}}\n",
            quoted(&name),
        );
        if !named.kind.rules().is_kept {
            written
                .lost
                .push(format!("`{}` is a session policy, which no resource keeps", named.name));
        }
        written.lost.push(format!(
            "Terraform writes the members of `{}` in the order of their names",
            named.name
        ));
    }
    written
}

/// The resource that keeps a policy of a kind, its name argument and its document argument.
const fn arguments(kind: PolicyKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        PolicyKind::Identity | PolicyKind::Session => {
            ("alicloud_ram_policy", "policy_name", "policy_document")
        }
        PolicyKind::Trust => ("alicloud_ram_role", "role_name", "assume_role_policy_document"),
        PolicyKind::Control => {
            ("alicloud_resource_manager_control_policy", "control_policy_name", "policy_document")
        }
    }
}

/// Data sources, as far as they can say a policy.
///
/// # Errors
///
/// What the data source has no block for.
pub(super) fn data_source(policies: &[Named<'_>]) -> Result<Written, String> {
    let mut written = Written::default();
    for (index, named) in policies.iter().enumerate() {
        if index > 0 {
            written.text.push('\n');
        }
        let label = resource_name(&named.name, "_");
        let _ = writeln!(
            written.text,
            "data \"alicloud_ram_policy_document\" \"{label}\" {{\n  version = \"1\""
        );
        for statement in named.document.statements.iter() {
            block(named, statement, &mut written)?;
        }
        written.text.push_str("}\n");
        written.lost.push(format!(
            "the provider writes `Statement` before `Version` in `{}`, and a list of one value as that value",
            named.name
        ));
    }
    Ok(written)
}

fn block(named: &Named<'_>, statement: &Statement, written: &mut Written) -> Result<(), String> {
    let mut arguments: Vec<(&str, String)> = Vec::new();
    let mut blocks = String::new();
    for element in statement.elements.iter() {
        match element {
            Element::Effect => arguments.push(("effect", quoted(statement.effect.name()))),
            Element::Action(actions) => {
                arguments.push(("action", list(actions.items.iter().map(|item| &*item.text))));
            }
            Element::Resource(resources) => {
                arguments.push(("resource", list(resources.items.iter().map(|item| &*item.text))));
            }
            Element::NotAction(_) => {
                return Err(format!(
                    "the data source has no `NotAction`, as `{}` has; use --to terraform-jsonencode",
                    named.name
                ));
            }
            Element::Sid(sid) => written.lost.push(format!(
                "the data source has no `Sid`, that of `{}` was `{sid}`",
                named.name
            )),
            Element::Principal(principals) => {
                for principal in principals.iter() {
                    if principal.values.shape == Shape::One {
                        written.lost.push(format!(
                            "the principal of `{}` becomes a list of one",
                            named.name
                        ));
                    }
                    let values = list(principal.values.items.iter().map(|item| &**item));
                    let _ = write!(
                        blocks,
                        "    principal {{\n      entity      = {}\n      identifiers = {values}\n    }}\n",
                        quoted(principal.kind.name()),
                    );
                }
            }
            Element::Condition(conditions) => {
                for condition in conditions.iter() {
                    for key in condition.keys.iter() {
                        let values = list(key.values.items.iter().map(|item| &*item.text));
                        let _ = write!(
                            blocks,
                            "    condition {{\n      operator = {}\n      variable = {}\n      values   = {values}\n    }}\n",
                            quoted(condition.operator.name()),
                            quoted(&key.key),
                        );
                    }
                }
            }
        }
    }
    written.text.push_str("  statement {\n");
    let width = arguments.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, value) in arguments {
        let _ = writeln!(written.text, "    {name:width$} = {value}");
    }
    written.text.push_str(&blocks);
    written.text.push_str("  }\n");
    Ok(())
}

/// A list on one line, or a value a line when it is long.
fn list<'t>(values: impl Iterator<Item = &'t str>) -> String {
    let values: Vec<String> = values.map(quoted).collect();
    let line = format!("[{}]", values.join(", "));
    if line.len() <= 80 {
        return line;
    }
    let lines: Vec<String> = values.iter().map(|value| format!("      {value},\n")).collect();
    format!("[\n{}    ]", lines.concat())
}

/// A JSON value in the syntax of Terraform.
fn object(value: &Value<TextRange>, depth: usize) -> String {
    let pad = "  ".repeat(depth + 1);
    let end = "  ".repeat(depth);
    match &value.kind {
        Kind::Object(members) => {
            let lines: Vec<String> = members
                .iter()
                .map(|member| {
                    let name = &member.name.value;
                    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric())
                        && name.starts_with(|first: char| first.is_ascii_alphabetic());
                    let name = if plain { name.clone() } else { quoted(name) };
                    format!("{pad}{name} = {}\n", object(&member.value, depth + 1))
                })
                .collect();
            format!("{{\n{}{end}}}", lines.concat())
        }
        Kind::Array(items) => {
            let lines: Vec<String> =
                items.iter().map(|item| format!("{pad}{},\n", object(item, depth + 1))).collect();
            format!("[\n{}{end}]", lines.concat())
        }
        Kind::String(text) | Kind::Open(text, _) | Kind::Hole(text) => quoted(text),
        Kind::Number(number) => number.clone(),
        Kind::Boolean(boolean) => boolean.to_string(),
        Kind::Null | Kind::Unreadable => "null".into(),
    }
}

/// A text in double quotes, in which nothing is filled in.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '$' | '%' if rest.peek() == Some(&'{') => {
                quoted.push(character);
                quoted.push(character);
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    escaped_in_quotes(&quoted)
}
