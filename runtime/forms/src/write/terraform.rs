//! Terraform: the data source `alicloud_ram_policy_document`, or a resource with `jsonencode`.
//!
//! The text is put together here, not by the encoder of hcl-edit: that writes what a tree is decorated
//! with and nothing else, an object as `{ a = 1\nb = 2 }` and `=` without a column. Every line break,
//! blank and comma of the form of `terraform fmt` would be a decoration that is computed here in any
//! case. What is written is read again by the parser of hcl-edit in tests.

use std::fmt::Write as _;

use ram_policy_model::terms::kind::{PolicyKind, ResourceKind};
use ram_policy_model::text::hole::TextHole;
use ram_policy_model::text::json::{Kind, Member, TextRange, Value};
use ram_policy_model::text::place::Text;
use ram_policy_model::text::shown::escaped_in_quotes;

use super::named::{Named, Written};
use super::words::resource_name;
use crate::embedded::Language;

/// A resource whose document stands as an object in `jsonencode`.
pub(super) fn encoded(policies: &[Named<'_>]) -> Result<Written, String> {
    let mut written = Written::default();
    for (index, named) in policies.iter().enumerate() {
        if index > 0 {
            written.text.push('\n');
        }
        let (label, name) = (resource_name(&named.name, "_"), resource_name(&named.name, "-"));
        let Resource { resource, name_argument, scope, document } = kept_by(named)?;
        let object = object(&named.tree(Language::Terraform)?, 1);
        let width = name_argument.len().max(document.len());
        // Writing to a text cannot fail.
        let _ = write!(
            written.text,
            "resource \"{resource}\" \"{label}\" {{\n  {name_argument:width$} = {}\n",
            quoted(&name),
        );
        if let Some((argument, value)) = scope {
            let _ = writeln!(written.text, "  {argument:width$} = {}", quoted(value));
        }
        let _ = write!(written.text, "  {document:width$} = jsonencode({object})\n}}\n");
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
    Ok(written)
}

/// The resource that keeps a policy, and its arguments.
struct Resource {
    resource: &'static str,
    name_argument: &'static str,
    /// What else it asks for.
    scope: Option<(&'static str, &'static str)>,
    document: &'static str,
}

/// The resource that keeps a policy.
fn kept_by(named: &Named<'_>) -> Result<Resource, String> {
    let nothing = || {
        let kind = named.kind.rules().name;
        format!(
            "`{}` is {kind}, and no resource of Terraform has no more than it and a name; write it as JSON",
            named.name
        )
    };
    resource(named.kind).ok_or_else(nothing)
}

/// The resource that keeps a policy of a kind; `None` where there is none, or one that asks for more
/// than the policy and a name.
const fn resource(kind: PolicyKind) -> Option<Resource> {
    Some(match kind {
        PolicyKind::Identity | PolicyKind::Session => Resource {
            resource: "alicloud_ram_policy",
            name_argument: "policy_name",
            scope: None,
            document: "policy_document",
        },
        PolicyKind::Trust => Resource {
            resource: "alicloud_ram_role",
            name_argument: "role_name",
            scope: None,
            document: "assume_role_policy_document",
        },
        PolicyKind::Control => Resource {
            resource: "alicloud_resource_manager_control_policy",
            name_argument: "control_policy_name",
            scope: Some(("effect_scope", "RAM")),
            document: "policy_document",
        },
        PolicyKind::Resource(ResourceKind::Bucket) => Resource {
            resource: "alicloud_oss_bucket_policy",
            name_argument: "bucket",
            scope: None,
            document: "policy",
        },
        PolicyKind::Resource(ResourceKind::Key) => Resource {
            resource: "alicloud_kms_key",
            name_argument: "description",
            scope: None,
            document: "policy",
        },
        PolicyKind::Resource(ResourceKind::Project) => Resource {
            resource: "alicloud_log_project",
            name_argument: "project_name",
            scope: None,
            document: "policy",
        },
        PolicyKind::Inline
        | PolicyKind::Resource(
            ResourceKind::AccessPoint
            | ResourceKind::ObjectProcess
            | ResourceKind::Endpoint
            | ResourceKind::Secret
            | ResourceKind::Instance,
        ) => return None,
    })
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
        let tree = named.tree(Language::Terraform)?;
        let statements = Members::of(named, &tree, "the document")?.get("Statement");
        match statements.map(|statements| (&statements.kind, statements)) {
            Some((Kind::Array(items), _)) => {
                for statement in items {
                    block(named, statement, &mut written)?;
                }
            }
            Some((_, one)) => block(named, one, &mut written)?,
            None => {}
        }
        written.text.push_str("}\n");
        written.lost.push(format!(
            "the provider writes `Statement` before `Version` in `{}`, and a list of one value as that value",
            named.name
        ));
    }
    Ok(written)
}

/// The members of an object, each of which has a name that is known.
struct Members<'v>(&'v [Member<TextRange>]);

impl<'v> Members<'v> {
    fn of(named: &Named<'_>, value: &'v Value<TextRange>, what: &str) -> Result<Self, String> {
        match &value.kind {
            Kind::Object(members) => Ok(Self(members)),
            Kind::Hole(expression) => Err(format!(
                "the data source has no place for `{expression}`, which is {what} of `{}`; use --to terraform-jsonencode",
                named.name
            )),
            Kind::String(_)
            | Kind::Number(_)
            | Kind::Boolean(_)
            | Kind::Null
            | Kind::Array(_)
            | Kind::Open(..)
            | Kind::Unreadable => Err(format!("{what} of `{}` is no object", named.name)),
        }
    }

