//! Where a command writes: standard output, standard error, or a file that is not there yet.
//!
//! What people read goes through [`Seen`], so that no text of a policy, a file or a name moves the
//! cursor, turns a line around or stays hidden, whichever command prints it. What programs read is
//! written as it is: an escape there would be another text.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use ram_policy_model::text::hidden::is_hidden;
use ram_policy_model::text::shown::escaped_lines;
use serde::Serialize;

use crate::failure::{Failure, usage};

/// Standard output for people.
pub(crate) fn out() -> impl Write {
    Seen::plain(for_programs())
}

/// Standard output for people, of what has colours; they are only written where they are shown.
pub(crate) fn styled() -> impl Write {
    Seen::styled(for_programs())
}

/// Standard error, of what has colours.
pub(crate) fn styled_errors() -> impl Write {
    Seen::styled(anstream::stderr().lock())
}

/// Standard output for programs.
pub(crate) fn for_programs() -> impl Write {
    io::BufWriter::new(anstream::stdout().lock())
}

/// Tells people something on standard error, on lines of its own.
pub(crate) fn tell(text: &str) {
    anstream::eprintln!("{}", escaped_lines(text));
}

impl Failure {
    /// Tells it and gives its exit code; a reader that goes away, as `head` does, is no failure.
    pub(crate) fn tell(&self) -> ExitCode {
        match self {
            Self::Usage(message) => {
                tell(&format!("error: {message}"));
                ExitCode::from(2)
            }
            Self::Refused => ExitCode::from(1),
            Self::Unread => ExitCode::from(2),
            Self::Partly => ExitCode::from(3),
            Self::NotKnown(what) => {
                tell(&format!("error: not known: {what}"));
                ExitCode::from(1)
            }
            Self::Write(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Self::Write(error) => {
                tell(&format!("error: cannot write: {error}"));
                ExitCode::from(2)
            }
        }
    }
}

/// Tells what is wrong with the arguments.
pub(crate) fn wrong_arguments(error: &clap::Error) -> ExitCode {
    // Nobody is left to tell that standard error is closed.
    let _ = write!(styled_errors(), "{}", error.render().ansi());
    ExitCode::from(2)
}

/// Writes one JSON value on standard output.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let mut out = for_programs();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

/// Writes a text for people on standard output.
pub(crate) fn text(text: &str) -> Result<(), Failure> {
    let mut out = out();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Writes a document or a source text on standard output.
pub(crate) fn document(text: &str) -> Result<(), Failure> {
    let mut out = for_programs();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Writes a text on standard output or into a file; a file that is there is only written over when
/// that was asked for.
pub(crate) fn document_into(text: &str, file: Option<&Path>, force: bool) -> Result<(), Failure> {
    let Some(path) = file else { return document(text) };
    let mut options = OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let shown = path.display();
    let mut file = options.open(path).map_err(|error| {
        usage(if error.kind() == io::ErrorKind::AlreadyExists {
            format!("`{shown}` exists already, `--force` overwrites it")
        } else {
            format!("cannot write `{shown}`: {error}")
        })
    })?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.flush())
        .map_err(|error| usage(format!("cannot write `{shown}`: {error}")))
}

/// Escapes what is hidden in the text that is written through it; line feeds are kept.
pub(crate) struct Seen<W: Write> {
    inner: W,
    /// Whether the sequences that set colours are kept.
    styled: bool,
    /// The beginning of a character, or of such a sequence.
    pending: Vec<u8>,
}

impl<W: Write> Seen<W> {
    pub(crate) const fn plain(inner: W) -> Self {
        Self { inner, styled: false, pending: Vec::new() }
    }

    const fn styled(inner: W) -> Self {
        Self { inner, styled: true, pending: Vec::new() }
    }

    /// Writes what is whole of the bytes at hand, and keeps the rest; at the end there is no rest.
    fn write_pending(&mut self, at_end: bool) -> io::Result<()> {
        let bytes = std::mem::take(&mut self.pending);
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let (text, behind) = match std::str::from_utf8(rest) {
                Ok(text) => (text, &[][..]),
                Err(error) => {
                    let (good, bad) = rest.split_at(error.valid_up_to());
                    let text = std::str::from_utf8(good).unwrap_or("");
                    if text.is_empty() {
                        let Some(length) = error.error_len().or(at_end.then_some(bad.len())) else {
                            break;
                        };
                        self.inner.write_all("\u{fffd}".as_bytes())?;
                        rest = bad.get(length..).unwrap_or(&[]);
                        continue;
                    }
                    (text, bad)
                }
            };
            let left = self.write_text(text, at_end || !behind.is_empty())?;
            if left > 0 {
                rest = rest.get(text.len() - left..).unwrap_or(&[]);
                break;
            }
            rest = behind;
        }
        self.pending = rest.to_vec();
        Ok(())
    }

    /// Writes a text but for a sequence at its end that may go on, and gives the bytes of that.
    fn write_text(&mut self, text: &str, is_whole: bool) -> io::Result<usize> {
        let mut from = 0;
        let mut characters = text.char_indices();
        while let Some((at, character)) = characters.next() {
            if matches!(character, ' '..='~' | '\n') || !is_hidden(character) {
                continue;
            }
            let rest = text.get(at..).unwrap_or("");
            if self.styled && character == '\u{1b}' {
                match length_of_style(rest) {
                    Style::Is(length) => {
                        while characters.offset() < at + length && characters.next().is_some() {}
                        continue;
                    }
                    Style::MayBe if !is_whole => {
                        self.inner.write_all(text.get(from..at).unwrap_or("").as_bytes())?;
                        return Ok(rest.len());
                    }
                    Style::MayBe | Style::IsNot => {}
                }
            }
            self.inner.write_all(text.get(from..at).unwrap_or("").as_bytes())?;
            write!(self.inner, "{}", character.escape_unicode())?;
            from = at + character.len_utf8();
        }
        self.inner.write_all(text.get(from..).unwrap_or("").as_bytes())?;
        Ok(0)
    }
}

/// Whether a text begins with a sequence that sets colours: `ESC [ 1 ; 31 m`.
enum Style {
    Is(usize),
    MayBe,
    IsNot,
}

fn length_of_style(text: &str) -> Style {
    let Some(parameters) = text.strip_prefix("\u{1b}[") else {
        return if text.len() == 1 { Style::MayBe } else { Style::IsNot };
    };
    let end = parameters.find(|character: char| !matches!(character, '0'..='9' | ';'));
    match end.map(|end| (end, parameters.get(end..=end))) {
        Some((end, Some("m"))) => Style::Is("\u{1b}[".len() + end + 1),
        Some(_) => Style::IsNot,
        None => Style::MayBe,
    }
}

impl<W: Write> Write for Seen<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.pending.is_empty() && bytes.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
            self.inner.write_all(bytes)?;
        } else {
            self.pending.extend_from_slice(bytes);
            self.write_pending(false)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.write_pending(true)?;
        self.inner.flush()
    }
}

