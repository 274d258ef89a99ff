//! Reads requests from lines of JSON without copying their texts.

use alloc::borrow::Cow;
use alloc::{string::String, vec::Vec};

use crate::catalogue::KeyType;
use crate::catalogue::condition_key::{self, Verdict};
use crate::request::owned::{OwnedRequest, OwnedRequestError};
use crate::request::{Request, RequestAction};
use crate::terms::operand::Value;
use crate::text::json::MAX_DEPTH;
use crate::text::json::cursor::{Begins, Cursor, TextRange};
use crate::text::place::Text;

/// Most condition keys of a line that is read without copying, and most that are remembered.
const MOST_KEYS: usize = 64;

/// Reads requests line by line for those who decide many: a line's texts are borrowed, and one
/// request serves for all lines, so that nothing is allocated for most of them.
///
/// What is read, and what is an error, is as [`OwnedRequest::from_json`] and
/// [`OwnedRequest::request_unlisted`] say; a line with escapes in its texts is read by these.
///
/// ```
/// use ram_policy::{RequestReader, policy};
///
/// let policy = policy! { allow ecs::StopInstance on * when acs::SourceIp in "10.0.0.0/8"; };
/// let lines = concat!(
///     r#"{"action": "ecs:StopInstance", "context": {"acs:SourceIp": "10.0.0.1"}}"#, "\n",
///     r#"{"action": "ecs:StopInstance", "context": {"acs:SourceIp": "11.0.0.1"}}"#,
/// );
/// let mut reader = RequestReader::new();
/// for (line, allowed) in lines.lines().zip([true, false]) {
///     assert_eq!(reader.read(line.as_bytes(), |request| policy.evaluate(request).is_allow())?, allowed);
/// }
/// # Ok::<(), ram_policy::OwnedRequestError>(())
/// ```
#[derive(Debug, Default)]
pub struct RequestReader<'a> {
    request: Option<Request<'a>>,
    /// The condition values of the line at hand.
    values: Vec<(&'a str, &'a str)>,
    known: KnownTypes<'a>,
}

/// The types of condition keys that lines had before, because the next line mostly has the same
/// keys in the same order.
#[derive(Debug, Default)]
struct KnownTypes<'a>(Vec<(&'a str, KeyType)>);

impl<'a> RequestReader<'a> {
    /// A reader that has read nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a line and gives what is said about its request.
    ///
    /// # Errors
    ///
    /// The line is not a request, or asks what cannot be asked.
    pub fn read<T>(
        &mut self,
        line: &'a [u8],
        say: impl FnOnce(&Request<'_>) -> T,
    ) -> Result<T, OwnedRequestError> {
        let text = core::str::from_utf8(line).ok();
        if let Some(request) = text.and_then(|text| self.borrowed(text)) {
            return Ok(say(request));
        }
        // Whatever is out of the ordinary, mistakes above all, is left to the one that tells of them.
        let owned = OwnedRequest::from_json(line)?;
        let request = owned.request_unlisted()?;
        Ok(say(&request))
    }

    /// The request of an ordinary line: nothing escaped, nothing wrong.
    fn borrowed(&mut self, line: &'a str) -> Option<&Request<'a>> {
        let Self { request, values, known } = self;
        values.clear();
        let (mut action, mut resource, mut has_context) = (None, None, false);
        let mut cursor = Cursor::new(line);
        if cursor.kind(MAX_DEPTH).ok()? != Begins::Object {
            return None;
        }
        let read = cursor.object(|cursor, name, _| match &*name {
            "action" if action.is_none() => {
                action = Some(text(cursor)?);
                Ok(())
            }
            "resource" if resource.is_none() => {
                resource = Some(text(cursor)?);
                Ok(())
            }
            "context" if !has_context => {
                has_context = true;
                context(cursor, values)
            }
            _ => Err(unusual()),
        });
        read.and_then(|()| cursor.end()).ok()?;
        let action = RequestAction::unlisted(action?).ok()?;
        let resource = resource.unwrap_or("*");
        let request = match request {
            Some(request) => {
                request.ask_anew(action, resource).ok()?;
                request
            }
            None => request.insert(Request::new(action, resource).ok()?),
        };
        let mut place = 0;
        for (index, (key, value)) in values.iter().enumerate() {
            // The values of one key stand together.
            let before = index.checked_sub(1).and_then(|before| values.get(before));
            place += usize::from(before.is_some_and(|(before, _)| before != key));
            request.add(key, Value::read(known.of(place, key)?, value).ok()?);
        }
        Some(request)
    }
}

impl<'a> KnownTypes<'a> {
    /// The type of a key that is the one at this place of its line.
    fn of(&mut self, place: usize, key: &'a str) -> Option<KeyType> {
        if let Some((known, value_type)) = self.0.get(place)
            && *known == key
        {
            return Some(*value_type);
        }
        let value_type = match condition_key::judge(key) {
            Verdict::Known(known) => known.value_type,
            Verdict::Unfamiliar => KeyType::Unknown,
            Verdict::Retired(_)
            | Verdict::Malformed
            | Verdict::Misspelt(_)
            | Verdict::UnknownGlobal(_) => return None,
        };
        match self.0.get_mut(place) {
            Some(known) => *known = (key, value_type),
            None if place < MOST_KEYS => self.0.push((key, value_type)),
            None => {}
        }
        Some(value_type)
    }
}

fn context<'a>(
    cursor: &mut Cursor<'a>,
    values: &mut Vec<(&'a str, &'a str)>,
) -> Result<(), Text<TextRange>> {
    // Depths are counted from the line's own object.
    if cursor.kind(MAX_DEPTH - 1)? != Begins::Object {
        return Err(unusual());
    }
    let mut keys = 0;
    cursor.object(|cursor, name, _| {
        let Cow::Borrowed(key) = name else { return Err(unusual()) };
        keys += 1;
        if keys > MOST_KEYS || values.iter().any(|(other, _)| *other == key) {
            return Err(unusual());
        }
        if cursor.kind(MAX_DEPTH - 2)? == Begins::Array {
            let before = values.len();
            cursor.array(|cursor| {
                values.push((key, text(cursor)?));
                Ok(())
            })?;
            // A key without values leaves nothing to see when it appears twice.
            return if values.len() > before { Ok(()) } else { Err(unusual()) };
        }
        values.push((key, text(cursor)?));
        Ok(())
    })
}

/// A text without escapes.
fn text<'a>(cursor: &mut Cursor<'a>) -> Result<&'a str, Text<TextRange>> {
    if cursor.kind(MAX_DEPTH)? != Begins::String {
        return Err(unusual());
    }
    match cursor.string()? {
        Cow::Borrowed(text) => Ok(text),
        Cow::Owned(_) => Err(unusual()),
    }
}

/// Says no more than that the line is not an ordinary one.
fn unusual() -> Text<TextRange> {
    Text::new(String::new(), TextRange { start: 0, end: 0 })
}
