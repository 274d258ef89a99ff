//! The records of a log, one at a time.

use std::io::{self, BufRead as _, BufReader, Read};

use memchr::memchr;
use ram_policy_model::OwnedRequest;

use crate::chunk::{MAX_LINE, TOO_LONG};
use crate::gzip::Unpacked;
use crate::list::Lines;
use crate::record::{RecordForm, asked};
use crate::wrong::Wrong;

/// The records of a log, in order, read as [`Batch`](crate::Batch) reads it: JSON lines or events of
/// ActionTrail, lists of them, answers of `LookupEvents`, each of these packed with gzip too.
///
/// Memory does not grow with the log: a line has at most 16 MiB, else it is wrong.
///
/// ```
/// use ram_policy_batch::Records;
///
/// let log = r#"{"Events": [{"eventName": "AddZoneRecord", "serviceName": "PrivateZone"}]}"#;
/// for record in Records::new(log.as_bytes()) {
///     let requests = record?.requests?;
///     assert_eq!(requests[0].action, "pvtz:AddZoneRecord");
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Records<R> {
    input: BufReader<Lines<Unpacked<R>>>,
    form: RecordForm,
    /// The number of the last line.
    line: u64,
    bytes: Vec<u8>,
}

/// A record of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// The number of its line, from 1; where the log is a list, that of the item.
    pub line: u64,
    /// What it asks: one request, or for an event one for each of its resources.
    pub requests: Result<Vec<OwnedRequest>, Wrong>,
}

impl<R: Read> Records<R> {
    /// The records of a log, each told as request or event by its members.
    #[must_use]
    pub fn new(log: R) -> Self {
        let lines = Lines::new(Unpacked::new(log));
        let input = BufReader::with_capacity(1 << 16, lines);
        Self { input, form: RecordForm::Auto, line: 0, bytes: Vec::new() }
    }

    /// What the records are.
    #[must_use]
    pub const fn with_form(mut self, form: RecordForm) -> Self {
        self.form = form;
        self
    }

    /// Whether reading on may have to wait for the log.
    #[must_use]
    pub fn is_drained(&self) -> bool {
        self.input.buffer().is_empty() && self.input.get_ref().is_drained()
    }

    /// The next record; `None` at the end.
    ///
    /// # Errors
    ///
    /// As those of [`Batch::run`](crate::Batch::run).
    pub fn next_record(&mut self) -> io::Result<Option<Record>> {
        loop {
            let Some(is_whole) = self.next_line()? else { return Ok(None) };
            let line = self.line;
            if !is_whole {
                let requests = Err(Wrong::new(line, TOO_LONG.into()));
                return Ok(Some(Record { line, requests }));
            }
            if !self.bytes.iter().all(u8::is_ascii_whitespace) {
                let requests = asked(&self.bytes, self.form)
                    .map_err(|error| Wrong::new(line, error.to_string()));
                return Ok(Some(Record { line, requests }));
            }
        }
    }

    /// Reads a line, without its line feed; whether it was kept whole.
    fn next_line(&mut self) -> io::Result<Option<bool>> {
        self.bytes.clear();
        let (mut any, mut is_whole) = (false, true);
        loop {
            let bytes = self.input.fill_buf()?;
            if bytes.is_empty() {
                return Ok(any.then_some(is_whole));
            }
            self.line += u64::from(!any);
            any = true;
            let end = memchr(b'\n', bytes);
            let line = end.and_then(|end| bytes.get(..end)).unwrap_or(bytes);
            is_whole = is_whole && self.bytes.len() + line.len() <= MAX_LINE;
            if is_whole {
                self.bytes.extend_from_slice(line);
            }
            let taken = end.map_or(bytes.len(), |end| end + 1);
            self.input.consume(taken);
            if end.is_some() {
                return Ok(Some(is_whole));
            }
        }
    }
}

impl<R: Read> Iterator for Records<R> {
    type Item = io::Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_record().transpose()
    }
}
