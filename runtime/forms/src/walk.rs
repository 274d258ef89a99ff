//! Walks over trees, for readers to whom most of a tree is what it is.

use ram_policy_model::text::json::{Kind, Member, TextRange, Value};

type Node = Value<TextRange>;

/// The items of a list, or the values of an object's members; nothing of anything else.
pub(crate) fn children(value: &Node) -> Vec<&Node> {
    match &value.kind {
        Kind::Array(items) => items.iter().collect(),
        Kind::Object(members) => members.iter().map(|member| &member.value).collect(),
        Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Open(..)
        | Kind::Hole(_)
        | Kind::Unreadable => Vec::new(),
    }
}

/// What a part of a tree becomes.
pub(crate) enum Change {
    /// What its parts become.
    Parts,
    /// This.
    Is(Node),
    /// Nothing: it is no item and no member any more.
    Gone,
}

/// The tree with changes, from the outside to the inside. `change` is told what a part belongs to: the
/// list that it is an item of, else itself.
pub(crate) fn changed(value: &Node, change: &mut impl FnMut(&Node, TextRange) -> Change) -> Node {
    match change(value, value.at) {
        Change::Is(value) => value,
        Change::Gone => Value { at: value.at, kind: Kind::Null },
        Change::Parts => parts(value, change),
    }
}

fn parts(value: &Node, change: &mut impl FnMut(&Node, TextRange) -> Change) -> Node {
    let at = value.at;
    let mut part = |value: &Node, within: TextRange| match change(value, within) {
        Change::Is(value) => Some(value),
        Change::Gone => None,
        Change::Parts => Some(parts(value, change)),
    };
    let kind = match &value.kind {
        Kind::Array(items) => Kind::Array(items.iter().filter_map(|item| part(item, at)).collect()),
        Kind::Object(members) => {
            let member = |member: &Member<TextRange>| {
                let value = part(&member.value, member.value.at)?;
                Some(Member { name: member.name.clone(), value })
            };
            Kind::Object(members.iter().filter_map(member).collect())
        }
        Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Open(..)
        | Kind::Hole(_)
        | Kind::Unreadable => value.kind.clone(),
    };
    Value { at, kind }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a failed test")]
mod tests {
    use super::{Change, changed, children};
    use ram_policy_model::text::json::{self, Kind, Value};

    #[test]
    fn parts_change_and_go_and_the_rest_stays() {
        let tree = json::read(r#"{"a": ["x", "y", ["z"]], "b": "x", "c": 1}"#).unwrap();
        let mut seen = Vec::new();
        let new = changed(&tree, &mut |value, within| match &value.kind {
            Kind::String(text) if text == "x" => Change::Gone,
            Kind::String(text) => {
                seen.push((text.clone(), within == value.at));
                Change::Is(Value { at: value.at, kind: Kind::Number("2".into()) })
            }
            Kind::Array(_)
            | Kind::Object(_)
            | Kind::Number(_)
            | Kind::Boolean(_)
            | Kind::Null
            | Kind::Open(..)
            | Kind::Hole(_)
            | Kind::Unreadable => Change::Parts,
        });
        // Items belong to their list.
        assert_eq!(seen, [("y".to_owned(), false), ("z".to_owned(), false)]);
        let [list, number] = children(&new)[..] else { panic!("{new:?}") };
        assert_eq!(children(list).len(), 2);
        assert!(matches!(&number.kind, Kind::Number(one) if one == "1"), "{new:?}");
        assert_eq!(children(number).len(), 0);
    }
}
