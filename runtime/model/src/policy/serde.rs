//! serde: the same reader and the same writer, through serde's data model.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::Cell;
use core::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::catalogue::additions::Additions;
use crate::document::{Condition, Document, Element, KeyCondition, Principals, Statement};
use crate::policy::Policy;
use crate::policy::reader::{Extent, Read, Reader};
use crate::report::diagnostic::Report;
use crate::report::level::Levels;
use crate::request::Request;
use crate::request::owned::{At, OwnedRequest};
use crate::source::from_json;
use crate::terms::decision::Decision;
use crate::terms::kind::PolicyKind;
use crate::terms::layout::{Layout, Shape};
use crate::text::json::{Kind, MAX_DEPTH, MAX_VALUES, Member, Value};
use crate::text::order;
use crate::text::place::Text;

/// As its document: members, values and shapes in the order they were written.
impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document().serialize(serializer)
    }
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.layout == Layout::StatementsOnly {
            return serializer.collect_seq(self.statements.iter());
        }
        let mut map = serializer.serialize_map(Some(2))?;
        if self.layout == Layout::VersionFirst {
            map.serialize_entry("Version", "1")?;
        }
        map.serialize_entry("Statement", &*self.statements)?;
        if self.layout == Layout::VersionLast {
            map.serialize_entry("Version", "1")?;
        }
        map.end()
    }
}

impl Serialize for Statement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.elements.len()))?;
        for element in self.elements.iter() {
            match element {
                Element::Effect => map.serialize_entry("Effect", self.effect.name())?,
                Element::Action(actions) => {
                    let texts =
                        Texts(actions.shape, || actions.items.iter().map(|item| &*item.text));
                    map.serialize_entry("Action", &texts)?;
                }
                Element::NotAction(actions) => {
                    let texts =
                        Texts(actions.shape, || actions.items.iter().map(|item| &*item.text));
                    map.serialize_entry("NotAction", &texts)?;
                }
                Element::Resource(resources) => {
                    let texts =
                        Texts(resources.shape, || resources.items.iter().map(|item| &*item.text));
                    map.serialize_entry("Resource", &texts)?;
                }
                Element::Principal(Principals::Listed(values)) => {
                    let texts = Texts(values.shape, || values.items.iter().map(|item| &**item));
                    map.serialize_entry("Principal", &texts)?;
                }
                Element::Principal(Principals::ByType(principals)) => {
                    let entries = principals.iter().map(|principal| {
                        let values = &principal.values;
                        (
                            principal.kind.name(),
                            Texts(values.shape, || values.items.iter().map(|item| &**item)),
                        )
                    });
                    map.serialize_entry("Principal", &Map(|| entries.clone()))?;
                }
                Element::Condition(conditions) => {
                    let entries = conditions
                        .iter()
                        .map(|condition| (condition.operator.name(), Keys(condition)));
                    map.serialize_entry("Condition", &Map(|| entries.clone()))?;
                }
                Element::Sid(sid) => map.serialize_entry("Sid", sid)?,
            }
        }
        map.end()
    }
}

/// The keys under one operator.
#[derive(Clone, Copy)]
struct Keys<'a>(&'a Condition);

impl Serialize for Keys<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.keys.iter().map(|KeyCondition { key, values }| {
            (key, Texts(values.shape, || values.items.iter().map(|item| &*item.text)))
        }))
    }
}

/// A string, or a list of them.
struct Texts<F>(Shape, F);

impl<'a, F: Fn() -> I, I: Iterator<Item = &'a str>> Serialize for Texts<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut items = (self.1)();
        match self.0 {
            Shape::One => serializer.serialize_str(items.next().unwrap_or("")),
            Shape::Many => serializer.collect_seq(items),
        }
    }
}

/// An object.
struct Map<F>(F);

impl<F: Fn() -> I, I: Iterator<Item = (&'static str, V)>, V: Serialize> Serialize for Map<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map((self.0)())
    }
}

/// Refuses whatever [`Policy::from_json`] refuses, with all that was found in one message.
impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = read_value(deserializer)?;
        let (levels, additions) = (Levels::new(), Additions::new());
        let reader = Reader::new(PolicyKind::Identity, &levels, &additions);
        let mut report = Report::default();
        let Read { lowered, mut findings } = if let Kind::Array(items) = value.kind {
            // As statements without a document around them are written.
            let statements = from_json::statements(value.at, items, &mut report);
            reader.taking(Extent::Part).tree(&statements, report)
        } else {
            reader.value(value, report)
        };
        lowered.map(|lowered| Self::from_document(lowered.document)).ok_or_else(|| {
            order::sort_by(&mut findings, |left, right| left.at.cmp(&right.at));
            let messages: Vec<String> = findings.into_iter().map(|found| found.message).collect();
            de::Error::custom(messages.join("; "))
        })
    }
}

/// A tree of no more values than [`json::read`](crate::text::json::read) takes.
fn read_value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value<Nth>, D::Error> {
    let (left, places) = (Cell::new(MAX_VALUES), Cell::new(0));
    deserializer.deserialize_any(ValueVisitor { depth: MAX_DEPTH, left: &left, places: &places })
}

/// A place where serde gives none: how many values and names come before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Nth(usize);

