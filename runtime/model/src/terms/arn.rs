//! Splits ARNs: `acs:<code>:<region>:<account>:<relative id>` (RAM: Policy elements).
//!
//! A text is split at its first four colons; the fifth field keeps any later colon. Patterns and
//! requests are compared field by field, so that a `*` in one field cannot reach into another.
//! Whether RAM itself lets it is not documented; this is the stricter reading.

use core::ops::Range;

use super::characters::is_of_code;

/// Why a text is not an ARN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ArnError {
    /// It does not begin with `acs:`.
    Prefix,
    /// It has fewer than five fields.
    MissingField,
    /// The service code is empty or has other characters than `a-z`, `0-9`, `-`.
    Service,
    /// The region has other characters than `a-z`, `0-9`, `-`.
    Region,
    /// The account is empty, or neither digits nor `system`.
    Account,
    /// The relative id is empty.
    EmptyRelativeId,
    /// It has a control character.
    ControlCharacter,
    /// It names no account owner, user, role or role session.
    NotACaller,
}

impl core::fmt::Display for ArnError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Prefix => "an ARN begins with `acs:`",
            Self::MissingField => {
                "an ARN has five fields, `acs:<service>:<region>:<account>:<relative id>`"
            }
            Self::Service => "the service code of an ARN is lower-case letters, digits and `-`",
            Self::Region => "the region of an ARN is lower-case letters, digits and `-`, or empty",
            Self::Account => "the account of an ARN is its number, or `*` in a policy",
            Self::EmptyRelativeId => "the last field of an ARN names the resource and is not empty",
            Self::ControlCharacter => "an ARN has no control characters",
            Self::NotACaller => {
                "a caller is `acs:ram::<account>:` with `root`, `user/<name>`, `role/<name>` or `role/<name>/<session>`"
            }
        })
    }
}

impl core::error::Error for ArnError {}

fn has_control(text: &str) -> bool {
    // Nearly all are ASCII, whose bytes are looked at without stopping, many at a time.
    if text.is_ascii() {
        return text.bytes().fold(false, |found, byte| found | byte.is_ascii_control());
    }
    text.chars().any(char::is_control)
}

/// The four fields of an ARN behind `acs:`, or what is known of each: its text, where it is, a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fields<T> {
    /// Service code.
    pub service: T,
    /// Region, empty for global services.
    pub region: T,
    /// Account number.
    pub account: T,
    /// What the resource is called within its service.
    pub relative_id: T,
}

/// An ARN by the texts of its fields.
pub type Arn<'a> = Fields<&'a str>;

impl Fields<Range<usize>> {
    /// Where the fields are in a text.
    ///
    /// # Errors
    ///
    /// [`ArnError::Prefix`] and [`ArnError::MissingField`].
    pub fn places(text: &str) -> Result<Self, ArnError> {
        if !text.starts_with("acs:") {
            return Err(ArnError::Prefix);
        }
        // Fields are so short that calling the library's search costs more than looking.
        let next = |start: usize| {
            let rest = text.as_bytes().get(start..).ok_or(ArnError::MissingField)?;
            let length =
                rest.iter().position(|byte| *byte == b':').ok_or(ArnError::MissingField)?;
            Ok(start + length)
        };
        let service = 4..next(4)?;
        let region = service.end + 1..next(service.end + 1)?;
        let account = region.end + 1..next(region.end + 1)?;
        let relative_id = account.end + 1..text.len();
        Ok(Self { service, region, account, relative_id })
    }
}

impl<'a> Arn<'a> {
    /// The fields of a text, whatever characters they have.
    ///
    /// # Errors
    ///
    /// [`ArnError::Prefix`] and [`ArnError::MissingField`].
    #[inline]
    pub fn split(text: &'a str) -> Result<Self, ArnError> {
        Ok(Fields::places(text)?.map(|range| text.get(range).unwrap_or("")))
    }

    /// Reads the ARN of a request. `*` and `?` are ordinary characters here: they match only a
    /// wildcard of a policy, and widen nothing. RAM itself asks for such ARNs when a resource does
    /// not exist yet (`acs:ecs:cn-hangzhou:1234567890123456:instance/*`).
    ///
    /// # Errors
    ///
    /// The text is not an ARN; see [`ArnError`].
    pub fn parse(text: &'a str) -> Result<Self, ArnError> {
        let arn = Self::split(text)?;
        arn.check(true)?;
        Ok(arn)
    }

