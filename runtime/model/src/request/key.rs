//! Condition keys with the type of their values.

use core::marker::PhantomData;
use core::net::IpAddr;

use crate::catalogue::KeyType;
use crate::terms::glob::equal;
use crate::terms::operand::{Date, Number, Value};

/// A condition key whose values have type `T`: [`Text`], [`Number`], [`Date`], `bool` or
/// [`IpAddr`].
///
/// The keys the catalogue knows are constants, spelt as RAM spells them: `key::acs::SourceIp`.
///
/// ```
/// use ram_policy::key::{acs, ecs};
///
/// assert_eq!(acs::SourceIp.name().to_string(), "acs:SourceIp");
/// assert_eq!(ecs::tag.of("owner").name().to_string(), "ecs:tag/owner");
/// ```
#[derive(Debug)]
pub struct Key<'a, T> {
    name: KeyName<'a>,
    values: PhantomData<fn() -> T>,
}

impl<T> Clone for Key<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Key<'_, T> {}

impl<'a, T: ValueType> Key<'a, T> {
    /// A key by its full name; RAM compares the name exactly, case included (RAM: Policy elements).
    ///
    /// ```
    /// use ram_policy::key::{Key, Text};
    ///
    /// const RUN_AS: Key<'static, Text> = Key::new("ecs:CommandRunAs");
    /// ```
    #[must_use]
    pub const fn new(name: &'a str) -> Self {
        Self { name: KeyName { head: name, tag: "" }, values: PhantomData }
    }

    /// The key's name.
    ///
    /// ```
    /// assert_eq!(ram_policy::key::acs::MFAPresent.name().to_string(), "acs:MFAPresent");
    /// ```
    #[must_use]
    pub const fn name(self) -> KeyName<'a> {
        self.name
    }
}

/// A condition key with a free part, as `ecs:tag/<tag key>`.
///
/// ```
/// assert_eq!(
///     ram_policy::key::acs::ResourceTag.of("cost:centre").name().to_string(),
///     "acs:ResourceTag/cost:centre",
/// );
/// ```
#[derive(Debug, Clone, Copy)]
pub struct TagKey {
    pub(crate) head: &'static str,
}

impl TagKey {
    /// A tag key by the part before the tag, the slash included.
    ///
    /// ```
    /// use ram_policy::key::TagKey;
    ///
    /// const TAG: TagKey = TagKey::new("ecs:tag/");
    /// ```
    #[must_use]
    pub const fn new(head: &'static str) -> Self {
        Self { head }
    }

    /// The key of one tag; RAM compares the tag exactly, case included.
    ///
    /// ```
    /// assert_eq!(ram_policy::key::ecs::tag.of("owner").name().to_string(), "ecs:tag/owner");
    /// ```
    #[must_use]
    pub const fn of(self, tag: &str) -> Key<'_, Text> {
        Key { name: KeyName { head: self.head, tag }, values: PhantomData }
    }
}

/// Name of a condition key, in one part or (for tags) two.
#[derive(Debug, Clone, Copy)]
pub struct KeyName<'a> {
    /// The whole name, or the part before the tag.
    pub(crate) head: &'a str,
    tag: &'a str,
}

impl<'a> KeyName<'a> {
    pub(crate) const fn whole(name: &'a str) -> Self {
        Self { head: name, tag: "" }
    }

    /// Whether this is the key `name`.
    ///
    /// ```
    /// use ram_policy::key::ecs;
    ///
    /// assert!(ecs::tag.of("owner").name().is("ecs:tag/owner"));
    /// assert!(!ecs::tag.of("owner").name().is("ecs:tag/Owner"));
    /// ```
    #[inline]
    #[must_use]
    pub fn is(self, name: &str) -> bool {
        let (head, tag) = (self.head.as_bytes(), self.tag.as_bytes());
        if tag.is_empty() {
            return equal(name.as_bytes(), head);
        }
        let parts = name.as_bytes().split_at_checked(head.len());
        parts.is_some_and(|(before, after)| equal(after, tag) && equal(before, head))
    }
}

impl KeyName<'_> {
    /// As [`KeyName::is`], with the parts told apart before; `[whole, head, tag]`.
    #[inline(always)]
    pub(crate) fn is_parts(self, [whole, head, tag]: [&str; 3]) -> bool {
        if self.tag.is_empty() { self.head == whole } else { self.tag == tag && self.head == head }
    }
}

impl core::fmt::Display for KeyName<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.head)?;
        f.write_str(self.tag)
    }
}

/// Marks a condition key whose values are text.
#[derive(Debug, Clone, Copy)]
pub struct Text;

mod sealed {
    pub trait Sealed {}
}

/// A type of condition values; implemented for [`Text`], [`Number`], [`Date`], `bool` and
/// [`IpAddr`] and no others.
pub trait ValueType: sealed::Sealed {
    /// What a request gives for it.
    type Given<'a>;

    #[doc(hidden)]
    const TYPE: KeyType;

    #[doc(hidden)]
    fn value<'a>(given: Self::Given<'a>) -> Value<'a>;
}

impl sealed::Sealed for Text {}

impl ValueType for Text {
    type Given<'a> = &'a str;

    const TYPE: KeyType = KeyType::String;

    fn value<'a>(given: Self::Given<'a>) -> Value<'a> {
        Value::Text(given)
    }
}

macro_rules! value_types {
    ($($type:ty, $kind:ident, $name:ident => $value:expr;)*) => {
        $(impl sealed::Sealed for $type {}

        impl ValueType for $type {
            type Given<'a> = $type;

            const TYPE: KeyType = KeyType::$kind;

            fn value<'a>($name: Self::Given<'a>) -> Value<'a> {
                $value
            }
        })*
    };
}

value_types! {
    Number, Number, number => Value::Number(number, None);
    Date, Date, date => Value::Date(date, None);
    bool, Boolean, boolean => Value::Boolean(boolean, None);
    // The same host, whichever way the socket writes its address.
    IpAddr, Ip, address => Value::Ip(address.to_canonical(), None);
}
