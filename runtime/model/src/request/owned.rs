//! Requests that own their texts: read from JSON, one a line, or from ActionTrail events.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::{format, vec, vec::Vec};
use core::fmt;

use crate::request::action_trail::{Event, Field, Named};
use crate::request::{Request, RequestAction, RequestError};
use crate::terms::characters::is_code_in_any_case;
use crate::text::json::{self, Kind, Member, TextRange, Value};
use crate::text::shown::shown;

/// A request that owns its texts.
///
/// ```
/// use ram_policy::{OwnedRequest, policy};
///
/// let line = r#"{"action": "ecs:StopInstance", "resource": "acs:ecs:cn-hangzhou:1:instance/i-1", "context": {"acs:SourceIp": "10.0.0.1", "ecs:tag/owner": ["a", "b"]}}"#;
/// let request = OwnedRequest::from_json(line)?;
/// let policy = policy! { allow ecs::StopInstance on * when acs::SourceIp in "10.0.0.0/8"; };
/// assert!(policy.evaluate(&request.request()?).is_allow());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnedRequest {
    /// The action, as `ecs:StopInstance`.
    pub action: String,
    /// The resource: an ARN or `*`.
    pub resource: String,
    /// Condition keys with their values, in order.
    pub context: Vec<(String, Vec<String>)>,
    /// What an event of ActionTrail calls the resource, where its ARN is not known and `resource` is
    /// `*` therefore. It is no part of the JSON form.
    pub called: Option<String>,
}

/// Why a text is not a request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OwnedRequestError {
    /// The text is not JSON, or not of the form of a request.
    Form {
        /// What is wrong.
        message: String,
        /// Byte of the text at which it is wrong.
        at: usize,
    },
    /// The request cannot be asked.
    Request(RequestError),
}

