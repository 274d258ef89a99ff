//! Why a request cannot be asked.

use core::convert::Infallible;
use core::fmt;

use crate::terms::arn::ArnError;
use crate::terms::operand::OperandError;

/// Why a request cannot be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestError {
    /// The action is not `code:Name`.
    MalformedAction,
    /// The catalogue does not have the action; use [`RequestAction::unlisted`](super::RequestAction::unlisted) if it is real.
    UnknownAction,
    /// The code of the action has capitals, and the catalogue does not have it to spell it.
    UnknownCode,
    /// The resource is neither `*` nor an ARN.
    Resource(ArnError),
    /// The condition key is not `code:name`.
    MalformedKey,
    /// No condition key has this name; it differs from a known one by case or by one slip, or is
    /// an `acs:` key RAM does not have.
    UnknownKey,
    /// The value is not of its key's type.
    Value(OperandError),
    /// The request has [`INLINE_VALUES`](super::INLINE_VALUES) condition values already, and no
    /// more fit without the Cargo feature `alloc`.
    TooManyValues,
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MalformedAction => f.write_str("an action is written `code:Name`"),
            Self::UnknownAction => f.write_str(
                "the catalogue has no such action; if it is real, use `RequestAction::unlisted`",
            ),
            Self::UnknownCode => f.write_str(
                "the catalogue has no service of the action's code; write the code in lower case",
            ),
            Self::Resource(error) => write!(f, "the resource is neither `*` nor an ARN: {error}"),
            Self::MalformedKey => f.write_str("a condition key is written `code:name`"),
            Self::UnknownKey => f.write_str("there is no such condition key"),
            Self::Value(error) => write!(f, "the condition value is {error}"),
            Self::TooManyValues => write!(
                f,
                "the request has {} condition values already, more need the feature `alloc`",
                super::INLINE_VALUES
            ),
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
