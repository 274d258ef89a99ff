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

/// What is true of every policy of a kind.
#[derive(Debug)]
pub struct KindRules {
    /// The kind in one word, as `--kind` takes it.
    pub word: &'static str,
    /// The kind in words, for messages.
    pub name: &'static str,
    /// Most characters of a document (RAM: Limits); no document gives a limit for trust policies.
    pub max_characters: Option<usize>,
    /// Whether statements name principals and no resources, instead of resources and no principals.
    pub has_principals: bool,
    /// Whether a document that is too long may have a shorter form; what is proved of documents is
    /// proved of resources.
    pub may_shorten: bool,
    /// Whether what it allows is given to somebody, and not only left of what others give.
    pub gives: bool,
    /// Whether a resource keeps it, and not each call that passes it.
    pub is_kept: bool,
}

impl PolicyKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Identity, Self::Session, Self::Control, Self::Trust];

    /// What is true of every policy of this kind.
    #[must_use]
    pub const fn rules(self) -> &'static KindRules {
        const RESOURCES: KindRules = KindRules {
            word: "identity",
            name: "an identity policy",
            max_characters: Some(6144),
            has_principals: false,
            may_shorten: true,
            gives: true,
            is_kept: true,
        };
        match self {
            Self::Identity => &RESOURCES,
            Self::Session => &KindRules {
                word: "session",
                name: "a session policy",
                max_characters: Some(2048),
                gives: false,
                is_kept: false,
                ..RESOURCES
            },
            Self::Control => &KindRules {
                word: "control",
                name: "a control policy",
                max_characters: Some(4096),
                gives: false,
                ..RESOURCES
            },
            Self::Trust => &KindRules {
                word: "trust",
                name: "a trust policy",
                max_characters: None,
                has_principals: true,
                may_shorten: false,
                gives: false,
                is_kept: true,
            },
        }
    }

    /// Refuses a document with more characters than this kind may have.
    ///
    /// # Errors
    ///
    /// The document is too long.
    pub const fn measure(self, characters: usize) -> Result<(), TooLong> {
        match self.rules().max_characters {
            Some(most) if characters > most => Err(TooLong { characters, most }),
            Some(_) | None => Ok(()),
        }
    }

    /// The most characters of this kind, for a document that has more than nine tenths of them.
    #[must_use]
    pub const fn near_limit(self, characters: usize) -> Option<usize> {
        match self.rules().max_characters {
            Some(most) if characters > most / 10 * 9 => Some(most),
            Some(_) | None => None,
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
