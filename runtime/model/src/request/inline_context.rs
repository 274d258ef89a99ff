//! Condition values that fit into the request itself, where nothing can be allocated.

use super::{INLINE_VALUES, RequestError};
use crate::request::key::KeyName;
use crate::terms::operand::Value;

/// The condition values of a request, in the order they were added.
#[derive(Debug, Clone)]
pub(super) struct Context<'a> {
    values: [(KeyName<'a>, Value<'a>); INLINE_VALUES],
    /// How many of them are values; the others stand in for what may come.
    length: usize,
}

impl<'a> Context<'a> {
    pub(super) const EMPTY: Self = Self {
        values: [(KeyName::whole(""), Value::Boolean(false, None)); INLINE_VALUES],
        length: 0,
    };

    /// Adds a value. One too many is an error: a request that lost it could be allowed for the lack
    /// of it.
    pub(super) fn try_add(
        &mut self,
        key: KeyName<'a>,
        value: Value<'a>,
    ) -> Result<(), RequestError> {
        let free = self.values.get_mut(self.length).ok_or(RequestError::TooManyValues)?;
        *free = (key, value);
        self.length += 1;
        Ok(())
    }

    #[inline(always)]
    pub(super) fn as_slice(&self) -> &[(KeyName<'a>, Value<'a>)] {
        self.values.get(..self.length).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::{Context, INLINE_VALUES, RequestError, Value};
    use crate::request::key::KeyName;

    #[test]
    fn a_value_too_many_is_an_error_and_changes_nothing() {
        let mut context = Context::EMPTY;
        for number in 0..INLINE_VALUES {
            assert_eq!(context.as_slice().len(), number);
            assert_eq!(context.try_add(KeyName::whole("acs:x"), Value::Text("a")), Ok(()));
        }
        let refused = context.try_add(KeyName::whole("acs:y"), Value::Text("b"));
        assert_eq!(refused, Err(RequestError::TooManyValues));
        assert_eq!(context.as_slice().len(), INLINE_VALUES);
        assert!(context.as_slice().iter().all(|(key, _)| key.is("acs:x")));
    }
}
