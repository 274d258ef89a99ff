//! Writes a policy as JSON: the one writer, for the macro, the library and the command line.

use alloc::string::String;

use super::{Document, Element, Statement};
use crate::terms::layout::{Layout, Shape};
use crate::text::json;

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
    match document.layout {
        Layout::StatementsOnly => {
            for (index, statement) in document.statements.iter().enumerate() {
                if index > 0 {
                    writer.text.push(',');
                    writer.line();
                }
                writer.statement(statement);
            }
        }
        layout @ (Layout::VersionFirst | Layout::VersionLast) => writer.object(|writer| {
            if layout == Layout::VersionFirst {
                writer.member("Version", |writer| writer.string("1"));
            }
            writer.member("Statement", |writer| {
                writer.array(document.statements.iter(), Writer::statement);
            });
            if layout == Layout::VersionLast {
                writer.member("Version", |writer| writer.string("1"));
            }
        }),
    }
    writer.text
}

struct Writer {
    text: String,
    indent: Indent,
    depth: usize,
    /// Whether nothing stands in the object or array at hand yet.
    first: bool,
}

impl Writer {
    const fn new(indent: Indent) -> Self {
        Self { text: String::new(), indent, depth: 0, first: true }
    }

    fn statement(&mut self, statement: &Statement) {
        self.object(|writer| {
            for element in statement.elements.iter() {
                writer.element(statement, element);
            }
        });
    }

    fn element(&mut self, statement: &Statement, element: &Element) {
        match element {
            Element::Effect => {
                self.member("Effect", |writer| writer.string(statement.effect.name()));
            }
            Element::Action(actions) => self.member("Action", |writer| {
                writer.values(actions.shape, actions.items.iter().map(|action| &*action.text));
            }),
            Element::NotAction(actions) => self.member("NotAction", |writer| {
                writer.values(actions.shape, actions.items.iter().map(|action| &*action.text));
            }),
            Element::Resource(resources) => self.member("Resource", |writer| {
                writer.values(resources.shape, resources.items.iter().map(|item| &*item.text));
            }),
            Element::Sid(sid) => self.member("Sid", |writer| writer.string(sid)),
            Element::Principal(principals) => self.member("Principal", |writer| {
                writer.object(|writer| {
                    for principal in principals.iter() {
                        writer.member(principal.kind.name(), |writer| {
                            let values = &principal.values;
                            writer.values(values.shape, values.items.iter().map(|item| &**item));
                        });
                    }
                });
            }),
            Element::Condition(conditions) => self.member("Condition", |writer| {
                writer.object(|writer| {
                    for condition in conditions.iter() {
                        writer.member(condition.operator.name(), |writer| {
                            writer.object(|writer| {
                                for key in condition.keys.iter() {
                                    writer.member(&key.key, |writer| {
                                        let items = key.values.items.iter();
                                        writer.values(
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

    fn values<'t>(&mut self, shape: Shape, mut items: impl Iterator<Item = &'t str>) {
        match shape {
            // A value written alone is one value.
            Shape::One => self.string(items.next().unwrap_or("")),
            Shape::Many => self.array(items, |writer, item| writer.string(item)),
        }
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

    fn string(&mut self, value: &str) {
        json::push_text(&mut self.text, value);
    }
}
