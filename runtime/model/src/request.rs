//! A request: an action, a resource and the condition values that come with it.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::convert::Infallible;
use core::fmt;
use core::net::IpAddr;

use crate::additions::{Additions, Found};
use crate::arn::{Arn, ArnError};
use crate::catalogue::{self, ActionId, KeyType};
use crate::condition_key;
use crate::diagnostic::escaped;
use crate::key::{Key, KeyName, ValueType};
use crate::operand::{self, Date, Number, OperandError};

/// What somebody asks to do: one action on one resource, with its condition values.
///
/// An action that needs several resources (`ecs:AttachDisk`: the disk and the instance) is one
/// request for each; RAM allows it when every one is allowed (ECS: Authentication rules).
///
/// ```
/// use ram_policy::key::{acs, ecs};
/// use ram_policy::{Ecs, Request};
///
/// let request = Request::new(Ecs::StopInstance, "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1")?
///     .with(acs::SourceIp, [10, 0, 0, 1].into())
///     .with(ecs::tag.of("owner"), "zhangsan")
///     .with_named("acs:SecureTransport", "true")?;
/// assert_eq!(request.to_string(), "ecs:StopInstance on acs:ecs:cn-hangzhou:1234567890123456:instance/i-1");
/// # Ok::<(), ram_policy::RequestError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Request<'a> {
    action: RequestAction<'a>,
    resource: Arn<'a>,
    context: Vec<(KeyName<'a>, Value<'a>)>,
}

/// The action of a request.
///
/// A typed action (`Ecs::StopInstance`) and a name the catalogue has (`"ecs:StopInstance"`)
/// convert to it; a name the catalogue does not have must be marked with
/// [`RequestAction::unlisted`].
#[derive(Debug, Clone, Copy)]
pub struct RequestAction<'a> {
    id: Option<ActionId>,
    code: &'a str,
    name: &'a str,
}

impl<'a> RequestAction<'a> {
    /// An action of the catalogue; the enums of actions use this.
    #[doc(hidden)]
    #[must_use]
    pub const fn listed(id: ActionId, code: &'a str) -> Self {
        Self { id: Some(id), code, name: "" }
    }

    /// An action the catalogue need not have, by its full name as `code:Name`.
    ///
    /// ```
    /// use ram_policy::{Request, RequestAction};
    ///
    /// let new = RequestAction::unlisted("bss:BrandNewAction")?;
    /// let request = Request::new(new, "*")?;
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The text is not `code:Name`, or its code has other characters than lower-case letters, digits and
    /// `-`.
    pub fn unlisted(name: &'a str) -> Result<Self, RequestError> {
        // Nearly every action is one of the catalogue, whose names are well-formed.
        if let Some(row) = catalogue::find_action(name) {
            return Ok(Self::listed(row.id(), row.service().table().code));
        }
        let (code, action) = name.split_once(':').ok_or(RequestError::MalformedAction)?;
        let part = |text: &str| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/'))
        };
        // The code is that of the ARN of the whole service too, which has no other characters.
        let lower = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !part(code) || !part(action) || !code.bytes().all(lower) {
            return Err(RequestError::MalformedAction);
        }
        Ok(Self { id: None, code, name: action })
    }

    /// An action by its full name, if the catalogue has it or local additions add it.
    ///
    /// ```
    /// use ram_policy::{Additions, Request, RequestAction, RequestError};
    ///
    /// let additions = Additions::from_json(
    ///     r#"{"actions": {"ecs:BrandNewAction": {"change": "add", "reason": "announced"}}}"#,
    /// )?;
    /// let new = RequestAction::with_additions("ecs:BrandNewAction", &additions)?;
    /// let request = Request::new(new, "*")?;
    /// let misspelt = RequestAction::with_additions("ecs:BrandNewActon", &additions);
    /// assert_eq!(misspelt.err(), Some(RequestError::UnknownAction));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The text is not `code:Name`, or neither has the action; one that the additions retire
    /// counts as unknown.
    pub fn with_additions(name: &'a str, additions: &Additions) -> Result<Self, RequestError> {
        let action = Self::unlisted(name)?;
        match additions.find(name) {
            Found::Known(_) => Ok(action),
            Found::Retired(_) | Found::Unknown => Err(RequestError::UnknownAction),
        }
    }

    /// The action's number, if the catalogue has it.
    #[inline]
    #[must_use]
    pub const fn id(self) -> Option<ActionId> {
        self.id
    }

    /// The part before the colon.
    #[inline]
    #[must_use]
    pub const fn code(self) -> &'a str {
        self.code
    }

    /// The part after the colon.
    #[must_use]
    pub fn name(self) -> &'a str {
        match self.id.and_then(catalogue::action) {
            Some(action) => action.name(),
            None => self.name,
        }
    }
}

