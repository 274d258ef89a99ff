//! ROS templates in YAML and JSON.

use std::fmt::Write as _;

use ram_policy_model::document::{self, Indent};
use ram_policy_model::terms::kind::{PolicyKind, ResourceKind};
use ram_policy_model::text::hidden::is_hidden;
use ram_policy_model::text::json::{Kind, TextRange, Value};
use ram_policy_model::text::shown::escaped_in_quotes;
use serde_json::{Map, Value as Json, json};

use super::named::{Named, Written};
use super::words::{constant_name, resource_name};
use crate::embedded::Language;

/// The resource that keeps a policy, and its properties.
struct Resource {
    resource: &'static str,
    name_property: &'static str,
    /// What else it asks for.
    scope: Option<(&'static str, &'static str)>,
    document: &'static str,
    /// Whether the document is a text.
    is_text: bool,
}

/// The resource that keeps a policy.
fn kept_by(named: &Named<'_>) -> Result<Resource, String> {
    let nothing = || {
        let kind = named.kind.rules().name;
        format!(
            "`{}` is {kind}, and no resource of ROS has no more than it and a name; write it as JSON",
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
            resource: "ALIYUN::RAM::ManagedPolicy",
            name_property: "PolicyName",
            scope: None,
            document: "PolicyDocument",
            is_text: false,
        },
        PolicyKind::Trust => Resource {
            resource: "ALIYUN::RAM::Role",
            name_property: "RoleName",
            scope: None,
            document: "AssumeRolePolicyDocument",
            is_text: false,
        },
        PolicyKind::Control => Resource {
            resource: "ALIYUN::ResourceManager::ControlPolicy",
            name_property: "ControlPolicyName",
            scope: Some(("EffectScope", "RAM")),
            document: "PolicyDocument",
            is_text: true,
        },
        PolicyKind::Resource(ResourceKind::Bucket) => Resource {
            resource: "ALIYUN::OSS::Bucket",
            name_property: "BucketName",
            scope: None,
            document: "Policy",
            is_text: false,
        },
        PolicyKind::Resource(ResourceKind::Key) => Resource {
            resource: "ALIYUN::KMS::Key",
            name_property: "Description",
            scope: None,
            document: "Policy",
            is_text: false,
        },
        PolicyKind::Inline
        | PolicyKind::Resource(
            ResourceKind::AccessPoint
            | ResourceKind::ObjectProcess
            | ResourceKind::Endpoint
            | ResourceKind::Secret
            | ResourceKind::Project
            | ResourceKind::Instance,
        ) => return None,
    })
}

/// `VIEW_ALL` as `ViewAll`: a name in a template has letters and digits only.
fn logical_name(name: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        format!("{first}{}", rest.to_ascii_lowercase())
    };
    constant_name(name).split('_').map(word).collect()
}

