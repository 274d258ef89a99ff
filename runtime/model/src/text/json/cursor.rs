//! The grammar of JSON (RFC 8259), strictly, one value at a time and without a tree: whoever reads
//! says what becomes of a member and of an item.

use alloc::borrow::Cow;

use crate::text::place::Text;
use crate::text::steps;

/// A range of a text in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextRange {
    /// First byte.
    pub start: usize,
    /// After the last byte.
    pub end: usize,
}

/// Goes through a text value by value.
#[derive(Debug)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// What a value is, by how it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begins {
    Object,
    Array,
    String,
    Number,
    Word,
}

impl<'a> Cursor<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The byte that is next.
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

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

    /// An error at the character at hand.
    pub(crate) fn error(&self, message: &str) -> Text<TextRange> {
        self.error_from(self.at, message)
    }

    /// What is here in place of what was expected: by its name where people write it for JSON.
    fn unexpected(&self, expected: &str) -> Text<TextRange> {
        let rest = self.text.get(self.at..).unwrap_or("");
        match super::stranger::at_start(rest, self.at == 0) {
            Some((length, name)) => {
                Text::new(name, TextRange { start: self.at, end: self.at + length })
            }
            None => self.error(expected),
        }
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

    /// What begins here; nothing is taken. Objects and lists may nest `depth` deep from here.
    pub(crate) fn kind(&mut self, depth: usize) -> Result<Begins, Text<TextRange>> {
        steps::take!(1);
        self.blanks();
        Ok(match self.peek() {
            Some(b'{' | b'[') if depth == 0 => return Err(self.error("nested too deeply")),
            Some(b'{') => Begins::Object,
            Some(b'[') => Begins::Array,
            Some(b'"') => Begins::String,
            Some(b'-' | b'0'..=b'9') => Begins::Number,
            Some(b'a'..=b'z' | b'A'..=b'Z') => Begins::Word,
            Some(_) => return Err(self.unexpected("expected a JSON value")),
            None => return Err(self.error("the text ends where a JSON value should be")),
        })
    }

    /// The object that begins here: `each` takes the value of every member.
    pub(crate) fn object(
        &mut self,
        mut each: impl FnMut(&mut Self, Cow<'a, str>, TextRange) -> Result<(), Text<TextRange>>,
    ) -> Result<(), Text<TextRange>> {
        self.at += 1;
        self.blanks();
        if self.take(b'}') {
            return Ok(());
        }
        loop {
            self.blanks();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(match self.peek() {
                    Some(b'}') => self.trailing_comma("JSON has no comma after the last member"),
                    _ => self.unexpected("expected a member name in double quotes"),
                });
            }
            let name = self.string()?;
            let at = TextRange { start, end: self.at };
            self.blanks();
            if !self.take(b':') {
                return Err(self.unexpected("expected `:` after the member name"));
            }
            each(self, name, at)?;
            self.blanks();
            if self.take(b'}') {
                return Ok(());
            }
            if !self.take(b',') {
                return Err(self.unexpected("expected `,` or `}`"));
            }
        }
    }

    /// The list that begins here: `each` takes every item.
    pub(crate) fn array(
        &mut self,
        mut each: impl FnMut(&mut Self) -> Result<(), Text<TextRange>>,
    ) -> Result<(), Text<TextRange>> {
        self.at += 1;
        self.blanks();
        if self.take(b']') {
            return Ok(());
        }
        loop {
            self.blanks();
            if self.peek() == Some(b']') {
                return Err(self.trailing_comma("JSON has no comma after the last value"));
            }
            each(self)?;
            self.blanks();
            if self.take(b']') {
                return Ok(());
            }
            if !self.take(b',') {
                return Err(self.unexpected("expected `,` or `]`"));
            }
        }
    }

    /// `true`, `false` or, as nothing, `null`.
    pub(crate) fn word(&mut self) -> Result<Option<bool>, Text<TextRange>> {
        let start = self.at;
        while matches!(self.peek(), Some(byte) if byte.is_ascii_alphanumeric()) {
            self.at += 1;
        }
        match self.text.get(start..self.at) {
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some("null") => Ok(None),
            _ => Err(self.error_from(start, "expected a JSON value; texts are in double quotes")),
        }
    }

    /// Goes through a value that nobody asks for.
    pub(crate) fn skip(&mut self, depth: usize) -> Result<(), Text<TextRange>> {
        match self.kind(depth)? {
            Begins::Object => self.object(|cursor, _, _| cursor.skip(depth - 1)),
            Begins::Array => self.array(|cursor| cursor.skip(depth - 1)),
            Begins::String => self.string().map(drop),
            Begins::Number => self.number().map(drop),
            Begins::Word => self.word().map(drop),
        }
    }

    /// That nothing but blanks is left.
    pub(crate) fn end(&mut self) -> Result<(), Text<TextRange>> {
        self.blanks();
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected("expected nothing after the document")),
        }
    }

    /// A number, as it is written.
    pub(crate) fn number(&mut self) -> Result<&'a str, Text<TextRange>> {
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
        Ok(self.text.get(start..self.at).unwrap_or(""))
    }

    fn digits(&mut self) -> Result<(), Text<TextRange>> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(self.error("expected a digit")) } else { Ok(()) }
    }

    /// A text in quotes; borrowed unless an escape stands in it.
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, Text<TextRange>> {
        let open = self.at;
        self.at += 1;
        let mut value = Cow::Borrowed("");
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
            let plain = self.at + plain_length(rest);
            steps::take!(1 + (plain - self.at) / 8);
            let part = self.text.get(self.at..plain).unwrap_or("");
            if value.is_empty() {
                value = Cow::Borrowed(part);
            } else {
                value.to_mut().push_str(part);
            }
            self.at = plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(value);
                }
                Some(b'\\') => value.to_mut().push(self.escape()?),
                Some(_) => {
                    return Err(self.error("a text has a control character; escape it"));
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

/// How many bytes stand before the first quote, backslash or control character.
fn plain_length(bytes: &[u8]) -> usize {
    // Eight at a time: lines of logs are mostly texts.
    let (words, rest) = bytes.as_chunks();
    let mut length = 0;
    for eight in words {
        let ends = ends_plain(u64::from_le_bytes(*eight));
        if ends != 0 {
            return length + ends.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..b' ');
    length + rest.iter().position(ends).unwrap_or(rest.len())
}

/// A word whose lowest bit is in the first byte that is no plain one; zero if all are.
const fn ends_plain(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    /// The high bit of bytes below `limit`; of bytes behind the first such one, perhaps of others.
    const fn below(eight: u64, limit: u64) -> u64 {
        eight.wrapping_sub(limit * EACH) & !eight & HIGH
    }
    below(eight ^ (b'"' as u64 * EACH), 1)
        | below(eight ^ (b'\\' as u64 * EACH), 1)
        | below(eight, b' ' as u64)
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::plain_length;

    #[test]
    fn every_byte_ends_a_text_or_does_not_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            let ends = byte < b' ' || byte == b'"' || byte == b'\\';
            for length in 1..20 {
                for at in 0..length {
                    for others in [b'a', b'!', b' ', 0x7f, 0x80, 0xff] {
                        let mut bytes = vec![others; length];
                        if let Some(place) = bytes.get_mut(at) {
                            *place = byte;
                        }
                        let expected = if ends { at } else { length };
                        assert_eq!(plain_length(&bytes), expected, "{bytes:?}");
                        // What stands behind does not count.
                        bytes.extend(b"\x00\"\\");
                        assert_eq!(plain_length(&bytes), expected, "{bytes:?}");
                    }
                }
            }
        }
    }
}
