//! Requests with as many condition values as there are.

use super::{Request, RequestAction};
use crate::request::key::{Key, KeyName, ValueType};
use crate::terms::arn::{Arn, ArnError};
use crate::terms::operand::Value;

impl<'a> Request<'a> {
    /// Adds a condition value by typed key; a key given twice has two values.
    ///
    /// Needs the Cargo feature `alloc`; without it there is [`Request::try_with`].
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
        self.context.add(key.name(), T::value(value));
        self
    }

    /// Adds a condition value under any name and of any form, for keys the catalogue gets wrong.
    ///
    /// A text that is not of the type an operator asks for makes an `Allow` statement not match
    /// and a `Deny` statement match.
    ///
    /// Needs the Cargo feature `alloc`; without it there is [`Request::try_with_unchecked`].
    ///
    /// ```
    /// use ram_policy::{Ecs, Request};
    ///
    /// let request = Request::new(Ecs::StopInstance, "*")?.with_unchecked("acs:BrandNew", "1");
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn with_unchecked(mut self, key: &'a str, value: &'a str) -> Self {
        self.context.add(KeyName::whole(key), Value::Text(value));
        self
    }

    /// The same request with this value alone under a key, or with none.
    pub(crate) fn with_only<'s>(&self, key: &'s str, value: Option<&'s str>) -> Request<'s>
    where
        'a: 's,
    {
        let others = self.context.as_slice().iter().filter(|(name, _)| !name.is(key));
        let context = others
            .copied()
            .chain(value.map(|value| (KeyName::whole(key), Value::Text(value))))
            .collect();
        Request { action: self.action, resource: self.resource, context }
    }

    /// The same request with another action.
    pub(crate) fn with_action(&self, action: RequestAction<'a>) -> Self {
        Self { action, resource: self.resource, context: self.context.clone() }
    }

    /// The same request for another resource.
    pub(crate) fn with_resource(&self, resource: Arn<'a>) -> Self {
        Self { action: self.action, resource, context: self.context.clone() }
    }

    /// All condition values, in the order they were added.
    pub(crate) fn context(&self) -> impl Iterator<Item = &(KeyName<'a>, Value<'a>)> {
        self.context.as_slice().iter()
    }

    /// The values of a condition key.
    #[inline]
    pub(crate) fn values<'r>(&'r self, key: &'r str) -> impl Iterator<Item = &'r Value<'a>> {
        self.context.as_slice().iter().filter(move |(name, _)| name.is(key)).map(|(_, value)| value)
    }

    /// Asks for something else, in the room that the condition values had.
    pub(crate) fn ask_anew(
        &mut self,
        action: RequestAction<'a>,
        resource: &'a str,
    ) -> Result<(), ArnError> {
        self.resource = super::resource_of(action, resource)?;
        self.action = action;
        self.context.clear();
        Ok(())
    }

    /// Adds a condition value that has been read.
    pub(crate) fn add(&mut self, key: &'a str, value: Value<'a>) {
        self.context.add(KeyName::whole(key), value);
    }
}
