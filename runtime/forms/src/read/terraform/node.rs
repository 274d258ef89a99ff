//! Values of Terraform, as far as they are known before it runs.

use std::rc::Rc;

use ram_policy_model::text::hole::Hole;
use ram_policy_model::text::json::{Kind, Member, TextRange, Value};
use ram_policy_model::text::place::Text;

use super::text::Taken;
use crate::embedded::Unknown;

/// A value with its place.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) at: TextRange,
    pub(super) is: Is,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(super) enum Is {
    Null,
    Boolean(bool),
    Number(String),
    Text(Taken),
    /// The JSON text of a value.
    Encoded(Rc<Node>),
    List(Items),
    Object(Members),
    /// Only known later; spelt like this.
    Unknown(String),
}

impl Node {
    /// The Boolean that a value is known to be.
    pub(super) const fn boolean(&self) -> Option<bool> {
        if let Is::Boolean(boolean) = self.is { Some(boolean) } else { None }
    }
}

/// The items of a list, as far as they are known.
#[derive(Debug, Clone, Default)]
pub(super) struct Items {
    pub(super) known: Vec<Node>,
    /// What more there may be, anywhere in the list.
    pub(super) rest: Vec<Rest>,
}

/// The members of an object, as far as they are known.
#[derive(Debug, Clone, Default)]
pub(super) struct Members {
    pub(super) known: Vec<(Text<TextRange>, Node)>,
    /// What more there may be, and what may take the place of those that are known.
    pub(super) rest: Vec<Rest>,
}

/// Something that decides what else a list or an object contains.
#[derive(Debug, Clone)]
pub(super) struct Rest {
    pub(super) at: TextRange,
    /// How the source spells it.
    pub(super) spelt: String,
}

impl Rest {
    /// The hole that it is in a tree.
    fn value(&self) -> Value<TextRange> {
        Value { at: self.at, kind: Kind::Hole(self.spelt.clone()) }
    }
}

impl Members {
    /// The member of this name; `None` too where something unknown may give it another value.
    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        if !self.rest.is_empty() {
            return None;
        }
        self.known.iter().find(|(known, _)| known.value == name).map(|(_, value)| value)
    }

    /// Sets a member, in its place if it is there.
    pub(super) fn set(&mut self, name: Text<TextRange>, value: Node) {
        match self.known.iter_mut().find(|(known, _)| known.value == name.value) {
            Some(known) => *known = (name, value),
            None => self.known.push((name, value)),
        }
    }
}

impl Node {
    pub(super) fn unknown(at: TextRange, spelt: impl Into<String>) -> Self {
        Self { at, is: Is::Unknown(spelt.into()) }
    }

    pub(super) fn text(at: TextRange, text: &str) -> Self {
        Self { at, is: Is::Text(Taken::verbatim(text, at.start..at.end)) }
    }

    /// The text, where all of it is known.
    pub(super) fn known_text(&self) -> Option<&str> {
        match &self.is {
            Is::Text(taken) if taken.open.is_empty() => Some(&taken.text),
            Is::Null
            | Is::Boolean(_)
            | Is::Number(_)
            | Is::Text(_)
            | Is::Encoded(_)
            | Is::List(_)
            | Is::Object(_)
            | Is::Unknown(_) => None,
        }
    }

    /// The value, placed where it is used: it is written in another file.
    pub(super) fn moved(&self, at: TextRange) -> Self {
        let rest = |rest: &[Rest]| {
            rest.iter().map(|rest| Rest { at, spelt: rest.spelt.clone() }).collect::<Vec<_>>()
        };
        let is = match &self.is {
            Is::Text(taken) => Is::Text(taken.moved(at)),
            Is::Encoded(inner) => Is::Encoded(Rc::new(inner.moved(at))),
            Is::List(items) => Is::List(Items {
                known: items.known.iter().map(|item| item.moved(at)).collect(),
                rest: rest(&items.rest),
            }),
            Is::Object(members) => Is::Object(Members {
                known: members
                    .known
                    .iter()
                    .map(|(name, value)| (Text::new(name.value.clone(), at), value.moved(at)))
                    .collect(),
                rest: rest(&members.rest),
            }),
            Is::Null | Is::Boolean(_) | Is::Number(_) | Is::Unknown(_) => self.is.clone(),
        };
        Self { at, is }
    }

    /// How many values it consists of.
    pub(super) fn size(&self) -> usize {
        match &self.is {
            Is::Encoded(inner) => 1 + inner.size(),
            Is::List(items) => 1 + items.known.iter().map(Self::size).sum::<usize>(),
            Is::Object(members) => {
                1 + members.known.iter().map(|(_, value)| value.size()).sum::<usize>()
            }
            Is::Text(taken) => 1 + taken.text.len() / 64,
            Is::Null | Is::Boolean(_) | Is::Number(_) | Is::Unknown(_) => 1,
        }
    }