/// `code:Name`.
impl fmt::Display for RequestAction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.code, self.name())
    }
}

/// What an enum of actions tells the model. One conversion for all of them, because the compiler
/// compares every two conversions into one type.
#[doc(hidden)]
pub trait ListedAction: Copy {
    /// The service's RAM code.
    const CODE: &'static str;

    /// The action's number.
    fn id(self) -> ActionId;
}

impl<T: ListedAction> From<T> for RequestAction<'_> {
    fn from(action: T) -> Self {
        Self::listed(action.id(), T::CODE)
    }
}

impl<'a> TryFrom<&'a str> for RequestAction<'a> {
    type Error = RequestError;

    fn try_from(name: &'a str) -> Result<Self, RequestError> {
        let action = Self::unlisted(name)?;
        if action.id.is_some() { Ok(action) } else { Err(RequestError::UnknownAction) }
    }
}

/// A condition value of a request.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// Text; other types are read from it when an operator asks for them.
    Text(&'a str),
    /// A number, with its text when it came as one.
    Number(Number, Option<&'a str>),
    /// An instant, with its text when it came as one.
    Date(Date, Option<&'a str>),
    /// A Boolean.
    Boolean(bool),
    /// An address, with its text when it came as one.
    Ip(IpAddr, Option<&'a str>),
}

/// The value as text.
impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text)
            | Self::Number(_, Some(text))
            | Self::Date(_, Some(text))
            | Self::Ip(_, Some(text)) => f.write_str(text),
            Self::Boolean(boolean) => boolean.fmt(f),
            Self::Ip(address, None) => address.fmt(f),
            Self::Number(number, None) => number.fmt(f),
            Self::Date(date, None) => date.fmt(f),
        }
    }
}

/// Why a request cannot be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestError {
    /// The action is not `code:Name`.
    MalformedAction,
    /// The catalogue does not have the action; use [`RequestAction::unlisted`] if it is real.
    UnknownAction,
    /// The resource is neither `*` nor an ARN.
    Resource(ArnError),
    /// The condition key is not `code:name`.
    MalformedKey,
    /// No condition key has this name; it differs from a known one by case or by one slip, or is
    /// an `acs:` key RAM does not have.
    UnknownKey,
    /// The value is not of its key's type.
    Value(OperandError),
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MalformedAction => f.write_str("an action is written `code:Name`"),
            Self::UnknownAction => f.write_str(
                "the catalogue has no such action; if it is real, use `RequestAction::unlisted`",
            ),
            Self::Resource(error) => write!(f, "the resource is neither `*` nor an ARN: {error}"),
            Self::MalformedKey => f.write_str("a condition key is written `code:name`"),
            Self::UnknownKey => f.write_str("there is no such condition key"),
            Self::Value(error) => write!(f, "the condition value is {error}"),
        }
    }
}

impl core::error::Error for RequestError {}

impl From<Infallible> for RequestError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl From<ArnError> for RequestError {
    fn from(error: ArnError) -> Self {
        Self::Resource(error)
    }
}

impl From<OperandError> for RequestError {
    fn from(error: OperandError) -> Self {
        Self::Value(error)
    }
}

