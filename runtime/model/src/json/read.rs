//! Reads JSON text strictly (RFC 8259), with the place of every value.
//!
//! Written here because places, duplicate members and number texts are needed, which the common
//! libraries do not keep. Depth is bounded, so that nesting cannot exhaust the stack.

use alloc::{string::String, vec::Vec};

use super::{Kind, Member, Value};
use crate::syntax::Text;

/// Deepest nesting that is read; a policy nests five deep.
pub const MAX_DEPTH: usize = 64;

/// A range of a text in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextRange {
    /// First byte.
    pub start: usize,
    /// After the last byte.
    pub end: usize,
}

/// Reads one JSON value with nothing but blanks around it.
///
/// # Errors
///
/// The place and a sentence for the first thing that is not JSON.
pub fn read(text: &str) -> Result<Value<TextRange>, Text<TextRange>> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(MAX_DEPTH)?;
    reader.blanks();
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(reader.error("expected nothing after the document")),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn error(&self, message: &str) -> Text<TextRange> {
        self.error_from(self.at, message)
    }

    /// An error at the comma before the blanks at hand.
    fn trailing_comma(&self, message: &str) -> Text<TextRange> {
        let before = self.text.get(..self.at).unwrap_or("");
        let start = before.rfind(',').unwrap_or(self.at);
        Text::new(message.into(), TextRange { start, end: start + 1 })
    }

    /// An error from `start` to the end of the character at hand.
    fn error_from(&self, start: usize, message: &str) -> Text<TextRange> {
        let rest = self.text.get(self.at..).unwrap_or("");
        let end = self.at + rest.chars().next().map_or(0, char::len_utf8);
        Text::new(message.into(), TextRange { start, end })
    }

    fn value(&mut self, depth: usize) -> Result<Value<TextRange>, Text<TextRange>> {
        self.blanks();
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{' | b'[') if depth == 0 => return Err(self.error("nested too deeply")),
            Some(b'{') => self.object(depth - 1)?,
            Some(b'[') => self.array(depth - 1)?,
            Some(b'"') => Kind::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => Kind::Number(self.number()?),
            Some(b'a'..=b'z' | b'A'..=b'Z') => self.word()?,
            Some(_) => return Err(self.error("expected a JSON value")),
            None => return Err(self.error("the text ends where a JSON value should stand")),
        };
        Ok(Value { at: TextRange { start, end: self.at }, kind })
    }

    fn object(&mut self, depth: usize) -> Result<Kind<TextRange>, Text<TextRange>> {
        self.at += 1;
        let mut members = Vec::new();
        self.blanks();
        if self.take(b'}') {
            return Ok(Kind::Object(members));
        }
        loop {
            self.blanks();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(match self.peek() {
                    Some(b'}') => self.trailing_comma("JSON has no comma after the last member"),
                    _ => self.error("expected a member name in double quotes"),
                });
            }
            let name = Text::new(self.string()?, TextRange { start, end: self.at });
            self.blanks();
            if !self.take(b':') {
                return Err(self.error("expected `:` after the member name"));
            }
            let value = self.value(depth)?;
            members.push(Member { name, value });
            self.blanks();
            if self.take(b'}') {
                return Ok(Kind::Object(members));
            }
            if !self.take(b',') {
                return Err(self.error("expected `,` or `}`"));
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Kind<TextRange>, Text<TextRange>> {
        self.at += 1;
        let mut values = Vec::new();
        self.blanks();
        if self.take(b']') {
            return Ok(Kind::Array(values));
        }
        loop {
            self.blanks();
            if self.peek() == Some(b']') {
                return Err(self.trailing_comma("JSON has no comma after the last value"));
            }
            values.push(self.value(depth)?);
            self.blanks();
            if self.take(b']') {
                return Ok(Kind::Array(values));
            }
            if !self.take(b',') {
                return Err(self.error("expected `,` or `]`"));
            }
        }
    }

    fn word(&mut self) -> Result<Kind<TextRange>, Text<TextRange>> {
        let start = self.at;
        while matches!(self.peek(), Some(byte) if byte.is_ascii_alphanumeric()) {
            self.at += 1;
        }
        match self.text.get(start..self.at) {
            Some("true") => Ok(Kind::Boolean(true)),
            Some("false") => Ok(Kind::Boolean(false)),
            Some("null") => Ok(Kind::Null),
            _ => Err(self.error_from(start, "expected a JSON value; texts stand in double quotes")),
        }
    }

    fn number(&mut self) -> Result<String, Text<TextRange>> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            if !self.take(b'+') {
                self.take(b'-');
            }
            self.digits()?;
        }
        Ok(self.text.get(start..self.at).unwrap_or("").into())
    }

    fn digits(&mut self) -> Result<(), Text<TextRange>> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(self.error("expected a digit")) } else { Ok(()) }
    }

    fn string(&mut self) -> Result<String, Text<TextRange>> {
        let open = self.at;
        self.at += 1;
        let mut value = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or("");
            let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ').unwrap_or(rest.len());
            value.push_str(rest.get(..plain).unwrap_or(""));
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(value);
                }
                Some(b'\\') => value.push(self.escape()?),
                Some(_) => {
                    return Err(self.error("a control character stands in a text; escape it"));
                }
                None => return Err(self.error_from(open, "the text is not closed")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Text<TextRange>> {
        let start = self.at;
        self.at += 1;
        let escaped = self.peek();
        self.at += 1;
        Ok(match escaped {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let unit = self.hex(start)?;
                let code = match unit {
                    0xd800..=0xdbff => {
                        let low =
                            if self.take(b'\\') && self.take(b'u') { self.hex(start)? } else { 0 };
                        if !(0xdc00..=0xdfff).contains(&low) {
                            return Err(self.lone(start));
                        }
                        0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)
                    }
                    unit => unit,
                };
                return char::from_u32(code).ok_or_else(|| self.lone(start));
            }
            _ => {
                self.at = start + 1;
                return Err(self.error_from(start, "JSON has no such escape"));
            }
        })
    }

    fn lone(&self, start: usize) -> Text<TextRange> {
        Text::new(
            "half of a surrogate pair is no character".into(),
            TextRange { start, end: self.at },
        )
    }

    fn hex(&mut self, start: usize) -> Result<u32, Text<TextRange>> {
        let digits = self.text.get(self.at..self.at.saturating_add(4)).unwrap_or("");
        if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(self.error_from(start, "`\\u` takes four hexadecimal digits"));
        }
        self.at += 4;
        Ok(u32::from_str_radix(digits, 16).unwrap_or(0))
    }
}
