//! Texts of documents and requests as messages show them.

use alloc::string::{String, ToString};

use super::hidden::{Escaped, is_hidden};
use crate::text::steps;

/// Most characters of a text that is shown; what a document holds may be long.
const MAX_SHOWN: usize = 300;

/// A text on one line and of bounded length, whatever a document holds.
#[must_use]
pub fn shown(text: String) -> String {
    cut(text, MAX_SHOWN)
}

/// A text on one line, of at most so many characters.
pub(crate) fn cut(text: String, most: usize) -> String {
    steps::take!(1 + text.len() / 16);
    // Nearly every text; the loop is one over bytes, because macros run without optimisation.
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~');
    if text.len() <= most && text.as_bytes().iter().all(is_plain) {
        return text;
    }
    match text.char_indices().nth(most) {
        Some((end, _)) => {
            let mut cut = escaped(text.get(..end).unwrap_or(""));
            cut.push_str("...");
            cut
        }
        None if text.contains(is_hidden) => escaped(&text),
        None => text,
    }
}

/// A text on one line, whatever a request holds.
#[must_use]
pub fn escaped(text: &str) -> String {
    Escaped(text).to_string()
}
