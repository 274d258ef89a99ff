//! ROS templates, in YAML and JSON: the policies of their RAM resources.
//!
//! The property names are those of the resource types' pages (ROS: ALIYUN::RAM::ManagedPolicy,
//! ALIYUN::RAM::Role, ALIYUN::ResourceManager::ControlPolicy).

use ram_policy_model::json::{self, Kind, Member, TextRange, Value};
use ram_policy_model::lowered::PolicyKind;

use super::yaml;

use crate::embedded::{Contents, Embedded, Skipped, Tree};
use crate::place::Places;

/// Properties that hold a document, and what kind it is.
const DOCUMENTS: [(&str, PolicyKind); 3] = [
    ("PolicyDocument", PolicyKind::Identity),
    ("PolicyDocumentUnchecked", PolicyKind::Identity),
    ("AssumeRolePolicyDocument", PolicyKind::Trust),
];

/// Reads a template; any other YAML or JSON holds no policy.
pub(crate) fn read(text: &str, named: bool) -> Contents {
    let value = match yaml::read(text) {
        Ok(value) => value,
        Err(error) => {
            let mut contents = Contents::default();
            if named || text.contains("ROSTemplateFormatVersion") {
                contents.skipped.push(Skipped { at: error.at, reason: error.value });
            }
            return contents;
        }
    };
    of_value(text, &value)
}

/// Whether a value is a template.
pub(crate) fn is_template(value: &Value<TextRange>) -> bool {
    member(value, "ROSTemplateFormatVersion").is_some() && member(value, "Resources").is_some()
}

/// The policies of a template.
pub(crate) fn of_value(text: &str, value: &Value<TextRange>) -> Contents {
    let mut contents = Contents::default();
    if !is_template(value) {
        return contents;
    }
    let Some(Kind::Object(resources)) = member(value, "Resources").map(|value| &value.kind) else {
        return contents;
    };
    for Member { name, value: resource } in resources {
        let Some(Kind::String(kind)) = member(resource, "Type").map(|value| &value.kind) else {
            continue;
        };
        let is_ours = ["ALIYUN::RAM::", "ALIYUN::ResourceManager::"]
            .iter()
            .any(|prefix| kind.starts_with(prefix));
        if !is_ours {
            continue;
        }
        if let Some(properties) = member(resource, "Properties") {
            let is_control = kind == "ALIYUN::ResourceManager::ControlPolicy";
            documents(text, &name.value, properties, is_control, &mut contents);
        }
    }
    contents
}

/// Finds the documents in properties, at any depth: a role has a list of policies.
fn documents(
    text: &str,
    name: &str,
    properties: &Value<TextRange>,
    is_control: bool,
    contents: &mut Contents,
) {
    match &properties.kind {
        Kind::Array(items) => {
            for item in items {
                documents(text, name, item, is_control, contents);
            }
        }
        Kind::Object(members) => {
            for Member { name: property, value } in members {
                let known = DOCUMENTS.iter().find(|(known, _)| *known == property.value);
                match known {
                    Some((_, kind)) => {
                        let kind = if is_control { PolicyKind::Control } else { *kind };
                        document(text, name, value, kind, contents);
                    }
                    None => documents(text, name, value, is_control, contents),
                }
            }
        }
        _ => {}
    }
}

fn document(
    text: &str,
    name: &str,
    value: &Value<TextRange>,
    kind: PolicyKind,
    contents: &mut Contents,
) {
    let mut open = Vec::new();
    let whole = Places::whole(text.len());
    let (tree, places) = match &value.kind {
        Kind::Object(_) if !is_function(value) => (Tree::Json(known(value, &mut open)), whole),
        Kind::String(document) => {
            // A document as text has no places of its own.
            let mut places = Places::default();
            places.add(document.len(), value.at.start..value.at.end);
            match json::read(document) {
                Ok(value) => (Tree::Json(value), places),
                Err(error) => (Tree::NotJson(error), places),
            }
        }
        _ => {
            let reason = "the document is only known when ROS runs the template".into();
            contents.skipped.push(Skipped { at: value.at, reason });
            return;
        }
    };
    let name = name.to_owned();
    contents.policies.push(Embedded {
        name,
        kind: Some(kind),
        tree,
        may_be_part: false,
        open,
        places,
    });
}

/// Whether a value is a call of ROS: `{"Ref": ...}`, `{"Fn::Sub": ...}`.
fn is_function(value: &Value<TextRange>) -> bool {
    match &value.kind {
        Kind::Object(members) => match members.as_slice() {
            [Member { name, .. }] => name.value == "Ref" || name.value.starts_with("Fn::"),
            _ => false,
        },
        _ => false,
    }
}

/// The value with a text in the place of every call; the places of these are open.
fn known(value: &Value<TextRange>, open: &mut Vec<TextRange>) -> Value<TextRange> {
    let at = value.at;
    if is_function(value) {
        open.push(at);
        return Value { at, kind: Kind::String(spelt(value)) };
    }
    let kind = match &value.kind {
        Kind::Array(items) => Kind::Array(items.iter().map(|item| known(item, open)).collect()),
        Kind::Object(members) => Kind::Object(
            members
                .iter()
                .map(|member| Member {
                    name: member.name.clone(),
                    value: known(&member.value, open),
                })
                .collect(),
        ),
        other => other.clone(),
    };
    Value { at, kind }
}

/// A call as text: that of `Fn::Sub` and `Ref` as ROS writes it in texts.
fn spelt(value: &Value<TextRange>) -> String {
    let Kind::Object(members) = &value.kind else { return String::new() };
    match members.first() {
        Some(Member { name, value: Value { kind: Kind::String(text), .. } }) => {
            if name.value == "Fn::Sub" { text.clone() } else { format!("${{{text}}}") }
        }
        Some(Member { name, .. }) => format!("${{{}}}", name.value.replace("Fn::", "")),
        None => String::new(),
    }
}

/// The member of an object with this name.
pub(crate) fn member<'v>(value: &'v Value<TextRange>, name: &str) -> Option<&'v Value<TextRange>> {
    match &value.kind {
        Kind::Object(members) => {
            members.iter().find(|member| member.name.value == name).map(|member| &member.value)
        }
        _ => None,
    }
}
