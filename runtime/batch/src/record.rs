//! Decides the records of a piece of a log.

use memchr::{memchr_iter, memmem};
use ram_policy_model::terms::operand::Value;
use ram_policy_model::{OwnedRequest, OwnedRequestError, Request, RequestReader};

use crate::chunk::{Chunk, TOO_LONG};
use crate::count::Counts;
use crate::verdict::Verdict;

/// What the records of a log are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordForm {
    /// Told for every record by its members.
    Auto,
    /// `{"action": ..., "resource": ..., "context": {...}}`, see [`OwnedRequest::from_json`].
    Request,
    /// Events of ActionTrail, see [`OwnedRequest::from_action_trail`].
    ActionTrail,
}

/// Stands in every event, and in few requests.
const EVENT_NAME: &[u8] = b"eventName";

/// What a record asks: one request, or for an event one for each of its resources.
pub(crate) fn asked(
    record: &[u8],
    form: RecordForm,
) -> Result<Vec<OwnedRequest>, OwnedRequestError> {
    let request = || OwnedRequest::from_json(record).map(|request| vec![request]);
    let event = || OwnedRequest::from_action_trail(record);
    match form {
        RecordForm::Request => request(),
        RecordForm::ActionTrail => event(),
        RecordForm::Auto if memmem::find(record, EVENT_NAME).is_none() => request(),
        // The name may stand in a request.
        RecordForm::Auto => event().or_else(|error| request().map_err(|_| error)),
    }
}

/// Decides every line of a piece.
pub(crate) fn decide(
    chunk: &Chunk,
    form: RecordForm,
    most_told: usize,
    decide: &(impl Fn(Option<&str>, &Request<'_>) -> Verdict + Sync),
) -> Counts {
    let mut counts = Counts::default();
    if chunk.is_too_long {
        counts.add_wrong(chunk.first_line, most_told, TOO_LONG);
    }
    let mut reader = RequestReader::new();
    let event_name = memmem::Finder::new(EVENT_NAME);
    for (line, number) in lines(&chunk.bytes).zip(chunk.first_line..) {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let told = match form {
            RecordForm::Request => request(line, &mut reader, &mut counts, decide),
            RecordForm::ActionTrail => event(line, &mut counts, decide),
            RecordForm::Auto if event_name.find(line).is_none() => {
                request(line, &mut reader, &mut counts, decide)
            }
            // As in `asked`, without a request of its own for each line.
            RecordForm::Auto => event(line, &mut counts, decide).or_else(|error| {
                request(line, &mut reader, &mut counts, decide).map_err(|_| error)
            }),
        };
        if let Err(error) = told {
            counts.add_wrong(number, most_told, error);
        }
    }
    counts
}

/// The lines of a piece, without their ends; none behind the last end.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ends =
        memchr_iter(b'\n', bytes).chain((bytes.last() != Some(&b'\n')).then_some(bytes.len()));
    ends.scan(0, |start, end| {
        let line = bytes.get(*start..end);
        *start = end + 1;
        line
    })
}

/// Why a record is not counted.
#[derive(Debug)]
enum Uncounted {
    Request(OwnedRequestError),
    SeveralPrincipals,
}

impl std::fmt::Display for Uncounted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::SeveralPrincipals => f.write_str("`acs:PrincipalARN` has several values"),
        }
    }
}

impl<E: Into<OwnedRequestError>> From<E> for Uncounted {
    fn from(error: E) -> Self {
        Self::Request(error.into())
    }
}

fn request<'a>(
    line: &'a [u8],
    reader: &mut RequestReader<'a>,
    counts: &mut Counts,
    decide: &impl Fn(Option<&str>, &Request<'_>) -> Verdict,
) -> Result<(), Uncounted> {
    reader.read(line, |request| {
        let principal = principal(request)?;
        counts.add(principal, request, decide(principal, request));
        Ok(())
    })?
}

fn event(
    line: &[u8],
    counts: &mut Counts,
    decide: &impl Fn(Option<&str>, &Request<'_>) -> Verdict,
) -> Result<(), Uncounted> {
    let owned = OwnedRequest::from_action_trail(line)?;
    let requests = owned.iter().map(OwnedRequest::request_unlisted);
    let requests: Vec<Request<'_>> = requests.collect::<Result<_, _>>()?;
    // RAM allows what needs several resources when each is allowed.
    let mut last = None;
    for request in &requests {
        let principal = principal(request)?;
        let verdict = decide(principal, request);
        last = Some((principal, request, verdict));
        if verdict != Verdict::Allow {
            break;
        }
    }
    if let Some((principal, request, verdict)) = last {
        counts.add(principal, request, verdict);
    }
    Ok(())
}

/// Who asks.
fn principal<'r>(request: &'r Request<'_>) -> Result<Option<&'r str>, Uncounted> {
    let mut values = request.values_of(["acs:PrincipalARN", "", ""]);
    match (values.next(), values.next()) {
        (one, None) => Ok(one.and_then(Value::text)),
        (_, Some(_)) => Err(Uncounted::SeveralPrincipals),
    }
}
