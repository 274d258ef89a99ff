//! Texts of documents and requests as messages and other outputs show them: on one line, of bounded
//! length, with escapes for what is not seen.

use alloc::string::String;
use core::fmt::Write as _;

use super::hidden::is_hidden;

/// Most characters of a text that is shown; what a document holds may be long.
const MAX_SHOWN: usize = 300;

/// A text on one line and of bounded length, whatever a document holds.
#[must_use]
pub fn shown(text: String) -> String {
    cut(text, MAX_SHOWN)
}

/// A text on one line, of at most so many characters.
pub(crate) fn cut(text: String, most: usize) -> String {
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

/// A text on one line, whatever a request holds: `\u{202e}` stands for a character that is hidden.
#[must_use]
pub fn escaped(text: &str) -> String {
    with_each(text, |character, text| text.extend(character.escape_unicode()))
}

/// Several lines, with escapes for what is hidden in them.
#[must_use]
pub fn escaped_lines(text: &str) -> String {
    with_each(text, |character, text| match character {
        '\n' => text.push('\n'),
        hidden => text.extend(hidden.escape_unicode()),
    })
}

/// JSON that means the same, with JSON's own escapes for what is hidden in its texts.
#[must_use]
pub fn escaped_json(json: &str) -> String {
    with_each(json, |character, text| match character {
        // Between values.
        '\n' | '\r' | '\t' => text.push(character),
        hidden => {
            for unit in hidden.encode_utf16(&mut [0; 2]) {
                // Writing to a text cannot fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
    })
}

/// A text in double quotes that means the same, with the escapes that YAML and Terraform have for what
/// is hidden in it.
#[must_use]
pub fn escaped_in_quotes(text: &str) -> String {
    with_each(text, |character, text| {
        let number = u32::from(character);
        // Writing to a text cannot fail.
        let _ = match number {
            0..=0xffff => write!(text, "\\u{number:04x}"),
            _ => write!(text, "\\U{number:08x}"),
        };
    })
}

/// A source line with a sign in place of each hidden character, so that columns stay true.
#[must_use]
pub fn with_signs(text: &str) -> String {
    with_each(text, |character, text| match character {
        '\n' | '\r' | '\t' => text.push(character),
        _ => text.push('\u{fffd}'),
    })
}

fn with_each(text: &str, hidden: impl Fn(char, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            hidden(character, &mut out);
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, escaped_in_quotes, escaped_json, escaped_lines, with_signs};

    #[test]
    fn what_is_hidden_is_shown() {
        let text = "a\u{202e}\u{e0041}\n\tb";
        assert_eq!(escaped(text), "a\\u{202e}\\u{e0041}\\u{a}\\u{9}b");
        assert_eq!(escaped_lines(text), "a\\u{202e}\\u{e0041}\n\\u{9}b");
        assert_eq!(escaped_json(text), "a\\u202e\\udb40\\udc41\n\tb");
        assert_eq!(escaped_in_quotes(text), "a\\u202e\\U000e0041\\u000a\\u0009b");
        assert_eq!(with_signs(text), "a\u{fffd}\u{fffd}\n\tb");
    }
}