    fn get(&self, name: &str) -> Option<&'v Value<TextRange>> {
        self.0.iter().find(|member| member.name.value == name).map(|member| &member.value)
    }
}

fn block(
    named: &Named<'_>,
    statement: &Value<TextRange>,
    written: &mut Written,
) -> Result<(), String> {
    let mut arguments: Vec<(&str, String)> = Vec::new();
    let mut blocks = String::new();
    for Member { name, value } in Members::of(named, statement, "a statement")?.0 {
        match &*name.value {
            "Effect" => arguments.push(("effect", scalar(value))),
            "Action" => arguments.push(("action", list(named, value))),
            "Resource" => arguments.push(("resource", list(named, value))),
            "NotAction" => {
                return Err(format!(
                    "the data source has no `NotAction`, as `{}` has; use --to terraform-jsonencode",
                    named.name
                ));
            }
            "Sid" => written.lost.push(format!(
                "the data source has no `Sid`, that of `{}` was `{}`",
                named.name,
                scalar(value).trim_matches('"')
            )),
            "Principal" if matches!(value.kind, Kind::Array(_) | Kind::String(_)) => {
                return Err(format!(
                    "the data source has no list of principals, as `{}` has; use --to terraform-jsonencode",
                    named.name
                ));
            }
            "Principal" => principals(named, value, &mut blocks, written)?,
            "Condition" => conditions(named, value, &mut blocks)?,
            other => {
                return Err(format!("the data source has no `{other}`, as `{}` has", named.name));
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

fn principals(
    named: &Named<'_>,
    value: &Value<TextRange>,
    blocks: &mut String,
    written: &mut Written,
) -> Result<(), String> {
    for Member { name, value } in Members::of(named, value, "the principal")?.0 {
        if matches!(value.kind, Kind::String(_) | Kind::Open(..)) {
            let name = &named.name;
            written.lost.push(format!("the principal of `{name}` becomes a list of one"));
        }
        let (entity, values) = (text(name), list(named, value));
        // Writing to a text cannot fail.
        let _ = write!(
            blocks,
            "    principal {{\n      entity      = {entity}\n      identifiers = {values}\n    }}\n",
        );
    }
    Ok(())
}

fn conditions(
    named: &Named<'_>,
    value: &Value<TextRange>,
    blocks: &mut String,
) -> Result<(), String> {
    for Member { name: operator, value } in Members::of(named, value, "the condition")?.0 {
        for Member { name: key, value } in Members::of(named, value, "the condition")?.0 {
            let (operator, key, values) = (text(operator), text(key), list(named, value));
            let _ = write!(
                blocks,
                "    condition {{\n      operator = {operator}\n      variable = {key}\n      values   = {values}\n    }}\n",
            );
        }
    }
    Ok(())
}

/// A name with the expressions in it.
fn text(name: &Text<TextRange>) -> String {
    template(&name.value, &name.holes)
}

/// A value that is no list.
fn scalar(value: &Value<TextRange>) -> String {
    match &value.kind {
        Kind::Number(text) => quoted(text),
        Kind::Boolean(boolean) => quoted(if *boolean { "true" } else { "false" }),
        Kind::String(_)
        | Kind::Open(..)
        | Kind::Hole(_)
        | Kind::Null
        | Kind::Array(_)
        | Kind::Object(_)
        | Kind::Unreadable => object(value, 3),
    }
}

/// A list on one line, or a value a line when it is long. An expression that may be a list or one value
/// becomes a list.
fn list(named: &Named<'_>, value: &Value<TextRange>) -> String {
    let values: Vec<String> = match &value.kind {
        Kind::Hole(expression) => match named.is_list(expression) {
            Some(true) => return expression.clone(),
            Some(false) => vec![expression.clone()],
            None => return format!("flatten([{expression}])"),
        },
        Kind::Array(items) => items.iter().map(scalar).collect(),
        Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Open(..)
        | Kind::Object(_)
        | Kind::Unreadable => vec![scalar(value)],
    };
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
                    let name = if plain { name.clone() } else { text(&member.name) };
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
        Kind::String(text) => quoted(text),
        Kind::Open(text, holes) => template(text, holes),
        Kind::Hole(expression) => expression.clone(),
        Kind::Number(number) => number.clone(),
        Kind::Boolean(boolean) => boolean.to_string(),
        Kind::Null | Kind::Unreadable => "null".into(),
    }
}

/// A text in double quotes, with the expressions in it.
fn template(text: &str, holes: &[TextHole<TextRange>]) -> String {
    let (mut written, mut done) = (String::from("\""), 0);
    for TextHole { range, hole } in holes {
        let before = text.get(done..range.start).unwrap_or("");
        // `$${` would be no expression.
        match before.strip_suffix('$') {
            Some(start) => written.push_str(&format!("{}${{\"$\"}}", inside(start))),
            None => written.push_str(&inside(before)),
        }
        written.push_str(&format!("${{{}}}", hole.name));
        done = range.end;
    }
    written.push_str(&inside(text.get(done..).unwrap_or("")));
    written.push('"');
    written
}

/// A text in double quotes, in which nothing is filled in.
fn quoted(text: &str) -> String {
    format!("\"{}\"", inside(text))
}

/// What stands between the quotes of a text.
fn inside(text: &str) -> String {
    let mut quoted = String::new();
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
    escaped_in_quotes(&quoted)
}