/// As a buffered writer does, what is left is written when it goes away.
impl<W: Write> Drop for Seen<W> {
    fn drop(&mut self) {
        // Whoever needs to know of a failure flushes.
        let _ = self.flush();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed test")]
mod tests {
    use super::Seen;
    use std::io::Write as _;

    const CASES: [(&str, &str, &str); 9] = [
        ("plain \n text", "plain \n text", "plain \n text"),
        ("gr\u{fc}n \u{4e2d}", "gr\u{fc}n \u{4e2d}", "gr\u{fc}n \u{4e2d}"),
        ("a\u{202e}b", "a\\u{202e}b", "a\\u{202e}b"),
        ("\u{e0041}\u{2028}", "\\u{e0041}\\u{2028}", "\\u{e0041}\\u{2028}"),
        ("a\tb\r\n", "a\\u{9}b\\u{d}\n", "a\\u{9}b\\u{d}\n"),
        ("\u{1b}[1;31mred\u{1b}[0m", "\\u{1b}[1;31mred\\u{1b}[0m", "\u{1b}[1;31mred\u{1b}[0m"),
        ("\u{1b}[2J", "\\u{1b}[2J", "\\u{1b}[2J"),
        ("\u{1b}]0;x\u{7}", "\\u{1b}]0;x\\u{7}", "\\u{1b}]0;x\\u{7}"),
        ("\u{1b}[1", "\\u{1b}[1", "\\u{1b}[1"),
    ];

    /// In pieces of every length, which cut characters and sequences.
    #[test]
    fn what_is_hidden_is_escaped_and_the_rest_is_kept() {
        for (text, plain, styled) in CASES {
            for size in 1..=text.len() {
                for (expected, is_styled) in [(plain, false), (styled, true)] {
                    let mut written = Vec::new();
                    {
                        let mut out = if is_styled {
                            Seen::styled(&mut written)
                        } else {
                            Seen::plain(&mut written)
                        };
                        for piece in text.as_bytes().chunks(size) {
                            out.write_all(piece).unwrap();
                        }
                        out.flush().unwrap();
                    }
                    assert_eq!(String::from_utf8_lossy(&written), expected, "{text:?} {size}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_text_is_shown_as_such() {
        let mut written = Vec::new();
        Seen::plain(&mut written).write_all(b"a\xffb\xe4\xb8").unwrap();
        assert_eq!(String::from_utf8_lossy(&written), "a\u{fffd}b\u{fffd}");
    }
}
