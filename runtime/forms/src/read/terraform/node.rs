//! Values of Terraform, as far as they are known before it runs.

use std::ops::Range;
use std::rc::Rc;

use ram_policy_model::text::hole::Hole;
use ram_policy_model::text::json::{Kind, Member, TextRange, Value};
use ram_policy_model::text::place::Text;

use super::text::{Mark, Stands, Taken};
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

    /// The number that a value is known to be.
    pub(super) fn number(&self) -> Option<&str> {
        if let Is::Number(number) = &self.is { Some(number) } else { None }
    }

    /// The items of a list, as far as they are known.
    pub(super) const fn list(&self) -> Option<&Items> {
        if let Is::List(items) = &self.is { Some(items) } else { None }
    }

    /// The members of an object, as far as they are known.
    pub(super) const fn object(&self) -> Option<&Members> {
        if let Is::Object(members) = &self.is { Some(members) } else { None }
    }
}

/// The items of a list, as far as they are known.
#[derive(Debug, Clone, Default)]
pub(super) struct Items {
    pub(super) known: Vec<Node>,
    /// What more there may be, anywhere in the list.
    pub(super) rest: Vec<Rest>,
    /// The expression that the source has in the place of the list.
    pub(super) written: Option<Mark>,
}

/// The members of an object, as far as they are known.
#[derive(Debug, Clone, Default)]
pub(super) struct Members {
    pub(super) known: Vec<(Text<TextRange>, Node)>,
    /// What more there may be, and what may take the place of those that are known.
    pub(super) rest: Vec<Rest>,
    /// Values of `rest` whose names are not known.
    pub(super) unnamed: Vec<Node>,
    /// The expression that the source has in the place of the object.
    pub(super) written: Option<Mark>,
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

impl Items {
    /// A list, all of which is known.
    pub(super) fn of(known: Vec<Node>) -> Self {
        Self { known, ..Self::default() }
    }
}

impl Members {
    /// An object, all of which is known.
    pub(super) fn of(known: Vec<(Text<TextRange>, Node)>) -> Self {
        Self { known, ..Self::default() }
    }

    /// The member of this name; `None` too where something unknown may give it another value.
    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        if !self.rest.is_empty() {
            return None;
        }
        self.known.iter().find(|(known, _)| known.value == name).map(|(_, value)| value)
    }

