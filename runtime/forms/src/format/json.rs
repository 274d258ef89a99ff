//! A JSON text laid out as the documents of the library are: a member or a value a line. What is between
//! quotes is copied as it is written.

use ram_policy_model::text::json::{Kind, Member, TextRange, Value};

/// A document that is laid out.
pub(super) struct Page<'t> {
    pub(super) source: &'t str,
    /// Spaces a level.
    pub(super) spaces: usize,
    pub(super) newline: &'t str,
    /// Whether the elements of a policy are put into one order.
    pub(super) in_order: bool,
    pub(super) text: String,
}

/// The elements of a document and of a statement, in the order of RAM's documents.
const ORDER: [&str; 10] = [
    "Version",
    "Statement",
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "Condition",
];

impl Page<'_> {
    /// Writes a value; `depth` is how many brackets it is in.
    pub(super) fn value(&mut self, value: &Value<TextRange>, depth: usize) {
        match &value.kind {
            Kind::Object(members) if members.is_empty() => self.text.push_str("{}"),
            Kind::Object(members) => {
                self.text.push('{');
                for (index, member) in self.sorted(members, depth).into_iter().enumerate() {
                    self.line(index > 0, depth + 1);
                    self.copy(member.name.at);
                    self.text.push_str(": ");
                    self.value(&member.value, depth + 1);
                }
                self.line(false, depth);
                self.text.push('}');
            }
            Kind::Array(items) if items.is_empty() => self.text.push_str("[]"),
            Kind::Array(items) => {
                self.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.line(index > 0, depth + 1);
                    self.value(item, depth + 1);
                }
                self.line(false, depth);
                self.text.push(']');
            }
            Kind::String(_)
            | Kind::Number(_)
            | Kind::Boolean(_)
            | Kind::Null
            | Kind::Open(..)
            | Kind::Hole(_)
            | Kind::Unreadable => self.copy(value.at),
        }
    }

    /// The members in the order in which they are written out. Only a document and a statement have an
    /// order; a name that nobody knows, and one that appears twice, stays behind those before it.
    fn sorted<'m>(
        &self,
        members: &'m [Member<TextRange>],
        depth: usize,
    ) -> Vec<&'m Member<TextRange>> {
        let mut members: Vec<&Member<TextRange>> = members.iter().collect();
        if self.in_order && matches!(depth, 0 | 2) {
            members.sort_by_key(|member| rank(&member.name.value));
        }
        members
    }

    fn line(&mut self, has_comma: bool, depth: usize) {
        if has_comma {
            self.text.push(',');
        }
        self.text.push_str(self.newline);
        self.text.extend(std::iter::repeat_n(' ', depth * self.spaces));
    }

    fn copy(&mut self, at: TextRange) {
        self.text.push_str(self.source.get(at.start..at.end).unwrap_or(""));
    }
}

fn rank(name: &str) -> usize {
    ORDER.iter().position(|element| *element == name).unwrap_or(ORDER.len())
}

/// Whether two values are the same but for places and, of a document and its statements, the order of
/// members.
pub(super) fn is_same(left: &Value<TextRange>, right: &Value<TextRange>) -> bool {
    match (&left.kind, &right.kind) {
        (Kind::Object(left), Kind::Object(right)) => {
            let by_name = |members: &[Member<TextRange>]| {
                let mut order: Vec<usize> = (0..members.len()).collect();
                order.sort_by_key(|index| {
                    members.get(*index).map(|member| member.name.value.clone())
                });
                order
            };
            let pairs = by_name(left).into_iter().zip(by_name(right));
            left.len() == right.len()
                && pairs.into_iter().all(|(one, other)| match (left.get(one), right.get(other)) {
                    (Some(one), Some(other)) => {
                        one.name.value == other.name.value && is_same(&one.value, &other.value)
                    }
                    _ => false,
                })
        }
        (Kind::Array(left), Kind::Array(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| is_same(left, right))
        }
        (left, right) => left == right,
    }
}
