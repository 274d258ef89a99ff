//! A log that is one list is turned into lines, an item each.

use std::io::{self, Read};

/// Gives a log of lines as it is, and of a list every item on a line of its own.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    input: R,
    within: Within,
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
    List { depth: usize, text: Text },
}

/// Whether a JSON text is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Text {
    Outside,
    Inside,
    /// Behind a backslash.
    Escaped,
}

/// What some editors put in front of a text.
const MARK: [u8; 3] = *b"\xef\xbb\xbf";

impl<R: Read> Lines<R> {
    pub(crate) const fn new(input: R) -> Self {
        Self { input, within: Within::Nothing }
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        for byte in buffer.iter_mut().take(read) {
            if matches!(self.within, Within::Lines) {
                break;
            }
            self.within = self.within.step(byte);
        }
        Ok(read)
    }
}

impl Within {
    /// What a byte leads to; the byte becomes what stands in the line.
    fn step(self, byte: &mut u8) -> Self {
        match (self, *byte) {
            (Self::Nothing, found) if found == MARK[0] => {
                *byte = b' ';
                Self::Mark(1)
            }
            (Self::Mark(seen), found) if MARK.get(seen) == Some(&found) => {
                *byte = b' ';
                if seen + 1 == MARK.len() { Self::Start } else { Self::Mark(seen + 1) }
            }
            // Half a mark is no text, and the line stays wrong.
            (Self::Mark(_), _) => {
                *byte = 0;
                Self::Lines
            }
            (Self::Nothing, _) => Self::Start.step(byte),
            (Self::Start, b'[') => {
                *byte = b' ';
                Self::List { depth: 0, text: Text::Outside }
            }
            (Self::Start, byte) if byte.is_ascii_whitespace() => self,
            (Self::Start | Self::Lines, _) => Self::Lines,
            (Self::List { depth, text: Text::Escaped }, _) => {
                Self::List { depth, text: Text::Inside }
            }
            (Self::List { depth, text: Text::Inside }, b'\\') => {
                Self::List { depth, text: Text::Escaped }
            }
            (Self::List { depth, text: Text::Inside }, b'"') => {
                Self::List { depth, text: Text::Outside }
            }
            (Self::List { depth, text: Text::Outside }, b'"') => {
                Self::List { depth, text: Text::Inside }
            }
            // A line end within an item is a blank; within a text it is wrong, and stays so.
            (Self::List { text, .. }, b'\n') => {
                *byte = if text == Text::Outside { b' ' } else { 0 };
                self
            }
            (Self::List { text: Text::Inside, .. }, _) => self,
            (Self::List { depth: 0, .. }, b']') => {
                *byte = b'\n';
                Self::Start
            }
            (Self::List { depth: 0, .. }, b',') => {
                *byte = b'\n';
                self
            }
            (Self::List { depth, text }, b'{' | b'[') => Self::List { depth: depth + 1, text },
            (Self::List { depth, text }, b'}' | b']') => {
                Self::List { depth: depth.saturating_sub(1), text }
            }
            (Self::List { .. }, _) => self,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed test")]
mod tests {
    use super::*;

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
        ] {
            let mut found = String::new();
            Lines::new(text.as_bytes()).read_to_string(&mut found).unwrap();
            assert_eq!(found, expected, "{name}");
        }
    }
}
