//! Documents inside JSON and YAML: as objects, or as a text that is JSON itself.

use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::json::{self, Kind, Member, TextRange, Value};

use crate::embedded::{Embedded, Tree};
use crate::place::Places;

/// The member of an object with this name.
pub(super) fn member<'v>(value: &'v Value<TextRange>, name: &str) -> Option<&'v Value<TextRange>> {
    members(value).iter().find(|member| member.name.value == name).map(|member| &member.value)
}

/// The members of an object; none of anything else.
pub(super) fn members(value: &Value<TextRange>) -> &[Member<TextRange>] {
    match &value.kind {
        Kind::Object(members) => members,
        Kind::Array(_)
        | Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Open(..)
        | Kind::Hole(_)
        | Kind::Unreadable => &[],
    }
}

/// The items of a list; none of anything else.
pub(super) fn items(value: &Value<TextRange>) -> &[Value<TextRange>] {
    match &value.kind {
        Kind::Array(items) => items,
        Kind::Object(_)
        | Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Open(..)
        | Kind::Hole(_)
        | Kind::Unreadable => &[],
    }
}

/// The text that a value is.
pub(super) fn text(value: &Value<TextRange>) -> Option<&str> {
    match &value.kind {
        Kind::String(text) => Some(text),
        Kind::Object(_)
        | Kind::Array(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Open(..)
        | Kind::Hole(_)
        | Kind::Unreadable => None,
    }
}

/// A text of JSON or YAML, and where its parts are written.
pub(super) fn places(source: &str, at: TextRange, text: &str) -> Places {
    let inside = source
        .get(at.start..at.end)
        .and_then(|written| written.strip_prefix('"')?.strip_suffix('"'));
    let found = match inside {
        Some(inside) => unescaped(inside, at.start + 1, text),
        None => by_lines(source.get(at.start..at.end).unwrap_or(""), at.start, text),
    };
    found.unwrap_or_else(|| {
        // A text that YAML folds has no places of its own.
        let mut places = Places::default();
        places.add(text.len(), at.start..at.end);
        places
    })
}

/// The places of the lines of a text that stands in YAML as it is, indented; `None` where it does not.
fn by_lines(written: &str, start: usize, text: &str) -> Option<Places> {
    let mut places = Places::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        let found = at + written.get(at..)?.find(bare)?;
        places.add(bare.len(), start + found..start + found + bare.len());
        at = found + bare.len();
        if line.len() > bare.len() {
            let end = written.get(at..)?.find('\n').map_or(written.len(), |end| at + end + 1);
            places.add(1, start + at..start + end);
            at = end;
        }
    }
    Some(places)
}

/// The places of the parts of a text in JSON; `None` where it is not written so.
fn unescaped(written: &str, start: usize, text: &str) -> Option<Places> {
    let mut places = Places::default();
    let (mut at, mut length) = (0, 0);
    while let Some(rest) = written.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = rest.find('\\').unwrap_or(rest.len());
        if plain > 0 {
            places.add(plain, start + at..start + at + plain);
            at += plain;
            length += plain;
            continue;
        }
        let code = |at: usize| u32::from_str_radix(rest.get(at..at + 4)?, 16).ok();
        let (made, taken) = match rest.get(1..2)? {
            "u" => match code(2)? {
                0xd800..=0xdbff => (4, 12),
                number => (char::from_u32(number)?.len_utf8(), 6),
            },
            _ => (1, 2),
        };
        places.add(made, start + at..start + at + taken);
        at += taken;
        length += made;
    }
    (length == text.len()).then_some(places)
}

/// The policy that a text is, at `at` in `source`.
pub(super) fn of_text(
    source: &str,
    at: TextRange,
    text: &str,
    name: &str,
    kind: Option<PolicyKind>,
) -> Embedded {
    let tree = match json::read(text) {
        Ok(value) => Tree::Json(value),
        Err(error) => Tree::NotJson(error),
    };
    let found = Embedded::of_tree(tree, places(source, at, text));
    Embedded { name: name.to_owned(), kind, ..found }
}

/// A policy that is a value of the text.
pub(super) fn of_value(
    source: &str,
    value: Value<TextRange>,
    name: &str,
    kind: Option<PolicyKind>,
) -> Embedded {
    let found = Embedded::of_value(value, kind, Places::whole(source.len()));
    Embedded { name: name.to_owned(), ..found }
}

/// Whether a text that is not JSON was most likely meant as a policy.
pub(super) fn looks_like_policy(text: &str) -> bool {
    let has = |name: &str| text.contains(&format!("\"{name}\""));
    has("Effect") && (has("Statement") || has("Action") || has("NotAction"))
}
