//! Writes a policy as JSON, as a text or as a tree: the one writer, for the macro, the library and the
//! command line.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Document, Element, Principals, Statement, Values};
use crate::terms::layout::{Layout, Shape};
use crate::text::json::{self, Kind, Member, Value};
use crate::text::place::Text;

/// How the text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indent {
    /// On one line without blanks.
    Minified,
    /// One member or value a line, that many spaces a level.
    Spaces(usize),
}

impl Document {
    /// The characters of the document, minified.
    #[must_use]
    pub fn characters(&self) -> usize {
        write(self, Indent::Minified).chars().count()
    }
}

/// The document's text, without a line feed at the end.
#[must_use]
pub fn write(document: &Document, indent: Indent) -> String {
    let mut writer = Writer::new(indent);
    if document.layout == Layout::StatementsOnly {
        for (index, one) in document.statements.iter().enumerate() {
            if index > 0 {
                writer.text.push(',');
                writer.line();
            }
            statement(&mut writer, one);
        }
    } else {
        whole(&mut writer, document);
    }
    writer.text
}

/// The document as a JSON value, all of it at one place; one of statements alone is whole.
#[must_use]
pub fn value<L: Copy>(document: &Document, at: L) -> Value<L> {
    let mut tree = Tree { at, members: Vec::new(), last: Kind::Null };
    whole(&mut tree, document);
    Value { at, kind: tree.last }
}

/// What JSON is made of, as a text or as a tree.
trait Json {
    fn string(&mut self, value: &str);
    fn object(&mut self, members: impl FnOnce(&mut Self));
    fn member(&mut self, name: &str, value: impl FnOnce(&mut Self));
    fn array<T>(&mut self, items: impl Iterator<Item = T>, write: impl Fn(&mut Self, T));

    fn values<'t>(&mut self, shape: Shape, mut items: impl Iterator<Item = &'t str>) {
        match shape {
            // A value written alone is one value.
            Shape::One => self.string(items.next().unwrap_or("")),
            Shape::Many => self.array(items, |json, item| json.string(item)),
        }
    }
}

fn whole<J: Json>(json: &mut J, document: &Document) {
    let is_last = document.layout == Layout::VersionLast;
    json.object(|json| {
        if !is_last {
            json.member("Version", |json| json.string("1"));
        }
        json.member("Statement", |json| json.array(document.statements.iter(), statement));
        if is_last {
            json.member("Version", |json| json.string("1"));
        }
    });
}

fn statement<J: Json>(json: &mut J, statement: &Statement) {
    json.object(|json| {
        for one in statement.elements.iter() {
            element(json, statement, one);
        }
    });
}

fn element<J: Json>(json: &mut J, statement: &Statement, element: &Element) {
    match element {
        Element::Effect => json.member("Effect", |json| json.string(statement.effect.name())),
        Element::Action(actions) => json.member("Action", |json| {
            json.values(actions.shape, actions.items.iter().map(|action| &*action.text));
        }),
        Element::NotAction(actions) => json.member("NotAction", |json| {
            json.values(actions.shape, actions.items.iter().map(|action| &*action.text));
        }),
        Element::Resource(resources) => json.member("Resource", |json| {
            json.values(resources.shape, resources.items.iter().map(|item| &*item.text));
        }),
        Element::Sid(sid) => json.member("Sid", |json| json.string(sid)),
        Element::Principal(principals) => json.member("Principal", |json| {
            let texts = |json: &mut J, values: &Values<Cow<'static, str>>| {
                json.values(values.shape, values.items.iter().map(|item| &**item));
            };
            match principals {
                Principals::ByType(principals) => json.object(|json| {
                    for principal in principals.iter() {
                        json.member(principal.kind.name(), |json| texts(json, &principal.values));
                    }
                }),
                Principals::Listed(values) => texts(json, values),
            }
        }),
        Element::Condition(conditions) => json.member("Condition", |json| {
            json.object(|json| {
                for condition in conditions.iter() {
                    json.member(condition.operator.name(), |json| {
                        json.object(|json| {
                            for key in condition.keys.iter() {
                                json.member(&key.key, |json| {
                                    let items = key.values.items.iter();
                                    json.values(
                                        key.values.shape,
                                        items.map(|operand| &*operand.text),
                                    );
                                });
                            }
                        });
                    });
                }
            });
        }),
    }
}

/// JSON as a tree: the members of the object at hand, and the last value that has been made.
struct Tree<L> {
    at: L,
    members: Vec<Member<L>>,
    last: Kind<L>,
}

impl<L: Copy> Tree<L> {
    fn take(&mut self) -> Value<L> {
        Value { at: self.at, kind: core::mem::replace(&mut self.last, Kind::Null) }
    }
}

impl<L: Copy> Json for Tree<L> {
    fn string(&mut self, value: &str) {
        self.last = Kind::String(value.into());
    }

    fn object(&mut self, members: impl FnOnce(&mut Self)) {
        let outer = core::mem::take(&mut self.members);
        members(self);
        self.last = Kind::Object(core::mem::replace(&mut self.members, outer));
    }

    fn member(&mut self, name: &str, value: impl FnOnce(&mut Self)) {
        value(self);
        let value = self.take();
        self.members.push(Member { name: Text::new(name.into(), self.at), value });
    }

    fn array<T>(&mut self, items: impl Iterator<Item = T>, write: impl Fn(&mut Self, T)) {
        let mut values = Vec::new();
        for item in items {
            write(self, item);
            values.push(self.take());
        }
        self.last = Kind::Array(values);
    }
}

/// JSON as a text.
struct Writer {
    text: String,
    indent: Indent,
    depth: usize,
    /// Whether nothing is in the object or array at hand yet.
    first: bool,
}

impl Json for Writer {
    fn string(&mut self, value: &str) {
        json::push_text(&mut self.text, value);
    }

    fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.enclosed('{', '}', members);
    }

    fn member(&mut self, name: &str, value: impl FnOnce(&mut Self)) {
        self.separate();
        self.string(name);
        self.text.push(':');
        if self.indent != Indent::Minified {
            self.text.push(' ');
        }
        value(self);
    }

    fn array<T>(&mut self, items: impl Iterator<Item = T>, write: impl Fn(&mut Self, T)) {
        self.enclosed('[', ']', |writer| {
            for item in items {
                writer.separate();
                write(writer, item);
            }
        });
    }
}

impl Writer {
    const fn new(indent: Indent) -> Self {
        Self { text: String::new(), indent, depth: 0, first: true }
    }

    fn enclosed(&mut self, open: char, close: char, inside: impl FnOnce(&mut Self)) {
        self.text.push(open);
        let first = core::mem::replace(&mut self.first, true);
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        if !self.first {
            self.line();
        }
        self.first = first;
        self.text.push(close);
    }

    fn separate(&mut self) {
        if !self.first {
            self.text.push(',');
        }
        self.first = false;
        self.line();
    }

    fn line(&mut self) {
        if let Indent::Spaces(spaces) = self.indent {
            self.text.push('\n');
            for _ in 0..self.depth * spaces {
                self.text.push(' ');
            }
        }
    }
}
