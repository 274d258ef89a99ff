//! Reads the parts of an event that say something.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::event::{Event, Field, Is, Part};
use crate::text::json::MAX_DEPTH;
use crate::text::json::cursor::{Begins, Cursor, TextRange};
use crate::text::place::Text;

type Done = Result<(), Text<TextRange>>;

impl<'a> Event<'a> {
    /// Reads an event, or one that Log Service keeps under `event`: as an object, as a text, or in
    /// columns, as `event.eventName`.
    pub(crate) fn read(text: &'a str) -> Result<Self, Text<TextRange>> {
        let mut event = Self::default();
        let mut cursor = Cursor::new(text);
        event.value(&mut cursor, Part::Event, MAX_DEPTH, true)?;
        cursor.end()?;
        Ok(event.wrapped.pop().unwrap_or(event))
    }

    /// Reads the value of a part, which is looked into if it is an object, or a text that is one: Log
    /// Service exports texts alone.
    fn value(
        &mut self,
        cursor: &mut Cursor<'a>,
        part: Part,
        depth: usize,
        outermost: bool,
    ) -> Done {
        match cursor.kind(depth)? {
            Begins::Object => {
                let inner = depth - 1;
                cursor.object(|cursor, name, _| self.member(cursor, part, name, inner, outermost))
            }
            Begins::String => {
                let text = cursor.string()?;
                if text.trim_start().starts_with('{') {
                    // The places of its mistakes are in this text, and it is shown with none.
                    let inner = Event::of_text(&text, part, depth.saturating_sub(1), outermost);
                    self.add(
                        inner.map_err(|error| {
                            Text::new(error.value, TextRange { start: 0, end: 0 })
                        })?,
                    );
                }
                Ok(())
            }
            Begins::Array | Begins::Number | Begins::Word => cursor.skip(depth),
        }
    }

    /// What a text says of a part.
    fn of_text(
        text: &str,
        part: Part,
        depth: usize,
        outermost: bool,
    ) -> Result<Event<'static>, Text<TextRange>> {
        let mut event = Event::default();
        let mut cursor = Cursor::new(text);
        event.value(&mut cursor, part, depth, outermost)?;
        cursor.end()?;
        Ok(event.into_owned())
    }

    /// Reads a member of a part.
    fn member(
        &mut self,
        cursor: &mut Cursor<'a>,
        part: Part,
        name: Cow<'a, str>,
        depth: usize,
        outermost: bool,
    ) -> Done {
        if part == Part::Resources {
            let names = texts(cursor, depth)?;
            self.resources.push((name, names));
            return Ok(());
        }
        match part.member(&name) {
            Is::Text(field) => {
                let text = text(cursor, depth)?.unwrap_or_default();
                self.keep(field, text);
                Ok(())
            }
            Is::Part(Part::Wrapped) if outermost && !self.seen.contains(&Part::Wrapped) => {
                self.seen.push(Part::Wrapped);
                self.wrapped(|wrapped| wrapped.value(cursor, Part::Event, depth, false))
            }
            Is::Part(Part::Wrapped) => cursor.skip(depth),
            // No resource is forgotten, whichever member names it.
            Is::Part(Part::Resources) => self.value(cursor, Part::Resources, depth, false),
            Is::Part(part) if !self.seen.contains(&part) => {
                self.seen.push(part);
                self.value(cursor, part, depth, false)
            }
            Is::Other if outermost => match column(name) {
                Some(path) => self.wrapped(|wrapped| wrapped.column(cursor, &path, depth)),
                None => cursor.skip(depth),
            },
            Is::Part(_) | Is::Other => cursor.skip(depth),
        }
    }

    /// Reads a column of Log Service, by its path in the event.
    fn column(&mut self, cursor: &mut Cursor<'a>, path: &str, depth: usize) -> Done {
        let (mut part, mut rest) = (Part::Event, path);
        while let Some((first, behind)) = rest.split_once('.') {
            match part.member(first) {
                Is::Part(Part::Wrapped) | Is::Text(_) | Is::Other => return cursor.skip(depth),
                Is::Part(inner) => (part, rest) = (inner, behind),
            }
            if part == Part::Resources {
                break;
            }
        }
        self.member(cursor, part, Cow::Owned(String::from(rest)), depth, false)
    }

    /// Reads into the event that Log Service keeps.
    fn wrapped(&mut self, read: impl FnOnce(&mut Self) -> Done) -> Done {
        let mut wrapped = self.wrapped.pop().unwrap_or_default();
        let done = read(&mut wrapped);
        self.wrapped.push(wrapped);
        done
    }

    fn keep(&mut self, field: Field, text: Cow<'a, str>) {
        if let Some(kept) = self.texts.get_mut(field as usize) {
            kept.get_or_insert(text);
        }
    }

    /// Adds what a text of the event says.
    fn add(&mut self, other: Event<'a>) {
        for (kept, text) in self.texts.iter_mut().zip(other.texts) {
            if let (None, Some(text)) = (&kept, text) {
                *kept = Some(text);
            }
        }
        self.resources.extend(other.resources);
        for wrapped in other.wrapped {
            self.wrapped.push(wrapped);
        }
    }

    fn into_owned(self) -> Event<'static> {
        let resources = self.resources.into_iter();
        let resources =
            resources.map(|(kind, names)| (owned(kind), names.into_iter().map(owned).collect()));
        Event {
            texts: self.texts.map(|text| text.map(owned)),
            seen: self.seen,
            resources: resources.collect(),
            wrapped: self.wrapped.into_iter().map(Event::into_owned).collect(),
        }
    }
}

fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

/// The path in the event that a column of Log Service names.
fn column(name: Cow<'_, str>) -> Option<String> {
    name.strip_prefix("event.").map(String::from)
}

/// A text; nothing where something else stands.
fn text<'a>(
    cursor: &mut Cursor<'a>,
    depth: usize,
) -> Result<Option<Cow<'a, str>>, Text<TextRange>> {
    if cursor.kind(depth)? == Begins::String {
        return cursor.string().map(Some);
    }
    cursor.skip(depth)?;
    Ok(None)
}

/// One text or a list of them, which may be a text itself; an empty one for whatever else is there.
fn texts<'a>(cursor: &mut Cursor<'a>, depth: usize) -> Result<Vec<Cow<'a, str>>, Text<TextRange>> {
    if cursor.kind(depth)? != Begins::Array {
        let one = text(cursor, depth)?.unwrap_or_default();
        return Ok(list_in(&one, depth).unwrap_or_else(|| vec![one]));
    }
    let mut found = Vec::new();
    cursor.array(|cursor| {
        found.push(text(cursor, depth - 1)?.unwrap_or_default());
        Ok(())
    })?;
    Ok(found)
}

/// The texts of a list that a text is, as Log Service exports it.
fn list_in(text: &str, depth: usize) -> Option<Vec<Cow<'static, str>>> {
    if !text.starts_with('[') {
        return None;
    }
    let mut cursor = Cursor::new(text);
    let found = texts(&mut cursor, depth).ok()?;
    cursor.end().ok()?;
    Some(found.into_iter().map(owned).collect())
}