impl<'a> Request<'a> {
    /// A request without condition values.
    ///
    /// The action is a typed one or a name; the resource is an ARN, or `*` for an action that has
    /// no resource, which stands for `acs:<the action's service>:*:*:*`.
    ///
    /// ```
    /// use ram_policy::{Ecs, Request, RequestError};
    ///
    /// assert!(Request::new(Ecs::DescribeRegions, "*").is_ok());
    /// assert!(Request::new("ecs:describeregions", "*").is_ok());
    /// assert_eq!(Request::new("ecs:DescribeRegion", "*").err(), Some(RequestError::UnknownAction));
    /// ```
    ///
    /// # Errors
    ///
    /// An unknown or malformed action, a resource that is neither `*` nor an ARN.
    pub fn new<A>(action: A, resource: &'a str) -> Result<Self, RequestError>
    where
        A: TryInto<RequestAction<'a>>,
        RequestError: From<A::Error>,
    {
        let action = action.try_into()?;
        let resource = if resource == "*" {
            Arn { service: action.code, region: "*", account: "*", relative_id: "*" }
        } else {
            Arn::parse(resource)?
        };
        Ok(Self { action, resource, context: Vec::new() })
    }

    /// Adds a condition value by typed key; a key given twice has two values.
    ///
    /// ```
    /// use ram_policy::key::acs;
    /// use ram_policy::{Ecs, Request};
    ///
    /// let request = Request::new(Ecs::StopInstance, "*")?.with(acs::MFAPresent, true);
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn with<T: ValueType>(mut self, key: Key<'a, T>, value: T::Given<'a>) -> Self {
        self.context.push((key.name(), T::value(value)));
        self
    }

    /// Adds a condition value by name; the text is read as the key's type asks.
    ///
    /// ```
    /// use ram_policy::{Ecs, Request};
    ///
    /// let request = Request::new(Ecs::StopInstance, "*")?;
    /// assert!(request.clone().with_named("acs:SourceIp", "10.0.0.1").is_ok());
    /// assert!(request.clone().with_named("acs:SourceIp", "10.0.0").is_err());
    /// assert!(request.with_named("acs:sourceip", "10.0.0.1").is_err());
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A key that cannot exist, or a value that is not of the key's type.
    pub fn with_named(mut self, key: &'a str, value: &'a str) -> Result<Self, RequestError> {
        let value_type = match condition_key::judge(key) {
            condition_key::Verdict::Known(known) => known.value_type,
            condition_key::Verdict::Unfamiliar => KeyType::Unknown,
            condition_key::Verdict::Malformed => return Err(RequestError::MalformedKey),
            condition_key::Verdict::Misspelt(_)
            | condition_key::Verdict::UnknownGlobal(_)
            | condition_key::Verdict::Retired(_) => return Err(RequestError::UnknownKey),
        };
        let value = match value_type {
            KeyType::String | KeyType::Unknown => Value::Text(value),
            KeyType::Number => Value::Number(value.parse()?, Some(value)),
            KeyType::Date => Value::Date(value.parse()?, Some(value)),
            KeyType::Boolean => Value::Boolean(operand::parse_boolean(value)?),
            KeyType::Ip => Value::Ip(operand::parse_address(value)?, Some(value)),
        };
        self.context.push((KeyName::whole(key), value));
        Ok(self)
    }

    /// Adds a condition value under any name and of any form, for keys the catalogue gets wrong.
    ///
    /// A text that is not of the type an operator asks for makes an `Allow` statement not match
    /// and a `Deny` statement match.
    ///
    /// ```
    /// use ram_policy::{Ecs, Request};
    ///
    /// let request = Request::new(Ecs::StopInstance, "*")?.with_unchecked("acs:BrandNew", "1");
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn with_unchecked(mut self, key: &'a str, value: &'a str) -> Self {
        self.context.push((KeyName::whole(key), Value::Text(value)));
        self
    }

    /// The action.
    #[inline]
    #[must_use]
    pub const fn action(&self) -> RequestAction<'a> {
        self.action
    }

    /// The resource.
    #[inline]
    #[must_use]
    pub const fn resource(&self) -> Arn<'a> {
        self.resource
    }

    /// The same request with this value alone under a key, or with none.
    pub(crate) fn with_only<'s>(&self, key: &'s str, value: Option<&'s str>) -> Request<'s>
    where
        'a: 's,
    {
        let mut context: Vec<(KeyName<'s>, Value<'s>)> =
            self.context.iter().filter(|(name, _)| !name.is(key)).copied().collect();
        context.extend(value.map(|value| (KeyName::whole(key), Value::Text(value))));
        Request { action: self.action, resource: self.resource, context }
    }

    /// The same request with another action.
    pub(crate) fn with_action(&self, action: RequestAction<'a>) -> Self {
        Self { action, resource: self.resource, context: self.context.clone() }
    }

    /// All condition values, in the order they were added.
    pub(crate) fn context(&self) -> impl Iterator<Item = &(KeyName<'a>, Value<'a>)> {
        self.context.iter()
    }

    /// The values of a condition key that is known in parts: `ecs:tag/owner`, `ecs:tag/` and
    /// `owner`; both parts are empty for a key without a tag.
    #[doc(hidden)]
    #[inline(always)]
    pub fn values_of<'r>(&'r self, key: [&'r str; 3]) -> impl Iterator<Item = &'r Value<'a>> {
        self.context.iter().filter(move |(name, _)| name.is_parts(key)).map(|(_, value)| value)
    }

    /// The values of a condition key.
    #[inline]
    pub(crate) fn values<'r>(&'r self, key: &'r str) -> impl Iterator<Item = &'r Value<'a>> {
        self.context.iter().filter(move |(name, _)| name.is(key)).map(|(_, value)| value)
    }
}

impl fmt::Display for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.action, escaped(&self.resource.to_string()))
    }
}
