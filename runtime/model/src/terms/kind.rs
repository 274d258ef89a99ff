//! The kinds of policies, and what each is allowed.

use core::fmt;

/// What a policy is attached to, which decides what it may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PolicyKind {
    /// Attached to a user, a group or a role.
    Identity,
    /// Passed to `sts:AssumeRole`; narrows a role session.
    Session,
    /// Attached to a node of a resource directory; narrows its members.
    Control,
    /// Kept with a role; says who may assume it.
    Trust,
}

impl PolicyKind {
    /// The kind in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identity => "an identity policy",
            Self::Session => "a session policy",
            Self::Control => "a control policy",
            Self::Trust => "a trust policy",
        }
    }

    /// Most characters of a document (RAM: Limits); no document gives a limit for trust policies.
    #[must_use]
    pub const fn max_characters(self) -> Option<usize> {
        match self {
            Self::Identity => Some(6144),
            Self::Session => Some(2048),
            Self::Control => Some(4096),
            Self::Trust => None,
        }
    }
}

/// A policy is longer than its kind allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TooLong {
    /// Its characters, minified.
    pub characters: usize,
    /// Most characters its kind may have (RAM: Limits).
    pub most: usize,
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the policy has {} characters minified, at most {} are allowed",
            self.characters, self.most
        )
    }
}

impl core::error::Error for TooLong {}
