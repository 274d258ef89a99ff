//! Places in a file: lines and columns, and the way back from a text that was taken out of it.

use std::ops::Range;

use ram_policy_model::text::json::TextRange;
use ram_policy_read::place::Place;
use serde::Serialize;

/// A place for people: line and column in characters, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// Where the lines of a text start.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// The characters before every so many bytes, so that a long line is not counted for each place.
    before: Vec<usize>,
}

/// Bytes that are counted for a place at most.
const BLOCK: usize = 1024;

impl<'t> Lines<'t> {
    /// Finds the lines of a text.
    ///
    /// ```
    /// use ram_policy_forms::{Lines, Position};
    ///
    /// let lines = Lines::new("a\nbc");
    /// assert_eq!(lines.position(3), Position { line: 2, column: 2 });
    /// ```
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let after = text.match_indices('\n').map(|(at, _)| at + 1);
        let mut characters = 0;
        let before = text.as_bytes().chunks(BLOCK).map(|block| {
            let before = characters;
            characters += begun(block);
            before
        });
        Self { text, before: before.collect(), starts: std::iter::once(0).chain(after).collect() }
    }

    /// Line and column of a byte.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        let byte = byte.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied();
        let column = self.characters(byte) - self.characters(start.unwrap_or(0));
        Position { line: line.max(1), column: column + 1 }
    }

    /// The characters before a byte.
    fn characters(&self, byte: usize) -> usize {
        let block = byte / BLOCK;
        match self.before.get(block) {
            Some(before) => {
                before + begun(self.text.as_bytes().get(block * BLOCK..byte).unwrap_or(&[]))
            }
            // At the end of a last block that is full.
            None => match block.checked_sub(1).and_then(|last| self.before.get(last)) {
                Some(before) => {
                    before + begun(self.text.as_bytes().get((block - 1) * BLOCK..).unwrap_or(&[]))
                }
                None => 0,
            },
        }
    }
}

/// The characters that begin in these bytes.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count()
}

/// Where the parts of a text stand in the file it was taken from.
///
/// Text that stands in no part is placed at the part before it.
#[derive(Debug, Clone, Default)]
pub struct Places {
    parts: Vec<Part>,
}

/// A run of a text and the run of the file it was read from.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) text: Range<usize>,
    pub(crate) file: Range<usize>,
}

impl Part {
    /// Whether a byte of one is a byte of the other; an escape stands for something shorter.
    fn is_verbatim(&self) -> bool {
        self.text.len() == self.file.len()
    }
}

impl Places {
    /// A text that is the whole file.
    #[must_use]
    pub fn whole(length: usize) -> Self {
        let mut places = Self::default();
        places.add(length, 0..length);
        places
    }

    /// Adds the next `length` bytes of the text, which stand at `file`.
    pub fn add(&mut self, length: usize, file: Range<usize>) {
        let start = self.parts.last().map_or(0, |part| part.text.end);
        self.parts.push(Part { text: start..start + length, file });
    }

    /// The range of the file that a range of the text was read from.
    ///
    /// ```
    /// use ram_policy_forms::Places;
    /// use ram_policy_model::text::json::TextRange;
    ///
    /// // `a"b`, written `a\"b` from byte 10 of the file on.
    /// let mut places = Places::default();
    /// places.add(1, 10..11);
    /// places.add(1, 11..13);
    /// places.add(1, 13..14);
    /// assert_eq!(places.of(TextRange { start: 1, end: 3 }), TextRange { start: 11, end: 14 });
    /// ```
    #[must_use]
    pub fn of(&self, range: TextRange) -> TextRange {
        let start = self.start(range.start);
        // The end belongs to the last byte before it.
        let end = match range.end.checked_sub(1) {
            Some(last) if last >= range.start => self.end(last),
            _ => start,
        };
        TextRange { start, end: end.max(start) }
    }

    /// The runs of the text, in order.
    pub(crate) fn runs(&self) -> &[Part] {
        &self.parts
    }

    fn part(&self, byte: usize) -> Option<&Part> {
        let after = self.parts.partition_point(|part| part.text.start <= byte);
        after.checked_sub(1).and_then(|index| self.parts.get(index)).or(self.parts.first())
    }

    fn start(&self, byte: usize) -> usize {
        self.part(byte).map_or(byte, |part| {
            if byte >= part.text.end {
                part.file.end
            } else if part.is_verbatim() {
                part.file.start + byte.saturating_sub(part.text.start)
            } else {
                part.file.start
            }
        })
    }