impl fmt::Display for OwnedRequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form { message, at } => write!(f, "{message} (byte {at})"),
            Self::Request(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for OwnedRequestError {}

impl From<RequestError> for OwnedRequestError {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

type Node = Value<TextRange>;

impl OwnedRequest {
    /// A request without condition values.
    ///
    /// ```
    /// use ram_policy::OwnedRequest;
    ///
    /// assert!(OwnedRequest::new("ecs:StopInstance", "*").request().is_ok());
    /// // The case of a service code says nothing.
    /// assert_eq!(OwnedRequest::new("SLS:GetLogs", "*").action, "sls:GetLogs");
    /// ```
    #[must_use]
    pub fn new(action: impl Into<String>, resource: impl Into<String>) -> Self {
        Self {
            action: with_code_in_lower_case(action.into()),
            resource: resource.into(),
            context: Vec::new(),
            called: None,
        }
    }

    /// Reads `{"action": ..., "resource": ..., "context": {key: value or list}}`.
    ///
    /// Without `resource` it is `*`. Unknown members are errors. Whether the catalogue has the
    /// action is asked by [`OwnedRequest::request`].
    ///
    /// # Errors
    ///
    /// The text is not JSON or not of this form.
    pub fn from_json(text: impl AsRef<[u8]>) -> Result<Self, OwnedRequestError> {
        Self::from_value(read(text.as_ref())?)
    }

    /// Reads the JSON form of a request from any front end.
    pub(crate) fn from_value<L: Copy + Into<At>>(
        value: Value<L>,
    ) -> Result<Self, OwnedRequestError> {
        let members = object(value)?;
        let mut request = Self::new("", "*");
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for Member { name, value } in members {
            let at: At = name.at.into();
            if seen.contains(&name.value) {
                return Err(form(format!("`{}` appears twice", name.value), at.0));
            }
            match name.value.as_str() {
                "action" => request.action = with_code_in_lower_case(text_of(value)?),
                "resource" => request.resource = text_of(value)?,
                "context" => {
                    let mut keys: BTreeSet<String> = BTreeSet::new();
                    for Member { name, value } in object(value)? {
                        if !keys.insert(name.value.clone()) {
                            return Err(form(
                                format!("`{}` appears twice", name.value),
                                name.at.into().0,
                            ));
                        }
                        request.context.push((name.value, texts_of(value)?));
                    }
                }
                other => return Err(form(format!("a request has no `{other}`"), at.0)),
            }
            seen.insert(name.value);
        }
        if !seen.contains("action") {
            return Err(form("the request has no `action`".into(), 0));
        }
        Ok(request)
    }

    /// Reads an event of ActionTrail: one request for each resource it names.
    ///
    /// An event that Log Service keeps is read too: under `event`, as an object or as a text, or in
    /// columns such as `event.eventName`.
    ///
    /// The action is the service's RAM code and the event's name; the catalogue's table of names
    /// knows which services, operations and types ActionTrail calls otherwise
    /// ([`EVENT_NAMES`](crate::catalogue::EVENT_NAMES)). A resource is written as its ARN where a template for
    /// its type is known, and as `*` otherwise, beside others too, with what the event calls it in
    /// [`OwnedRequest::called`]: a caller may do what the event says only if every request is allowed.
    /// An action that RAM cannot limit to a resource asks for `*`. Condition values:
    /// `acs:SourceIp`, `acs:CurrentTime`, `acs:UserAgent`, `acs:SourceVpc`, `acs:SecureTransport`,
    /// `acs:PrincipalARN`, and `acs:MFAPresent` where it is true or the event is of the console,
    /// because calls with an AccessKey do not have it. (ActionTrail: Management event structure.)
    ///
    /// ```
    /// use ram_policy::OwnedRequest;
    ///
    /// let event = r#"{"eventName": "DeleteInstance", "serviceName": "Ecs", "acsRegion": "cn-hangzhou",
    ///     "sourceIpAddress": "10.0.0.1", "recipientAccountId": "1234567890123456",
    ///     "referencedResources": {"ACS::ECS::Instance": ["i-1"]}}"#;
    /// let requests = OwnedRequest::from_action_trail(event)?;
    /// assert_eq!(requests[0].action, "ecs:DeleteInstance");
    /// assert_eq!(requests[0].resource, "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1");
    /// # Ok::<(), ram_policy::OwnedRequestError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The text is not JSON, or has no `eventName` and `serviceName`.
    pub fn from_action_trail(text: impl AsRef<[u8]>) -> Result<Vec<Self>, OwnedRequestError> {
        let text = utf8(text.as_ref())?;
        let event = Event::read(text).map_err(|error| form(error.value, error.at.start))?;
        let missing = |name: &str| form(format!("the event has no `{name}`"), 0);
        let service = event.text(Field::ServiceName).ok_or_else(|| missing("serviceName"))?;
        let name = event.text(Field::EventName).ok_or_else(|| missing("eventName"))?;
        let action = event.action(service, name);
        let context = event.context();
        let resources = event.resources(&action);
        let of = |Named { arn, called }| Self {
            action: action.clone(),
            resource: arn,
            context: context.clone(),
            called,
        };
        Ok(resources.into_iter().map(of).collect())
    }

    /// The request as a line of JSON, which [`OwnedRequest::from_json`] reads.
    ///
    /// ```
    /// use ram_policy::OwnedRequest;
    ///
    /// let mut request = OwnedRequest::new("ecs:StopInstance", "*");
    /// request.context.push(("ecs:tag/owner".into(), vec!["a".into()]));
    /// let line = r#"{"action":"ecs:StopInstance","resource":"*","context":{"ecs:tag/owner":"a"}}"#;
    /// assert_eq!(request.to_json(), line);
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let [action, resource] = [&self.action, &self.resource].map(|text| json::write_text(text));
        let context: Vec<String> = self
            .context
            .iter()
            .map(|(key, values)| {
                let texts: Vec<String> =
                    values.iter().map(|value| json::write_text(value)).collect();
                let values = match texts.as_slice() {
                    [one] => one.clone(),
                    several => format!("[{}]", several.join(",")),
                };
                format!("{}:{values}", json::write_text(key))
            })
            .collect();
        let context = match context.as_slice() {
            [] => String::new(),
            members => format!(",\"context\":{{{}}}", members.join(",")),
        };
        format!("{{\"action\":{action},\"resource\":{resource}{context}}}")
    }

    /// The request, checked.
    ///
    /// # Errors
    ///
    /// An action the catalogue does not have, a malformed ARN, a key that cannot exist or a value
    /// that is not of its key's type.
    pub fn request(&self) -> Result<Request<'_>, RequestError> {
        self.with_context(Request::new(self.action.as_str(), &self.resource)?)
    }

    /// The request, checked but for whether the catalogue has its action.
    ///
    /// ```
    /// use ram_policy::OwnedRequest;
    ///
    /// let new = OwnedRequest::new("bss:BrandNew", "*");
    /// assert!(new.request().is_err());
    /// assert!(new.request_unlisted().is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// A malformed action or ARN, a key that cannot exist or a value that is not of its key's type.
    pub fn request_unlisted(&self) -> Result<Request<'_>, RequestError> {
        self.with_context(Request::new(RequestAction::unlisted(&self.action)?, &self.resource)?)
    }

    fn with_context<'a>(&'a self, request: Request<'a>) -> Result<Request<'a>, RequestError> {
        let values =
            |(key, values): &'a (String, Vec<String>)| values.iter().map(move |value| (key, value));
        self.context
            .iter()
            .flat_map(values)
            .try_fold(request, |request, (key, value)| request.with_named(key, value))
    }
}

