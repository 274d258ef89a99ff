//! Whether a condition holds: what is known, and what is not.

use crate::terms::operand::Value;

/// Whether something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// A value does not have the form its operator asks for.
    Unknown,
}

impl Truth {
    /// Both must hold; what cannot be known stays so unless the other does not hold.
    #[inline]
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }
}

impl Truth {
    /// One of both must hold; what cannot be known stays so unless the other holds.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::No, Self::No) => Self::No,
        }
    }
}

#[inline]
pub(super) const fn truth(holds: bool) -> Truth {
    if holds { Truth::Yes } else { Truth::No }
}

/// Whether a condition on one key holds: the one place that knows what a missing key, several
/// values and a malformed value mean.
///
/// `read` gives a value in the form the operator asks for, `test` compares it with what is wanted.
/// A positive operator needs one value of the request to match; a negated one needs none to, so it
/// also holds when the key is missing.
#[inline(always)]
pub fn holds<'r, T>(
    values: impl Iterator<Item = &'r Value<'r>>,
    negated: bool,
    read: impl Fn(&'r Value<'r>) -> Option<T>,
    test: impl Fn(T) -> bool,
) -> Truth {
    let mut any = truth(negated);
    for value in values {
        match read(value).map(&test) {
            Some(true) => return truth(!negated),
            Some(false) => {}
            None => any = Truth::Unknown,
        }
    }
    any
}