    fn end(&self, byte: usize) -> usize {
        self.part(byte).map_or(byte + 1, |part| {
            if part.is_verbatim() && byte < part.text.end {
                part.file.start + byte.saturating_sub(part.text.start) + 1
            } else {
                part.file.end
            }
        })
    }

    /// The places of a text that was taken out of a text that was taken out of the file.
    #[must_use]
    pub fn within(&self, outer: &Self) -> Self {
        let mut places = Self::default();
        for part in &self.parts {
            let mut done = part.file.start;
            if part.is_verbatim() {
                // An outer part may end inside this one. They are in the order of the text.
                let first = outer.parts.partition_point(|inner| inner.text.end <= done);
                let parts = outer.parts.iter().skip(first);
                let parts = parts.take_while(|inner| inner.text.start < part.file.end);
                for inner in parts.filter(|inner| inner.is_verbatim()) {
                    let end = inner.text.end.min(part.file.end);
                    if inner.text.start <= done && done < end {
                        let at = outer.of(TextRange { start: done, end });
                        places.add(end - done, at.start..at.end);
                        done = end;
                    }
                }
            }
            if done < part.file.end || part.file.is_empty() {
                let at = outer.of(TextRange { start: done, end: part.file.end });
                let verbatim = part.is_verbatim();
                let length = if verbatim { part.file.end - done } else { part.text.len() };
                places.add(length, at.start..at.end);
            }
        }
        places
    }
}

/// The range of the text that tokens were read from.
pub(crate) fn of_tokens(place: Place) -> TextRange {
    let (start, end) = (place.start.byte_range(), place.end.byte_range());
    TextRange { start: start.start, end: end.end.max(start.end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_columns() {
        let lines = Lines::new("a\n\u{4e2d}b\n");
        for (byte, line, column) in
            [(0, 1, 1), (1, 1, 2), (2, 2, 1), (5, 2, 2), (6, 2, 3), (7, 3, 1), (99, 3, 1)]
        {
            assert_eq!(lines.position(byte), Position { line, column }, "{byte}");
        }
    }

    #[test]
    fn counts_in_long_lines() {
        let text = "a\u{4e2d}b".repeat(BLOCK) + "\n" + &"\u{1f600}".repeat(BLOCK);
        let lines = Lines::new(&text);
        for byte in (0..=text.len()).filter(|byte| text.is_char_boundary(*byte)) {
            let before = text.get(..byte).unwrap_or("");
            let (line, column) = match before.rsplit_once('\n') {
                Some((_, on_line)) => (2, on_line.chars().count() + 1),
                None => (1, before.chars().count() + 1),
            };
            assert_eq!(lines.position(byte), Position { line, column }, "{byte}");
        }
        let full = "a".repeat(2 * BLOCK);
        let end = Position { line: 1, column: full.len() + 1 };
        assert_eq!(Lines::new(&full).position(full.len()), end);
    }

    #[test]
    fn finds_the_way_back() {
        // `ab"cd` was written `xx ab\"cd` with the text from byte 3 on.
        let mut places = Places::default();
        places.add(2, 3..5);
        places.add(1, 5..7);
        places.add(2, 7..9);
        for (start, end, file_start, file_end) in
            [(0, 2, 3, 5), (1, 2, 4, 5), (2, 3, 5, 7), (1, 4, 4, 8), (0, 5, 3, 9), (5, 5, 9, 9)]
        {
            let found = places.of(TextRange { start, end });
            assert_eq!(found, TextRange { start: file_start, end: file_end }, "{start}..{end}");
        }
    }

    #[test]
    fn a_text_in_a_text_has_its_place_in_the_file() {
        // Lines of a block that is indented by two, in a file where it begins at byte 10.
        let mut outer = Places::default();
        outer.add(4, 10..14);
        outer.add(4, 16..20);
        let mut inner = Places::default();
        inner.add(6, 1..7);
        let both = inner.within(&outer);
        for (start, end, file_start, file_end) in [(0, 3, 11, 14), (3, 6, 16, 19), (2, 4, 13, 17)] {
            let found = both.of(TextRange { start, end });
            assert_eq!(found, TextRange { start: file_start, end: file_end }, "{start}..{end}");
        }
    }
}
