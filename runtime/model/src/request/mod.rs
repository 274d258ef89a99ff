//! A request: an action, a resource and the condition values that come with it. Imports the folders
//! up to `document`.

mod action;
#[cfg(feature = "alloc")]
mod action_trail;
mod error;
#[cfg(any(not(feature = "alloc"), test))]
mod inline_context;
pub mod key;
#[cfg(feature = "alloc")]
mod key_facts;
#[cfg(feature = "alloc")]
pub mod owned;
#[cfg(feature = "alloc")]
pub mod reader;
#[cfg(feature = "alloc")]
mod unbounded;
#[cfg(feature = "alloc")]
mod unbounded_context;
#[cfg(feature = "alloc")]
mod with_additions;

use core::fmt;

use crate::catalogue::{KeyType, condition_key};
use crate::request::key::{Key, KeyName, ValueType};
use crate::terms::arn::{Arn, ArnError};
use crate::text::hidden::Escaped;

pub use crate::terms::operand::Value;
pub use action::{ListedAction, RequestAction};
pub use error::RequestError;
#[cfg(not(feature = "alloc"))]
use inline_context::Context;
#[cfg(feature = "alloc")]
use unbounded_context::Context;

/// How many condition values a request holds without the Cargo feature `alloc`.
pub const INLINE_VALUES: usize = 16;

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
    context: Context<'a>,
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
        let resource = resource_of(action, resource)?;
        Ok(Self { action, resource, context: Context::EMPTY })
    }

    /// Adds a condition value by typed key, also where nothing can be allocated; a key given twice
    /// has two values.
    ///
    /// ```
    /// use ram_policy::key::acs;
    /// use ram_policy::{Ecs, Request};
    ///
    /// let request = Request::new(Ecs::StopInstance, "*")?.try_with(acs::MFAPresent, true)?;
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Without the Cargo feature `alloc`, [`RequestError::TooManyValues`] for the 17th value.
    pub fn try_with<T: ValueType>(
        mut self,
        key: Key<'a, T>,
        value: T::Given<'a>,
    ) -> Result<Self, RequestError> {
        self.context.try_add(key.name(), T::value(value))?;
        Ok(self)
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
    /// A key that cannot exist, or a value that is not of the key's type. Without the Cargo feature
    /// `alloc`, [`RequestError::TooManyValues`] for the 17th value.
    pub fn with_named(mut self, key: &'a str, value: &'a str) -> Result<Self, RequestError> {
        let value_type = match condition_key::judge(key) {
            condition_key::Verdict::Known(known) => known.value_type,
            condition_key::Verdict::Unfamiliar => KeyType::Unknown,
            condition_key::Verdict::Malformed => return Err(RequestError::MalformedKey),
            condition_key::Verdict::Misspelt(_)
            | condition_key::Verdict::UnknownGlobal(_)
            | condition_key::Verdict::Retired(_) => return Err(RequestError::UnknownKey),
        };
        self.context.try_add(KeyName::whole(key), Value::read(value_type, value)?)?;
        Ok(self)
    }

    /// As `with_unchecked`, also where nothing can be allocated.
    ///
    /// ```
    /// use ram_policy::{Ecs, Request};
    ///
    /// let request = Request::new(Ecs::StopInstance, "*")?.try_with_unchecked("acs:BrandNew", "1")?;
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Without the Cargo feature `alloc`, [`RequestError::TooManyValues`] for the 17th value.
    pub fn try_with_unchecked(
        mut self,
        key: &'a str,
        value: &'a str,
    ) -> Result<Self, RequestError> {
        self.context.try_add(KeyName::whole(key), Value::Text(value))?;
        Ok(self)
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

    /// The values of a condition key that is known in parts: `ecs:tag/owner`, `ecs:tag/` and
    /// `owner`; both parts are empty for a key without a tag.
    #[doc(hidden)]
    #[inline(always)]
    pub fn values_of<'r>(&'r self, key: [&'r str; 3]) -> impl Iterator<Item = &'r Value<'a>> {
        self.context
            .as_slice()
            .iter()
            .filter(move |(name, _)| name.is_parts(key))
            .map(|(_, value)| value)
    }
}

impl fmt::Display for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.action, Escaped(self.resource))
    }
}

/// The resource of a request; `*` stands for everything of the action's service.
fn resource_of<'a>(action: RequestAction<'a>, resource: &'a str) -> Result<Arn<'a>, ArnError> {
    if resource == "*" {
        Ok(Arn { service: action.code(), region: "*", account: "*", relative_id: "*" })
    } else {
        Arn::parse(resource)
    }
}