    /// The JSON value it stands for; what is not known is added to `unknown`, and a text stands for it.
    pub(super) fn value(&self, unknown: &mut Vec<Unknown>) -> Value<TextRange> {
        let at = self.at;
        let kind = match &self.is {
            Is::Null => Kind::Null,
            Is::Boolean(boolean) => Kind::Boolean(*boolean),
            Is::Number(number) => Kind::Number(number.clone()),
            Is::Text(taken) => {
                for (_, spelt) in &taken.open {
                    unknown.push(later(at, None, spelt));
                }
                Kind::String(taken.text.clone())
            }
            Is::Encoded(inner) => {
                let taken = inner.encoded();
                for (_, spelt) in &taken.open {
                    unknown.push(later(at, None, spelt));
                }
                Kind::String(taken.text)
            }
            Is::List(items) => {
                for rest in &items.rest {
                    unknown.push(later(rest.at, Some(at), &rest.spelt));
                }
                let rest = items.rest.iter().map(Rest::value);
                let known = items.known.iter().map(|item| item.value(unknown));
                Kind::Array(known.chain(rest).collect())
            }
            Is::Object(members) => {
                for rest in &members.rest {
                    unknown.push(later(rest.at, Some(at), &rest.spelt));
                }
                let member = |(name, value): &(Text<TextRange>, Self)| Member {
                    name: name.clone(),
                    value: value.value(unknown),
                };
                let rest = members.rest.iter().map(|rest| Member {
                    name: Text::unknown(Hole { name: rest.spelt.clone(), at: rest.at }),
                    value: rest.value(),
                });
                Kind::Object(members.known.iter().map(member).chain(rest).collect())
            }
            Is::Unknown(spelt) => {
                unknown.push(later(at, None, spelt));
                Kind::String(format!("${{{spelt}}}"))
            }
        };
        Value { at, kind }
    }

    /// The JSON text of the value, as `jsonencode` writes it.
    pub(super) fn encoded(&self) -> Taken {
        let mut taken = Taken::default();
        self.encode(&mut taken);
        taken
    }

    fn encode(&self, taken: &mut Taken) {
        let file = self.at.start..self.at.end;
        match &self.is {
            Is::Null => taken.push("null", file),
            Is::Boolean(boolean) => taken.push(if *boolean { "true" } else { "false" }, file),
            Is::Number(number) => taken.push(number, file),
            Is::Text(text) if text.open.is_empty() => taken.push(&quoted(&text.text), file),
            Is::Text(text) => {
                let spelt: Vec<&str> = text.open.iter().map(|(_, spelt)| spelt.as_str()).collect();
                taken.unknown(&spelt.join(", "), file);
            }
            Is::Encoded(inner) => {
                let inner = inner.encoded();
                if inner.open.is_empty() {
                    taken.push(&quoted(&inner.text), file);
                } else {
                    taken.unknown("jsonencode(...)", file);
                }
            }
            Is::List(items) => {
                taken.push("[", file.clone());
                for (index, item) in items.known.iter().enumerate() {
                    if index > 0 {
                        taken.push(",", file.clone());
                    }
                    item.encode(taken);
                }
                for (index, rest) in items.rest.iter().enumerate() {
                    if index > 0 || !items.known.is_empty() {
                        taken.push(",", file.clone());
                    }
                    taken.unknown(&rest.spelt, rest.at.start..rest.at.end);
                }
                taken.push("]", file);
            }
            Is::Object(members) => {
                taken.push("{", file.clone());
                for (index, (name, value)) in members.known.iter().enumerate() {
                    if index > 0 {
                        taken.push(",", file.clone());
                    }
                    let at = name.at.start..name.at.end;
                    taken.push(&format!("{}:", quoted(&name.value)), at);
                    value.encode(taken);
                }
                for (index, rest) in members.rest.iter().enumerate() {
                    if index > 0 || !members.known.is_empty() {
                        taken.push(",", file.clone());
                    }
                    let at = rest.at.start..rest.at.end;
                    taken.unknown(&rest.spelt, at.clone());
                    taken.push(":null", at);
                }
                taken.push("}", file);
            }
            Is::Unknown(spelt) => taken.unknown(spelt, file),
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Something that Terraform knows when it runs.
pub(super) fn later(at: TextRange, within: Option<TextRange>, spelt: &str) -> Unknown {
    Unknown { at, within, reason: format!("`{spelt}` is only known when Terraform runs") }
}