/// A template in YAML.
pub(super) fn yaml(policies: &[Named<'_>]) -> Result<Written, String> {
    let mut written = Written {
        text: "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n".into(),
        lost: lost(policies),
    };
    for named in policies {
        let Resource { resource, name_property, scope, document, is_text } = kept_by(named)?;
        // Writing to a text cannot fail.
        let _ = write!(
            written.text,
            "  {}:\n    Type: {resource}\n    Properties:\n      {name_property}: {}\n",
            logical_name(&named.name),
            resource_name(&named.name, "-"),
        );
        if let Some((property, value)) = scope {
            let _ = writeln!(written.text, "      {property}: {value}");
        }
        let _ = write!(written.text, "      {document}:");
        value_text(&value(named, is_text)?, 8, &mut written.text);
    }
    Ok(written)
}

/// The document as a property has it.
fn value(named: &Named<'_>, is_text: bool) -> Result<Value<TextRange>, String> {
    let tree = named.tree(Language::Ros)?;
    if !is_text || named.keeps(Language::Ros) {
        return Ok(tree);
    }
    let text = document::write(named.known()?, Indent::Minified);
    Ok(Value { at: tree.at, kind: Kind::String(text) })
}

/// Writes a value behind a name or a `-`.
fn value_text(value: &Value<TextRange>, indent: usize, text: &mut String) {
    let pad = " ".repeat(indent);
    match &value.kind {
        Kind::Object(members) if !members.is_empty() => {
            text.push('\n');
            members_text(members, indent, &pad, text);
        }
        Kind::Array(items) if !items.is_empty() => {
            text.push('\n');
            for item in items {
                if let Kind::Object(members) = &item.kind
                    && !members.is_empty()
                {
                    let _ = write!(text, "{pad}- ");
                    members_text(members, indent + 2, "", text);
                } else {
                    let _ = write!(text, "{pad}-");
                    value_text(item, indent + 2, text);
                }
            }
        }
        Kind::Object(_) => text.push_str(" {}\n"),
        Kind::Array(_) => text.push_str(" []\n"),
        Kind::String(string) | Kind::Open(string, _) | Kind::Hole(string) => {
            let _ = writeln!(text, " {}", quoted(string));
        }
        Kind::Number(number) => {
            let _ = writeln!(text, " {number}");
        }
        Kind::Boolean(boolean) => {
            let _ = writeln!(text, " {boolean}");
        }
        Kind::Null | Kind::Unreadable => text.push_str(" null\n"),
    }
}

/// Writes members; the first one follows what stands on its line.
fn members_text(
    members: &[ram_policy_model::text::json::Member<TextRange>],
    indent: usize,
    first: &str,
    text: &mut String,
) {
    let pad = " ".repeat(indent);
    for (index, member) in members.iter().enumerate() {
        let name = &member.name.value;
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let name = if plain && !name.is_empty() { name.clone() } else { quoted(name) };
        let _ = write!(text, "{}{name}:", if index == 0 { first } else { &pad });
        value_text(&member.value, indent + 2, text);
    }
}

/// A text in quotes; in double quotes when a character needs an escape.
fn quoted(text: &str) -> String {
    if text.contains(is_hidden) {
        // JSON's escapes are YAML's, but for those of two units.
        return escaped_in_quotes(&Json::from(text).to_string());
    }
    format!("'{}'", text.replace('\'', "''"))
}

/// A template in JSON.
pub(super) fn json(policies: &[Named<'_>]) -> Result<Written, String> {
    let mut resources = Map::new();
    for named in policies {
        let Resource { resource, name_property, scope, document, is_text } = kept_by(named)?;
        let mut properties = Map::new();
        let name = Json::from(resource_name(&named.name, "-"));
        properties.insert(name_property.to_owned(), name);
        if let Some((property, value)) = scope {
            properties.insert(property.to_owned(), Json::from(value));
        }
        properties.insert(document.to_owned(), to_json(&value(named, is_text)?));
        let resource = json!({ "Type": resource, "Properties": properties });
        resources.insert(logical_name(&named.name), resource);
    }
    let template = json!({ "ROSTemplateFormatVersion": "2015-09-01", "Resources": resources });
    Ok(Written { text: format!("{template:#}\n"), lost: lost(policies) })
}

fn lost(policies: &[Named<'_>]) -> Vec<String> {
    let of = |named: &&Named<'_>| !named.kind.rules().is_kept;
    let told = |named: &Named<'_>| {
        format!("`{}` is a session policy, which no resource keeps", named.name)
    };
    policies.iter().filter(of).map(told).collect()
}

fn to_json(value: &Value<TextRange>) -> Json {
    match &value.kind {
        Kind::Object(members) => Json::Object(
            members
                .iter()
                .map(|member| (member.name.value.clone(), to_json(&member.value)))
                .collect(),
        ),
        Kind::Array(items) => Json::Array(items.iter().map(to_json).collect()),
        Kind::String(text) | Kind::Open(text, _) | Kind::Hole(text) => Json::from(text.as_str()),
        Kind::Number(number) => {
            number.parse::<serde_json::Number>().map_or(Json::Null, Json::Number)
        }
        Kind::Boolean(boolean) => Json::from(*boolean),
        Kind::Null | Kind::Unreadable => Json::Null,
    }
}