    /// Checks the characters of the fields; `wildcards` says whether `*` and `?` may stand in the
    /// first three.
    ///
    /// # Errors
    ///
    /// The first field that is wrong.
    pub fn check(self, wildcards: bool) -> Result<(), ArnError> {
        let Self { service, region, account, relative_id } = self;
        let wild = |byte: u8| wildcards && matches!(byte, b'*' | b'?');
        if service.is_empty() || !service.bytes().all(|byte| is_of_code(byte) || wild(byte)) {
            return Err(ArnError::Service);
        }
        if !region.bytes().all(|byte| is_of_code(byte) || wild(byte)) {
            return Err(ArnError::Region);
        }
        let digits = account.bytes().all(|byte| byte.is_ascii_digit() || wild(byte));
        if account.is_empty() || (!digits && account != "system") {
            return Err(ArnError::Account);
        }
        if relative_id.is_empty() {
            return Err(ArnError::EmptyRelativeId);
        }
        if has_control(relative_id) {
            return Err(ArnError::ControlCharacter);
        }
        Ok(())
    }
}

impl<T> Fields<T> {
    /// Fields that all have the same.
    pub fn all_of(one: T) -> Self
    where
        T: Clone,
    {
        Self { service: one.clone(), region: one.clone(), account: one.clone(), relative_id: one }
    }

    /// The fields in the order of an ARN.
    pub fn into_array(self) -> [T; 4] {
        [self.service, self.region, self.account, self.relative_id]
    }

    /// Something made of each field.
    #[inline]
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Fields<U> {
        Fields {
            service: change(self.service),
            region: change(self.region),
            account: change(self.account),
            relative_id: change(self.relative_id),
        }
    }

    /// Whether something is true of each field and the same field of another ARN.
    pub fn meets<U>(&self, other: &Fields<U>, holds: impl Fn(&T, &U) -> bool) -> bool {
        holds(&self.service, &other.service)
            && holds(&self.region, &other.region)
            && holds(&self.account, &other.account)
            && holds(&self.relative_id, &other.relative_id)
    }
}

impl<T: AsRef<str>> Fields<T> {
    /// `acs:<service>:*:*:*`, in whatever account.
    pub fn is_whole_service(&self) -> bool {
        self.region.as_ref() == "*" && self.relative_id.as_ref() == "*"
    }
}

/// `acs:<service>:<region>:<account>:<relative id>`.
impl<T: core::fmt::Display> core::fmt::Display for Fields<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self { service, region, account, relative_id } = self;
        write!(f, "acs:{service}:{region}:{account}:{relative_id}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Arn, ArnError};

    #[test]
    fn reads_and_refuses() {
        for (text, expected) in [
            ("acs:ecs:cn-hangzhou:1:instance/i-1", Ok(["ecs", "cn-hangzhou", "1", "instance/i-1"])),
            ("acs:ram::1:role/x", Ok(["ram", "", "1", "role/x"])),
            ("acs:ram:*:system:policy/x", Ok(["ram", "*", "system", "policy/x"])),
            ("acs:mns:*:*:/queues/a:b", Ok(["mns", "*", "*", "/queues/a:b"])),
            ("*", Err(ArnError::Prefix)),
            ("", Err(ArnError::Prefix)),
            ("arn:ecs:a:1:x", Err(ArnError::Prefix)),
            ("acs:ecs:cn-hangzhou:instance/i-1", Err(ArnError::MissingField)),
            ("acs:", Err(ArnError::MissingField)),
            ("acs::a:1:x", Err(ArnError::Service)),
            ("acs:ECS:a:1:x", Err(ArnError::Service)),
            ("acs:ecs:CN:1:x", Err(ArnError::Region)),
            ("acs:ecs:a::x", Err(ArnError::Account)),
            ("acs:ecs:a:me:x", Err(ArnError::Account)),
            ("acs:ecs:a:1:", Err(ArnError::EmptyRelativeId)),
            ("acs:ecs:a:1:x\n", Err(ArnError::ControlCharacter)),
            ("acs:ecs:a:1:\u{7f}x", Err(ArnError::ControlCharacter)),
            ("acs:ecs:a:1:\u{4e2d}\n", Err(ArnError::ControlCharacter)),
            ("acs:ecs:a:1:\u{85}", Err(ArnError::ControlCharacter)),
            ("acs:ecs:a:1:\u{4e2d}", Ok(["ecs", "a", "1", "\u{4e2d}"])),
        ] {
            assert_eq!(Arn::parse(text).map(Arn::into_array), expected, "{text:?}");
        }
    }
}
