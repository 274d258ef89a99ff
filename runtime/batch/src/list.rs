//! A log that is one list, or an answer with a list of events, is turned into lines, an item each.

use std::io::{self, Read};

use crate::head::{self, Head, Object};
use crate::text::Text;

/// Bytes that are read at once while a log is turned into lines.
const PIECE: usize = 1 << 16;

/// Gives a log of lines as it is; of lists, of answers with lists of events, and of events that stand
/// over several lines, each item on a line of its own.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    input: R,
    within: Within,
    /// Bytes that were read, and how many of them are done.
    ahead: Vec<u8>,
    done: usize,
    /// Bytes that are to be given, and how many of them were.
    ready: Vec<u8>,
    given: usize,
}

/// Where in the log reading has come to.
#[derive(Debug, Clone, Copy)]
enum Within {
    /// Before anything.
    Nothing,
    /// In a byte order mark, behind so many of its bytes.
    Mark(usize),
    /// Before the first record, or behind a list.
    Start,
    /// In lines, up to the end.
    Lines,
    /// In a list, so deep in its items.
    List { depth: usize, text: Text, is_member: bool },
    /// In a record over several lines, so deep.
    Record { depth: usize, text: Text },
    /// Behind the list of an answer, so deep in what follows.
    Behind { depth: usize, text: Text },
}

/// What some editors put in front of a text.
const MARK: [u8; 3] = *b"\xef\xbb\xbf";

impl<R: Read> Lines<R> {
    pub(crate) const fn new(input: R) -> Self {
        Self {
            input,
            within: Within::Nothing,
            ahead: Vec::new(),
            done: 0,
            ready: Vec::new(),
            given: 0,
        }
    }

    /// Whether reading on has to ask the input.
    pub(crate) const fn is_drained(&self) -> bool {
        self.done == self.ahead.len() && self.given == self.ready.len()
    }

    /// Reads more; whether there is any.
    fn fill(&mut self) -> io::Result<bool> {
        let before = self.ahead.len();
        self.ahead.resize(before + PIECE, 0);
        let room = self.ahead.get_mut(before..).unwrap_or_default();
        let read = loop {
            match self.input.read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.ahead.truncate(before + *read.as_ref().unwrap_or(&0));
        read.map(|read| read > 0)
    }

    /// Turns what was read into what is given.
    fn turn(&mut self) -> io::Result<()> {
        while let Some(byte) = self.ahead.get(self.done).copied() {
            match self.within {
                Within::Lines => break,
                Within::Nothing | Within::Start if byte == b'{' => self.object()?,
                within @ (Within::Nothing
                | Within::Mark(_)
                | Within::Start
                | Within::List { .. }
                | Within::Record { .. }
                | Within::Behind { .. }) => {
                    self.within = within.step(byte, &mut self.ready);
                    self.done += 1;
                }
            }
        }
        Ok(())
    }

    /// Finds out what an object is. As much of it as is needed for that is kept.
    fn object(&mut self) -> io::Result<()> {
        let mut head = Head::new();
        let object = loop {
            let bytes = self.ahead.get(self.done..).unwrap_or_default();
            if let Some(object) = head.look(bytes) {
                break object;
            }
            if bytes.len() >= head::MOST || !self.fill()? {
                break head.end();
            }
        };
        let text = Text::Outside;
        self.within = match object {
            Object::Events(behind) => {
                self.done += behind;
                Within::List { depth: 0, text, is_member: true }
            }
            Object::Line => Within::Lines,
            Object::Lines => Within::Record { depth: 0, text },
        };
        Ok(())
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let ready = self.ready.get(self.given..).filter(|ready| !ready.is_empty());
            if let Some(mut ready) = ready {
                let read = ready.read(buffer)?;
                self.given += read;
                return Ok(read);
            }
            self.ready.clear();
            self.given = 0;
            if self.done == self.ahead.len() {
                self.ahead.clear();
                self.done = 0;
                // Nothing is copied from here on.
                if matches!(self.within, Within::Lines) {
                    return self.input.read(buffer);
                }
                if !self.fill()? {
                    return Ok(0);
                }
            }
            self.turn()?;
            if matches!(self.within, Within::Lines) {
                self.ready.extend_from_slice(self.ahead.get(self.done..).unwrap_or_default());
                self.ahead = Vec::new();
                self.done = 0;
            }
        }
    }
}

impl Within {
    /// What a byte leads to, and what is given for it.
    fn step(self, byte: u8, ready: &mut Vec<u8>) -> Self {
        match self {
            Self::Nothing if byte == MARK[0] => {
                ready.push(b' ');
                Self::Mark(1)
            }
            Self::Mark(seen) if MARK.get(seen) == Some(&byte) => {
                ready.push(b' ');
                if seen + 1 == MARK.len() { Self::Start } else { Self::Mark(seen + 1) }
            }
            // Half a mark is no text, and the line stays wrong.
            Self::Mark(_) => {
                ready.push(0);
                Self::Lines
            }
            Self::Nothing | Self::Start if byte == b'[' => {
                ready.push(b' ');
                Self::List { depth: 0, text: Text::Outside, is_member: false }
            }
            Self::Nothing | Self::Start if byte.is_ascii_whitespace() => {
                ready.push(byte);
                Self::Start
            }
            Self::Nothing | Self::Start | Self::Lines => {
                ready.push(byte);
                Self::Lines
            }
            Self::List { depth, text, is_member } => {
                let next = nested(depth, text, byte);
                let is_outside = text == Text::Outside && depth == 0;
                ready.push(match byte {
                    b',' | b']' if is_outside => b'\n',
                    _ => on_one_line(byte, text),
                });
                match (is_outside && byte == b']', is_member) {
                    (false, _) => Self::List { depth: next, text: text.step(byte), is_member },
                    (true, false) => Self::Start,
                    (true, true) => Self::Behind { depth: 0, text: Text::Outside },
                }
            }
            Self::Record { depth, text } => {
                let next = nested(depth, text, byte);
                ready.push(on_one_line(byte, text));
                if next == 0 && depth > 0 {
                    ready.push(b'\n');
                    return Self::Start;
                }
                Self::Record { depth: next, text: text.step(byte) }
            }
            Self::Behind { depth, text } => {
                if depth == 0 && text == Text::Outside && byte == b'}' {
                    return Self::Start;
                }
                let next = nested(depth, text, byte);
                Self::Behind { depth: next, text: text.step(byte) }
            }
        }
    }
}

