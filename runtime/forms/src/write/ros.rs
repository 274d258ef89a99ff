//! ROS templates in YAML and JSON.

use std::fmt::Write as _;

use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::hidden::is_hidden;
use ram_policy_model::text::json::{Kind, TextRange, Value};
use ram_policy_model::text::shown::escaped_in_quotes;
use serde_json::{Map, Value as Json, json};

use super::named::{Named, Written, tree};
use super::words::{constant_name, resource_name};

/// The resource type that keeps a policy of a kind, its name property and its document property.
const fn resource(kind: PolicyKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        PolicyKind::Identity | PolicyKind::Session => {
            ("ALIYUN::RAM::ManagedPolicy", "PolicyName", "PolicyDocument")
        }
        PolicyKind::Trust => ("ALIYUN::RAM::Role", "RoleName", "AssumeRolePolicyDocument"),
        PolicyKind::Control => {
            ("ALIYUN::ResourceManager::ControlPolicy", "PolicyName", "PolicyDocument")
        }
    }
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
pub(super) fn yaml(policies: &[Named<'_>]) -> Written {
    let mut written = Written {
        text: "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n".into(),
        lost: lost(policies),
    };
    for named in policies {
        let (kind, name, document) = resource(named.kind);
        // Writing to a text cannot fail.
        let _ = write!(
            written.text,
            "  {}:\n    Type: {kind}\n    Properties:\n      {name}: {}\n      {document}:",
            logical_name(&named.name),
            resource_name(&named.name, "-"),
        );
        if let Some(value) = tree(named.document) {
            value_text(&value, 8, &mut written.text);
        }
    }
    written
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
pub(super) fn json(policies: &[Named<'_>]) -> Written {
    let mut resources = Map::new();
    for named in policies {
        let (kind, name, document) = resource(named.kind);
        let value = tree(named.document).map_or(Json::Null, |value| to_json(&value));
        let properties = json!({ name: resource_name(&named.name, "-"), document: value });
        resources
            .insert(logical_name(&named.name), json!({ "Type": kind, "Properties": properties }));
    }
    let template = json!({ "ROSTemplateFormatVersion": "2015-09-01", "Resources": resources });
    Written { text: format!("{template:#}\n"), lost: lost(policies) }
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
