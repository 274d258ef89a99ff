//! Condition values, as many as there are.

use alloc::vec::Vec;

use super::RequestError;
use crate::request::key::KeyName;
use crate::terms::operand::Value;

/// The condition values of a request, in the order they were added.
#[derive(Debug, Clone)]
pub(super) struct Context<'a>(Vec<(KeyName<'a>, Value<'a>)>);

impl<'a> Context<'a> {
    pub(super) const EMPTY: Self = Self(Vec::new());

    pub(super) fn add(&mut self, key: KeyName<'a>, value: Value<'a>) {
        self.0.push((key, value));
    }

    /// Forgets the values and keeps their room.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// As [`Context::add`]; never an error, as one without `alloc` can be.
    pub(super) fn try_add(
        &mut self,
        key: KeyName<'a>,
        value: Value<'a>,
    ) -> Result<(), RequestError> {
        self.add(key, value);
        Ok(())
    }

    #[inline(always)]
    pub(super) fn as_slice(&self) -> &[(KeyName<'a>, Value<'a>)] {
        &self.0
    }
}

impl<'a> FromIterator<(KeyName<'a>, Value<'a>)> for Context<'a> {
    fn from_iter<I: IntoIterator<Item = (KeyName<'a>, Value<'a>)>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}
