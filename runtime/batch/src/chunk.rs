//! Reads a log in pieces that end where lines end.

use std::io::{self, Read};
use std::mem;

use memchr::{memchr, memchr_iter, memrchr};

/// Longest line that is read, in bytes; memory does not grow beyond it.
pub(crate) const MAX_LINE: usize = 16 << 20;

/// Why a longer one is no request.
pub(crate) const TOO_LONG: &str = "the line has more than 16 MiB";

/// Some lines of a log.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    pub(crate) bytes: Vec<u8>,
    /// The number of its first line, from 1.
    pub(crate) first_line: u64,
    /// Instead of lines, one that has more bytes than are read.
    pub(crate) is_too_long: bool,
}

/// The pieces of a log.
#[derive(Debug)]
pub(crate) struct Chunks<R> {
    input: R,
    size: usize,
    /// Bytes that were read behind the last line end.
    rest: Vec<u8>,
    /// The number of the line that comes next.
    line: u64,
    has_ended: bool,
}

impl<R: Read> Chunks<R> {
    pub(crate) fn new(input: R, size: usize) -> Self {
        let size = size.clamp(1, MAX_LINE);
        Self { input, size, rest: Vec::new(), line: 1, has_ended: false }
    }

    /// Reads the next piece; whether there is one.
    pub(crate) fn fill(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        chunk.bytes.clear();
        chunk.is_too_long = false;
        chunk.first_line = self.line;
        // The two take turns at one room.
        mem::swap(&mut chunk.bytes, &mut self.rest);
        let mut wanted = self.size;
        loop {
            self.read_up_to(&mut chunk.bytes, wanted)?;
            if self.has_ended {
                break;
            }
            if let Some(end) = memrchr(b'\n', &chunk.bytes) {
                let rest = chunk.bytes.get(end + 1..).unwrap_or(&[]);
                self.rest.extend_from_slice(rest);
                chunk.bytes.truncate(end + 1);
                break;
            }
            if chunk.bytes.len() > MAX_LINE {
                self.skip_line(&mut chunk.bytes)?;
                chunk.is_too_long = true;
                self.line += 1;
                return Ok(true);
            }
            wanted = chunk.bytes.len().saturating_mul(2).min(MAX_LINE + 1);
        }
        let ends = memchr_iter(b'\n', &chunk.bytes).count();
        self.line += u64::try_from(ends).unwrap_or(u64::MAX);
        Ok(!chunk.bytes.is_empty())
    }

    fn read_up_to(&mut self, bytes: &mut Vec<u8>, wanted: usize) -> io::Result<()> {
        let missing = wanted.saturating_sub(bytes.len());
        bytes.reserve_exact(missing);
        let read = (&mut self.input)
            .take(u64::try_from(missing).unwrap_or(u64::MAX))
            .read_to_end(bytes)?;
        self.has_ended = read < missing;
        Ok(())
    }

    /// Reads on to the end of a line without keeping it.
    fn skip_line(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        loop {
            bytes.clear();
            self.read_up_to(bytes, self.size)?;
            if let Some(end) = memchr(b'\n', bytes) {
                self.rest.extend_from_slice(bytes.get(end + 1..).unwrap_or(&[]));
                break;
            }
            if self.has_ended {
                break;
            }
        }
        bytes.clear();
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed test")]
mod tests {
    use super::*;

    fn pieces(text: &str, size: usize) -> Vec<(u64, String)> {
        let mut chunks = Chunks::new(text.as_bytes(), size);
        let (mut chunk, mut found) = (Chunk::default(), Vec::new());
        while chunks.fill(&mut chunk).unwrap() {
            found.push((chunk.first_line, String::from_utf8(chunk.bytes.clone()).unwrap()));
        }
        found
    }

    #[test]
    fn pieces_end_where_lines_end() {
        for (text, size, expected) in [
            ("", 4, &[][..]),
            ("a", 4, &[(1, "a")]),
            ("a\nb\nc\n", 4, &[(1, "a\nb\n"), (3, "c\n")]),
            ("a\nb\nc\n", 2, &[(1, "a\n"), (2, "b\n"), (3, "c\n")]),
            ("long\nb\nlonger", 3, &[(1, "long\n"), (2, "b\n"), (3, "longer")]),
            ("\n\n\n", 1, &[(1, "\n"), (2, "\n"), (3, "\n")]),
        ] {
            let expected: Vec<(u64, String)> =
                expected.iter().map(|(line, text)| (*line, (*text).to_owned())).collect();
            assert_eq!(pieces(text, size), expected, "{text:?} by {size}");
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_skipped_and_told() {
        let long = "x".repeat(MAX_LINE + 5);
        for after in ["\nb\nc", "\nb\nc\n"] {
            let text = format!("a\n{long}{after}");
            let mut chunks = Chunks::new(text.as_bytes(), 4096);
            let (mut chunk, mut found) = (Chunk::default(), Vec::new());
            while chunks.fill(&mut chunk).unwrap() {
                found.push((chunk.first_line, chunk.is_too_long, chunk.bytes.len()));
                assert!(chunk.bytes.capacity() <= 2 * MAX_LINE);
            }
            assert_eq!(found, [(1, false, 2), (2, true, 0), (3, false, after.len() - 1)]);
        }
    }
}
