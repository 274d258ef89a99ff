//! Writes a text as JSON has it.

use alloc::string::String;

/// A text as JSON writes it.
#[must_use]
pub fn write_text(text: &str) -> String {
    let mut written = String::new();
    push_text(&mut written, text);
    written
}

/// Appends a text with the escapes RFC 8259 asks for and no others.
pub(crate) fn push_text(written: &mut String, text: &str) {
    written.push('"');
    if has_escapes(text) {
        push_escaped(written, text);
    } else {
        written.push_str(text);
    }
    written.push('"');
}

fn push_escaped(written: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            control if control < ' ' => {
                written.push_str("\\u00");
                for shift in [4, 0] {
                    let digit = (u32::from(control) >> shift) & 0xf;
                    written.push(char::from_digit(digit, 16).unwrap_or('0'));
                }
            }
            other => written.push(other),
        }
    }
}

/// A plain loop, because macros run unoptimised.
fn has_escapes(value: &str) -> bool {
    let mut rest = value.as_bytes();
    while let [byte, others @ ..] = rest {
        if *byte < b' ' || *byte == b'"' || *byte == b'\\' {
            return true;
        }
        rest = others;
    }
    false
}
