//! A stream of requests: JSON lines or ActionTrail events, read one at a time.

use std::fs::File;
use std::io::{self, BufRead, Read as _};
use std::path::Path;

use clap::ValueEnum;
use ram_policy_model::OwnedRequest;

use crate::failure::{Failure, usage};

/// Longest record that is read, in bytes; memory does not grow beyond it.
const MAX_RECORD: usize = 16 << 20;

/// What the records of a stream are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RecordForm {
    /// Told for every record by its members.
    Auto,
    /// {"action": ..., "resource": ..., "context": {...}}
    Request,
    /// Events of ActionTrail.
    ActionTrail,
}

impl From<RecordForm> for ram_policy_batch::RecordForm {
    fn from(form: RecordForm) -> Self {
        match form {
            RecordForm::Auto => Self::Auto,
            RecordForm::Request => Self::Request,
            RecordForm::ActionTrail => Self::ActionTrail,
        }
    }
}

/// Records of a stream: one a line, or the items of a list that is the whole stream.
pub(crate) struct Records<R> {
    input: R,
    record: Vec<u8>,
    form: RecordForm,
    /// Bytes that were read.
    pub(crate) read: u64,
    in_list: Option<bool>,
}

/// What one record asks: one request, or for an event one for each of its resources.
pub(crate) type Asked = Result<Vec<OwnedRequest>, String>;

impl<R: BufRead> Records<R> {
    pub(crate) fn new(input: R, form: RecordForm) -> Self {
        Self { input, record: Vec::new(), form, read: 0, in_list: None }
    }

    /// The next record; `None` at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Asked>> {
        loop {
            let in_list = match self.in_list {
                Some(in_list) => in_list,
                None => self.begins_list()?,
            };
            let found = if in_list { self.item()? } else { self.line()? };
            let Some(complete) = found else { return Ok(None) };
            if !complete {
                return Ok(Some(Err(format!("the record has more than {MAX_RECORD} bytes"))));
            }
            if self.record.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            return Ok(Some(asked(&self.record, self.form)));
        }
    }

    /// Whether the stream is one list rather than lines.
    fn begins_list(&mut self) -> io::Result<bool> {
        loop {
            let bytes = self.input.fill_buf()?;
            let blanks = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let first = bytes.get(blanks).copied();
            let ends = bytes.is_empty();
            let taken = blanks + usize::from(first == Some(b'['));
            self.consume(taken);
            if ends || first.is_some() {
                let in_list = first == Some(b'[');
                self.in_list = Some(in_list);
                return Ok(in_list);
            }
        }
    }

    fn consume(&mut self, bytes: usize) {
        self.input.consume(bytes);
        self.read += u64::try_from(bytes).unwrap_or(u64::MAX);
    }

    /// Keeps bytes of a record as long as it is not too long.
    fn keep(record: &mut Vec<u8>, bytes: &[u8]) -> bool {
        let fits = record.len() + bytes.len() <= MAX_RECORD;
        if fits {
            record.extend_from_slice(bytes);
        }
        fits
    }

    /// The next line, without its line feed; whether it was kept whole.
    fn line(&mut self) -> io::Result<Option<bool>> {
        self.record.clear();
        let (mut any, mut complete) = (false, true);
        loop {
            let bytes = self.input.fill_buf()?;
            if bytes.is_empty() {
                return Ok(any.then_some(complete));
            }
            any = true;
            let end = bytes.iter().position(|byte| *byte == b'\n');
            let line = end.and_then(|end| bytes.get(..end)).unwrap_or(bytes);
            complete = complete && Self::keep(&mut self.record, line);
            let taken = end.map_or(bytes.len(), |end| end + 1);
            self.consume(taken);
            if end.is_some() {
                return Ok(Some(complete));
            }
        }
    }

    /// The next item of the list; whether it was kept whole.
    fn item(&mut self) -> io::Result<Option<bool>> {
        self.record.clear();
        let (mut depth, mut in_text, mut escaped) = (0usize, false, false);
        let (mut any, mut complete) = (false, true);
        loop {
            let bytes = self.input.fill_buf()?;
            if bytes.is_empty() {
                // A list that is cut off: what is left of the last item is told as what it is.
                return Ok((any && !self.record.is_empty()).then_some(complete));
            }
            let mut end = None;
            for (at, byte) in bytes.iter().enumerate() {
                any |= !byte.is_ascii_whitespace();
                if in_text {
                    in_text = escaped || *byte != b'"';
                    escaped = !escaped && *byte == b'\\';
                    continue;
                }
                match byte {
                    b'"' => in_text = true,
                    b'{' | b'[' => depth += 1,
                    b']' if depth == 0 => {
                        end = Some((at, true));
                        break;
                    }
                    b'}' | b']' => depth = depth.saturating_sub(1),
                    b',' if depth == 0 => {
                        end = Some((at, false));
                        break;
                    }
                    _ => {}
                }
            }
            let item = end.and_then(|(end, _)| bytes.get(..end)).unwrap_or(bytes);
            complete = complete && Self::keep(&mut self.record, item);
            let taken = end.map_or(bytes.len(), |(end, _)| end + 1);
            self.consume(taken);
            match end {
                // Lines may follow the list, as where lists stand below each other.
                Some((_, true)) => {
                    self.in_list = None;
                    return Ok(Some(complete));
                }
                Some((_, false)) => return Ok(Some(complete)),
                None => {}
            }
        }
    }
}

