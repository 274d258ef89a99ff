//! Finds out what an object at the start of a log is: a record, or one that holds a list of them.

use crate::text::Text;

/// The member of an answer of `LookupEvents` that has the events.
const LIST: &[u8] = b"Events";

/// Most bytes that are looked at.
pub(crate) const MOST: usize = 1 << 16;

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Object {
    /// One with a list of events, which begins behind so many bytes.
    Events(usize),
    /// A record on one line.
    Line,
    /// A record over several lines.
    Lines,
}

/// What has been seen of an object, which may not have been read whole.
#[derive(Debug)]
pub(crate) struct Head {
    /// How many bytes.
    at: usize,
    depth: usize,
    text: Text,
    /// Where the last text began.
    start: usize,
    expects: Expects,
    is_list: bool,
    /// Whether the first line has anything behind the brace; `None` before its end.
    goes_on: Option<bool>,
}

/// What a byte is to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    On,
    End,
    /// There is no such object.
    Wrong,
}

/// What comes next in the object itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expects {
    Brace,
    Name,
    Colon,
    Value,
    Comma,
}

impl Head {
    pub(crate) const fn new() -> Self {
        Self {
            at: 0,
            depth: 0,
            text: Text::Outside,
            start: 0,
            expects: Expects::Brace,
            is_list: false,
            goes_on: None,
        }
    }

    /// Looks at the bytes that came since, of all from the brace on. `None` where more are needed.
    pub(crate) fn look(&mut self, bytes: &[u8]) -> Option<Object> {
        while let Some(byte) = bytes.get(self.at) {
            match self.step(*byte, bytes) {
                Step::On => {}
                Step::End => return Some(self.end()),
                // The line is told as what it is.
                Step::Wrong => return Some(Object::Line),
            }
            if self.is_list && self.expects == Expects::Comma {
                return Some(Object::Events(self.at + 1));
            }
            self.at += 1;
        }
        None
    }

    /// What the object is, as far as was seen.
    pub(crate) fn end(&self) -> Object {
        if self.goes_on == Some(false) { Object::Lines } else { Object::Line }
    }

    /// Goes on by a byte.
    fn step(&mut self, byte: u8, bytes: &[u8]) -> Step {
        match byte {
            b'\n' if self.goes_on.is_none() => self.goes_on = Some(false),
            _ if self.at > 0 && !byte.is_ascii_whitespace() && self.goes_on.is_none() => {
                self.goes_on = Some(true);
            }
            _ => {}
        }
        let before = self.text;
        self.text = before.step(byte);
        if before != Text::Outside {
            if self.text == Text::Outside && self.depth == 1 && self.expects == Expects::Name {
                self.is_list = bytes.get(self.start..self.at) == Some(LIST);
                self.expects = Expects::Colon;
            }
            return Step::On;
        }
        self.start = self.at + 1;
        match (self.depth, byte) {
            (_, byte) if byte.is_ascii_whitespace() => {}
            (0, _) => (self.depth, self.expects) = (1, Expects::Name),
            (1, b'}') => return Step::End,
            (1, _) => return self.own(byte),
            (_, b'{' | b'[') => self.depth += 1,
            (_, b'}' | b']') => self.depth -= 1,
            _ => {}
        }
        Step::On
    }

    /// Goes on by a byte of the object itself.
    fn own(&mut self, byte: u8) -> Step {
        match (self.expects, byte) {
            (Expects::Name, b'"') => {}
            (Expects::Colon, b':') => self.expects = Expects::Value,
            (Expects::Value, _) => {
                self.is_list &= byte == b'[';
                self.expects = Expects::Comma;
                self.depth += usize::from(matches!(byte, b'{' | b'['));
            }
            (Expects::Comma, b',') => self.expects = Expects::Name,
            (Expects::Comma, _) => {}
            (Expects::Brace | Expects::Name | Expects::Colon, _) => return Step::Wrong,
        }
        Step::On
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_object_is() {
        for (name, text, expected) in [
            ("a record", r#"{"action": "a:B"}"#, Some(Object::Line)),
            ("a record that is cut off", r#"{"action": "a:B""#, None),
            ("a list first", r#"{"Events":[{}]}"#, Some(Object::Events(11))),
            ("a list over lines", "{\n  \"Events\": [\n", Some(Object::Events(15))),
            (
                "members before it",
                r#"{"A":"}\"","B":{"Events":[1]},"C":[2],"Events":["#,
                Some(Object::Events(48)),
            ),
            ("no list", r#"{"Events":{"Event":[]}}"#, Some(Object::Line)),
            ("a text", r#"{"A":"Events","B":[1]}"#, Some(Object::Line)),
            ("a list of another name", r#"{"events":[1]}"#, Some(Object::Line)),
            ("a list of a longer name", r#"{"xEvents":[1]}"#, Some(Object::Line)),
            ("a record over lines", "{\n\"action\": \"a:B\"\n}", Some(Object::Lines)),
            ("a record that goes on", "{\"action\":\n\"a:B\"}", Some(Object::Line)),
            ("no record over lines", "{\n{\"action\": \"a:B\"}", Some(Object::Line)),
            ("no name", "{5", Some(Object::Line)),
            ("no colon", r#"{"a" "b""#, Some(Object::Line)),
        ] {
            assert_eq!(Head::new().look(text.as_bytes()), expected, "{name}");
            // However little comes at a time.
            let mut head = Head::new();
            let found = (1..=text.len()).find_map(|end| head.look(text.as_bytes().get(..end)?));
            assert_eq!(found, expected, "{name}, byte by byte");
        }
    }
}
