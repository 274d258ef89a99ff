//! The path of a place in a JSON text.

use alloc::string::{String, ToString};

use super::{Kind, Member, TextRange, Value};
use crate::text::shown::shown;
use crate::text::steps;

/// The path of the smallest value around a range, as `Statement[2].Condition.StringEquals`.
#[must_use]
pub fn path(tree: &Value<TextRange>, at: TextRange) -> String {
    let mut path = String::new();
    find_path(tree, at, &mut path);
    shown(path)
}

/// Writes the path of the smallest value around a range.
fn find_path(value: &Value<TextRange>, at: TextRange, path: &mut String) {
    let around = |outer: TextRange| outer.start <= at.start && at.end <= outer.end;
    steps::take!(1);
    match &value.kind {
        Kind::Object(members) => {
            // Members stand in the order of the text.
            let after = members.partition_point(|member| member.value.at.end < at.end);
            let member = members.get(after);
            let inside =
                |member: &&Member<TextRange>| around(member.name.at) || around(member.value.at);
            let named = members.get(members.partition_point(|member| member.name.at.end < at.end));
            if let Some(member) = member.filter(inside).or(named.filter(inside)) {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&member.name.value);
                find_path(&member.value, at, path);
            }
        }
        Kind::Array(items) => {
            let index = items.partition_point(|item| item.at.end < at.end);
            if let Some(item) = items.get(index).filter(|item| around(item.at)) {
                path.push('[');
                path.push_str(&index.to_string());
                path.push(']');
                find_path(item, at, path);
            }
        }
        Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Open(..)
        | Kind::Hole(_)
        | Kind::Unreadable => {}
    }
}