impl<R: io::Read> Records<io::BufReader<R>> {
    /// Whether reading on may have to wait.
    pub(crate) fn is_drained(&self) -> bool {
        self.input.buffer().is_empty()
    }
}

/// The input without a byte order mark in front of it.
pub(crate) fn without_mark(mut input: impl io::Read) -> io::Result<impl io::Read> {
    let mut start = Vec::new();
    input.by_ref().take(3).read_to_end(&mut start)?;
    if start == "\u{feff}".as_bytes() {
        start.clear();
    }
    Ok(io::Cursor::new(start).chain(input))
}

/// Every request of a file or of standard input.
///
/// # Errors
///
/// The file cannot be read, or a record is no request.
pub(crate) fn all(path: &Path, form: RecordForm) -> Result<Vec<OwnedRequest>, Failure> {
    let shown = path.display();
    let unreadable = |error: io::Error| usage(format!("`{shown}` cannot be read: {error}"));
    let input: Box<dyn io::Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(unreadable)?)
    };
    let input = without_mark(input).map_err(unreadable)?;
    let mut records = Records::new(io::BufReader::with_capacity(1 << 16, input), form);
    let mut requests = Vec::new();
    let mut number = 0usize;
    while let Some(asked) = records.next().map_err(unreadable)? {
        number += 1;
        let of_record =
            asked.map_err(|error| usage(format!("`{shown}`: record {number}: {error}")))?;
        requests.extend(of_record);
    }
    Ok(requests)
}

/// What a record asks.
fn asked(record: &[u8], form: RecordForm) -> Asked {
    let request = || OwnedRequest::from_json(record).map(|request| vec![request]);
    let event = || OwnedRequest::from_action_trail(record);
    let read = match form {
        RecordForm::Request => request(),
        RecordForm::ActionTrail => event(),
        RecordForm::Auto if holds(record, b"\"eventName\"") => match event() {
            Ok(requests) => Ok(requests),
            // The name may stand in the context of a request.
            Err(error) => request().map_err(|_| error),
        },
        RecordForm::Auto => request(),
    };
    read.map_err(|error| error.to_string())
}

fn holds(record: &[u8], name: &[u8]) -> bool {
    record.windows(name.len()).any(|window| window == name)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed test")]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        // A small buffer, so that records lie across its ends.
        let input = io::BufReader::with_capacity(7, text.as_bytes());
        let mut records = Records::new(input, RecordForm::Auto);
        let mut told = Vec::new();
        while let Some(asked) = records.next().unwrap() {
            told.push(match asked {
                Ok(requests) => {
                    let actions: Vec<String> =
                        requests.into_iter().map(|request| request.action).collect();
                    actions.join("+")
                }
                Err(reason) => reason,
            });
        }
        assert_eq!(records.read, u64::try_from(text.len()).unwrap());
        told
    }

    #[test]
    fn reads_lines_and_lists() {
        let one = r#"{"action": "ecs:StopInstance"}"#;
        let event = r#"{"eventName": "DeleteInstance", "serviceName": "Ecs", "x": "}],[\""}"#;
        let no_action = "the request has no `action` (byte 0)";
        for (text, expected) in [
            (String::new(), vec![]),
            (format!("{one}\n"), vec!["ecs:StopInstance"]),
            (format!("{one}\r\n\n{one}"), vec!["ecs:StopInstance"; 2]),
            (format!("{{}}\n{one}"), vec![no_action, "ecs:StopInstance"]),
            (event.to_owned(), vec!["ecs:DeleteInstance"]),
            (format!(" [{event},\n{one}\n]\n"), vec!["ecs:DeleteInstance", "ecs:StopInstance"]),
            (format!("[{one}]\n[{event}]"), vec!["ecs:StopInstance", "ecs:DeleteInstance"]),
            ("[]".to_owned(), vec![]),
        ] {
            assert_eq!(read(&text), expected, "{text}");
        }
    }
}