/// What a request asks, in its own texts.
impl From<&Request<'_>> for OwnedRequest {
    fn from(request: &Request<'_>) -> Self {
        let action = request.action();
        let mut owned = Self::new(
            format!("{}:{}", action.code(), action.name()),
            request.resource().to_string(),
        );
        for (key, value) in request.context() {
            let (key, value) = (key.to_string(), value.to_string());
            match owned.context.iter_mut().find(|(other, _)| *other == key) {
                Some((_, values)) => values.push(value),
                None => owned.context.push((key, vec![value])),
            }
        }
        owned
    }
}

/// The action with its service code as ARNs have it: RAM ignores the case of an action, but not that of
/// the ARN which stands for its whole service.
fn with_code_in_lower_case(mut action: String) -> String {
    let colon = action.find(':').unwrap_or(0);
    if let Some(code) = action.get_mut(..colon)
        && is_code_in_any_case(code)
    {
        code.make_ascii_lowercase();
    }
    action
}

/// The message shows names of the text, which must not move the cursor of who reads a log.
fn form(message: String, at: usize) -> OwnedRequestError {
    OwnedRequestError::Form { message: shown(message), at }
}

fn read(text: &[u8]) -> Result<Node, OwnedRequestError> {
    json::read(utf8(text)?).map_err(|error| form(error.value, error.at.start))
}

fn utf8(text: &[u8]) -> Result<&str, OwnedRequestError> {
    core::str::from_utf8(text)
        .map_err(|error| form("the text is not UTF-8".into(), error.valid_up_to()))
}

/// Where something stands, in bytes; 0 where a front end has no places.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At(usize);

impl From<TextRange> for At {
    fn from(range: TextRange) -> Self {
        Self(range.start)
    }
}

impl At {
    /// Where a front end has no places.
    #[cfg(feature = "serde")]
    pub(crate) const UNKNOWN: Self = Self(0);
}

fn object<L: Into<At>>(value: Value<L>) -> Result<Vec<Member<L>>, OwnedRequestError> {
    let Kind::Object(members) = value.kind else {
        let message = format!("expected an object, found {}", value.kind.type_name());
        return Err(form(message, value.at.into().0));
    };
    Ok(members)
}

fn text_of<L: Into<At>>(value: Value<L>) -> Result<String, OwnedRequestError> {
    let Kind::String(text) = value.kind else {
        let message = format!("expected a text, found {}", value.kind.type_name());
        return Err(form(message, value.at.into().0));
    };
    Ok(text)
}

fn texts_of<L: Into<At>>(value: Value<L>) -> Result<Vec<String>, OwnedRequestError> {
    if let Kind::Array(items) = value.kind {
        items.into_iter().map(text_of).collect()
    } else {
        Ok(vec![text_of(value)?])
    }
}