/// How deep a byte leads.
const fn nested(depth: usize, text: Text, byte: u8) -> usize {
    match (text, byte) {
        (Text::Outside, b'{' | b'[') => depth + 1,
        (Text::Outside, b'}' | b']') => depth.saturating_sub(1),
        (Text::Outside | Text::Inside | Text::Escaped, _) => depth,
    }
}

/// A line end within an item is a blank; within a text it is wrong, and stays so.
const fn on_one_line(byte: u8, text: Text) -> u8 {
    match (byte, text) {
        (b'\n', Text::Outside) => b' ',
        (b'\n', Text::Inside | Text::Escaped) => 0,
        (byte, _) => byte,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed test")]
mod tests {
    use super::*;

    /// Gives a byte at a time.
    struct Slowly<'t>(&'t [u8]);

    impl Read for Slowly<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let some = buffer.len().min(1);
            self.0.read(buffer.get_mut(..some).unwrap_or_default())
        }
    }

    #[test]
    fn gives_each_item_a_line() {
        for (name, text, expected) in [
            ("lines", "{}\n[1, 2]\n", "{}\n[1, 2]\n"),
            ("blank lines before", "\n \n{}\n", "\n \n{}\n"),
            ("list", "[{},{}]", " {}\n{}\n"),
            ("list over lines", "[\n {\"a\":\n1},\n {}\n]\n", "   {\"a\": 1}\n  {} \n\n"),
            ("lists below each other", "[1]\n[2]", " 1\n\n 2\n"),
            ("lines behind a list", "[1]\n{}\n[2]", " 1\n\n{}\n[2]"),
            ("signs in texts", r#"[{"a":"],[\""},2]"#, " {\"a\":\"],[\\\"\"}\n2\n"),
            ("nested", "[[1,2],{\"a\":[3]}]", " [1,2]\n{\"a\":[3]}\n"),
            ("a line end in a text", "[\"a\nb\"]", " \"a\0b\"\n"),
            ("cut off", "[{},{\"a\"", " {}\n{\"a\""),
            ("a byte order mark before lines", "\u{feff}{}\n", "   {}\n"),
            ("a byte order mark before a list", "\u{feff}[{},1]", "    {}\n1\n"),
            ("a byte order mark alone", "\u{feff}", "   "),
            ("a mark that is none", "\u{fec0}{}", "  \0{}"),
            ("a mark behind a line", "{}\n\u{feff}{}", "{}\n\u{feff}{}"),
            (
                "an answer with events",
                r#"{"A":"]","Events":[{"a":[1]},2],"B":{"c":"}"}}"#,
                "{\"a\":[1]}\n2\n",
            ),
            ("answers below each other", "{\"Events\":[1]}\n{\"Events\":[2]}\n", "1\n\n2\n\n"),
            (
                "an answer over lines",
                "{\n \"Events\": [\n  {},\n  {}\n ]\n}\n",
                "   {}\n   {}  \n\n",
            ),
            ("a line behind an answer", "{\"Events\":[]}\n{}\n{}", "\n\n{}\n{}"),
            ("an answer that is cut off", "{\"Events\":[{}", "{}"),
            ("an answer without events", r#"{"Events":{}}"#, r#"{"Events":{}}"#),
            ("a record over lines", "{\n \"a\": {\n}}\n{}\n", "{  \"a\": { }}\n\n{}\n"),
            (
                "records over lines",
                "{\n\"a\": 1}{\n\"b\": \"}\"}",
                "{ \"a\": 1}\n{ \"b\": \"}\"}\n",
            ),
            ("an escaped line end", "[\"\\\n\"]", " \"\\\0\"\n"),
        ] {
            let mut found = String::new();
            Lines::new(text.as_bytes()).read_to_string(&mut found).unwrap();
            assert_eq!(found, expected, "{name}");
            // However little is there at a time.
            let mut found = String::new();
            Lines::new(Slowly(text.as_bytes())).read_to_string(&mut found).unwrap();
            assert_eq!(found, expected, "{name}, slowly");
        }
    }

    #[test]
    fn an_object_is_looked_at_as_far_as_is_bounded() {
        let far = format!("{{\"A\":\"{}\",\"Events\":[1]}}", "x".repeat(3 * head::MOST));
        let mut lines = Lines::new(far.as_bytes());
        let mut found = String::new();
        lines.read_to_string(&mut found).unwrap();
        assert_eq!(found, far);
    }
}
