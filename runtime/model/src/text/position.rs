//! Bytes to text, and where a byte stands: line and column.

use alloc::format;
use alloc::string::String;

/// Longest text that is read at all, in bytes; RAM's documents have a few thousand characters.
const MAX_BYTES: usize = 1 << 20;

/// Why a text is not read at all.
pub(crate) struct Undecodable {
    /// Whether it is too long; else it is not UTF-8.
    pub(crate) is_too_long: bool,
    /// Line and column.
    pub(crate) at: (usize, usize),
    /// A sentence.
    pub(crate) message: String,
}

/// A text that is neither of other bytes than UTF-8's nor far too long.
///
/// # Errors
///
/// What is wrong with it.
pub(crate) fn decode(text: &[u8]) -> Result<&str, Undecodable> {
    let decoded = core::str::from_utf8(text).map_err(|error| {
        let good = text.get(..error.valid_up_to()).unwrap_or(&[]);
        let before = String::from_utf8_lossy(good);
        Undecodable {
            is_too_long: false,
            at: position(&before, before.len()),
            message: "the text is not UTF-8".into(),
        }
    })?;
    if text.len() > MAX_BYTES {
        let message = format!("the text has {} bytes, at most {MAX_BYTES} are read", text.len());
        return Err(Undecodable { is_too_long: true, at: (1, 1), message });
    }
    Ok(decoded)
}

/// Line and column of a byte, both from 1, the column in characters.
pub(crate) fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = before.matches('\n').count() + 1;
    (line, before.get(line_start..).unwrap_or("").chars().count() + 1)
}
