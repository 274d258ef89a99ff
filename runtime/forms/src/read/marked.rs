//! Texts with `${...}`, which some files fill in later.

use ram_policy_model::text::json::{Kind, Member, TextRange, Value};

use crate::embedded::Unknown;

/// The value; texts that are filled in later are added to `unknown`.
pub(super) fn marked(
    value: &Value<TextRange>,
    by: &str,
    unknown: &mut Vec<Unknown>,
) -> Value<TextRange> {
    let kind = match &value.kind {
        Kind::String(text) if text.contains("${") => {
            let inside = text.split("${").nth(1).and_then(|rest| rest.split('}').next());
            let reason = format!("`{}` is only known when {by} runs", inside.unwrap_or(text));
            unknown.push(Unknown { at: value.at, within: None, reason });
            value.kind.clone()
        }
        Kind::Array(items) => {
            Kind::Array(items.iter().map(|item| marked(item, by, unknown)).collect())
        }
        Kind::Object(members) => {
            let member = |member: &Member<TextRange>| Member {
                name: member.name.clone(),
                value: marked(&member.value, by, unknown),
            };
            Kind::Object(members.iter().map(member).collect())
        }
        Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Open(..)
        | Kind::Hole(_)
        | Kind::Unreadable => value.kind.clone(),
    };
    Value { at: value.at, kind }
}