impl From<Nth> for At {
    fn from(_: Nth) -> Self {
        Self::UNKNOWN
    }
}

/// Reads any value, members in order and duplicates kept.
#[derive(Clone, Copy)]
struct ValueVisitor<'v> {
    depth: usize,
    /// How many values more are read.
    left: &'v Cell<usize>,
    /// How many places there are.
    places: &'v Cell<usize>,
}

impl ValueVisitor<'_> {
    /// The next place.
    fn place(self) -> Nth {
        Nth(self.places.replace(self.places.get() + 1))
    }

    fn value(self, kind: Kind<Nth>) -> Value<Nth> {
        Value { at: self.place(), kind }
    }

    fn deeper<E: de::Error>(self) -> Result<Self, E> {
        let depth = self.depth.checked_sub(1).ok_or_else(|| E::custom("nested too deeply"))?;
        Ok(Self { depth, ..self })
    }

    fn one_more<E: de::Error>(self) -> Result<(), E> {
        let left = self.left.get().checked_sub(1);
        self.left.set(left.ok_or_else(|| E::custom("more values than are read"))?);
        Ok(())
    }
}
impl<'de> de::DeserializeSeed<'de> for ValueVisitor<'_> {
    type Value = Value<Nth>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<Nth>, D::Error> {
        self.one_more()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueVisitor<'_> {
    type Value = Value<Nth>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a policy")
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<Nth>, E> {
        Ok(self.value(Kind::String(text.into())))
    }

    fn visit_bool<E>(self, boolean: bool) -> Result<Value<Nth>, E> {
        Ok(self.value(Kind::Boolean(boolean)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value<Nth>, E> {
        Ok(self.value(Kind::Number(number.to_string())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<Nth>, E> {
        Ok(self.value(Kind::Number(number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value<Nth>, E> {
        Ok(self.value(Kind::Number(number.to_string())))
    }

    fn visit_unit<E>(self) -> Result<Value<Nth>, E> {
        Ok(self.value(Kind::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value<Nth>, A::Error> {
        let (at, seed) = (self.place(), self.deeper()?);
        let mut values = Vec::new();
        while let Some(value) = items.next_element_seed(seed)? {
            values.push(value);
        }
        Ok(Value { at, kind: Kind::Array(values) })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value<Nth>, A::Error> {
        let (at, seed) = (self.place(), self.deeper()?);
        let mut members = Vec::new();
        while let Some(name) = entries.next_key::<String>()? {
            let name = Text::new(name, self.place());
            members.push(Member { name, value: entries.next_value_seed(seed)? });
        }
        Ok(Value { at, kind: Kind::Object(members) })
    }
}

/// `{"decision": "Allow", "statement": 0}`; an implicit denial has no statement.
impl Serialize for Decision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Decision", 2)?;
        fields.serialize_field("decision", &self.to_string())?;
        match self.statement() {
            Some(statement) => fields.serialize_field("statement", &statement)?,
            None => fields.skip_field("statement")?,
        }
        fields.end()
    }
}

impl<'de> Deserialize<'de> for Decision {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(DecisionVisitor)
    }
}

struct DecisionVisitor;

impl<'de> Visitor<'de> for DecisionVisitor {
    type Value = Decision;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decision, as {\"decision\": \"Allow\", \"statement\": 0}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Decision, A::Error> {
        let (mut decision, mut statement) = (None, None);
        while let Some(name) = entries.next_key::<String>()? {
            match name.as_str() {
                "decision" if decision.is_none() => {
                    decision = Some(entries.next_value::<String>()?)
                }
                "statement" if statement.is_none() => {
                    statement = entries.next_value::<Option<usize>>()?
                }
                other => return Err(de::Error::unknown_field(other, &["decision", "statement"])),
            }
        }
        match (decision.as_deref(), statement) {
            (Some("Allow"), Some(statement)) => Ok(Decision::Allow { statement }),
            (Some("ExplicitDeny"), Some(statement)) => Ok(Decision::ExplicitDeny { statement }),
            (Some("ImplicitDeny"), None) => Ok(Decision::ImplicitDeny),
            (None, _) => Err(de::Error::missing_field("decision")),
            _ => Err(de::Error::custom(
                "`Allow` and `ExplicitDeny` have a statement, `ImplicitDeny` has none",
            )),
        }
    }
}

/// `{"action": ..., "resource": ..., "context": {key: value or list}}`.
impl Serialize for Request<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        OwnedRequest::from(self).serialize(serializer)
    }
}

impl Serialize for OwnedRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Request", 3)?;
        fields.serialize_field("action", &self.action)?;
        fields.serialize_field("resource", &self.resource)?;
        if self.context.is_empty() {
            fields.skip_field("context")?;
        } else {
            fields.serialize_field("context", &Context(self))?;
        }
        fields.end()
    }
}

struct Context<'a>(&'a OwnedRequest);

impl Serialize for Context<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.context.iter().map(|(key, values)| {
            let shape = Shape::of(values.len());
            (key, Texts(shape, || values.iter().map(String::as_str)))
        }))
    }
}

impl<'de> Deserialize<'de> for OwnedRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = read_value(deserializer)?;
        Self::from_value(value).map_err(de::Error::custom)
    }
}