    /// Adds a value to the list that a member is.
    pub(super) fn group(&mut self, name: Text<TextRange>, value: Node) {
        let known = self.known.iter_mut().find(|(known, _)| known.value == name.value);
        match known.map(|(_, list)| &mut list.is) {
            Some(Is::List(items)) => items.known.push(value),
            _ => {
                let at = value.at;
                let list = Node { at, is: Is::List(Items::of(vec![value])) };
                self.known.push((name, list));
            }
        }
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

    /// The text that a value is as the key of an object.
    pub(super) fn as_key(&self) -> Option<String> {
        match &self.is {
            Is::Text(_) => self.known_text().map(str::to_owned),
            Is::Number(number) => Some(number.clone()),
            Is::Boolean(boolean) => Some(boolean.to_string()),
            Is::Null | Is::Encoded(_) | Is::List(_) | Is::Object(_) | Is::Unknown(_) => None,
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
                written: items.written,
            }),
            Is::Object(members) => Is::Object(Members {
                known: members
                    .known
                    .iter()
                    .map(|(name, value)| (Text::new(name.value.clone(), at), value.moved(at)))
                    .collect(),
                rest: rest(&members.rest),
                unnamed: members.unnamed.iter().map(|value| value.moved(at)).collect(),
                written: members.written,
            }),
            Is::Null | Is::Boolean(_) | Is::Number(_) | Is::Unknown(_) => self.is.clone(),
        };
        Self { at, is }
    }

    /// The value, which the source has this expression in the place of.
    pub(super) fn written_as(mut self, mark: Mark) -> Self {
        match &mut self.is {
            Is::Text(taken) => taken.mark(mark),
            Is::List(items) => items.written = Some(mark),
            Is::Object(members) => members.written = Some(mark),
            Is::Null | Is::Boolean(_) | Is::Number(_) | Is::Encoded(_) | Is::Unknown(_) => {}
        }
        self
    }

    /// The value without the expressions that its source has, where they mean nothing.
    pub(super) fn unmarked(self) -> Self {
        let is = match self.is {
            Is::Text(taken) => Is::Text(Taken { written: Vec::new(), ..taken }),
            Is::Encoded(inner) => Is::Encoded(Rc::new(inner.as_ref().clone().unmarked())),
            Is::List(items) => Is::List(Items {
                known: items.known.into_iter().map(Self::unmarked).collect(),
                rest: items.rest,
                written: None,
            }),
            Is::Object(members) => Is::Object(Members {
                known: members
                    .known
                    .into_iter()
                    .map(|(name, value)| (name, value.unmarked()))
                    .collect(),
                rest: members.rest,
                unnamed: members.unnamed.into_iter().map(Self::unmarked).collect(),
                written: None,
            }),
            is @ (Is::Null | Is::Boolean(_) | Is::Number(_) | Is::Unknown(_)) => is,
        };
        Self { at: self.at, is }
    }

    /// The value that a JSON value is, every part of it placed at `at`.
    pub(super) fn of_json(value: &Value<TextRange>, at: TextRange) -> Self {
        let is = match &value.kind {
            Kind::Null | Kind::Unreadable => Is::Null,
            Kind::Open(spelt, _) | Kind::Hole(spelt) => Is::Unknown(spelt.clone()),
            Kind::Boolean(boolean) => Is::Boolean(*boolean),
            Kind::Number(number) => Is::Number(number.clone()),
            Kind::String(text) => return Self::text(at, text),
            Kind::Array(items) => {
                Is::List(Items::of(items.iter().map(|item| Self::of_json(item, at)).collect()))
            }
            Kind::Object(members) => {
                let mut found = Members::default();
                for Member { name, value } in members {
                    found.set(Text::new(name.value.clone(), at), Self::of_json(value, at));
                }
                Is::Object(found)
            }
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
                for open in &taken.open {
                    unknown.push(later(at, None, &open.spelt));
                }
                Kind::String(taken.text.clone())
            }
            Is::Encoded(inner) => {
                let taken = inner.encoded();
                for open in &taken.open {
                    unknown.push(later(at, None, &open.spelt));
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
            Is::Text(text) => encode_open(text, taken, &file),
            Is::Encoded(inner) => encode_open(&inner.encoded(), taken, &file),
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
                    taken.open(&rest.spelt, Stands::Rest, rest.at.start..rest.at.end);
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
                    taken.open(&rest.spelt, Stands::Rest, at.clone());
                    taken.push(":null", at);
                }
                taken.push("}", file);
            }
            Is::Unknown(spelt) => taken.open(spelt, Stands::Value, file),
        }
    }
}

/// Adds a text in quotes, parts of which are not known.
fn encode_open(text: &Taken, taken: &mut Taken, file: &Range<usize>) {
    let literal = |taken: &mut Taken, part: &str| {
        let written = quoted(part);
        taken.push(written.get(1..written.len() - 1).unwrap_or(""), file.clone());
    };
    taken.push("\"", file.clone());
    let mut done = 0;
    for open in &text.open {
        literal(taken, text.text.get(done..open.at.start).unwrap_or(""));
        taken.open(&open.spelt, Stands::Text, file.clone());
        done = open.at.end;
    }
    literal(taken, text.text.get(done..).unwrap_or(""));
    taken.push("\"", file.clone());
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Something that Terraform knows when it runs.
pub(super) fn later(at: TextRange, within: Option<TextRange>, spelt: &str) -> Unknown {
    Unknown { at, within, reason: format!("`{spelt}` is only known when Terraform runs") }
}
