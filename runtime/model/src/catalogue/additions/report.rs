//! What each entry of a file overrides, and which the built-in catalogue has caught up with.

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::text::hidden::Escaped;

/// What an entry does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// Says what the catalogue does not have.
    Add,
    /// Says what the catalogue has wrong.
    Correct,
    /// Takes away what the catalogue has.
    Retire,
}

impl Change {
    pub(super) const ALL: [Self; 3] = [Self::Add, Self::Correct, Self::Retire];

    /// `add`, `correct` or `retire`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Correct => "correct",
            Self::Retire => "retire",
        }
    }
}

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// An action, as `ecs:StopInstance`.
    Action,
    /// The ARN template of a resource.
    Resource,
    /// A condition key, as `acs:SourceIp`.
    Key,
}

impl Subject {
    /// `action`, `resource` or `key`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::Resource => "resource",
            Self::Key => "key",
        }
    }
}

/// Something the catalogue says, and what the file says instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    pub(super) what: String,
    pub(super) built_in: String,
    pub(super) local: String,
}

impl Override {
    /// What is told differently, as `access` or `resources`.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// What the catalogue says.
    #[must_use]
    pub fn built_in(&self) -> &str {
        &self.built_in
    }

    /// What the file says.
    #[must_use]
    pub fn local(&self) -> &str {
        &self.local
    }
}

/// `access get -> update`.
impl fmt::Display for Override {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} -> {}", self.what, self.built_in, self.local)
    }
}

/// One entry of a file, compared with the built-in catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    pub(super) subject: Subject,
    pub(super) name: String,
    pub(super) change: Change,
    pub(super) reason: String,
    pub(super) line: usize,
    pub(super) overrides: Vec<Override>,
    pub(super) caught_up: bool,
}

impl Addition {
    /// What the entry is about.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        self.subject
    }

    /// The action, the ARN template or the condition key.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the entry does.
    #[must_use]
    pub const fn change(&self) -> Change {
        self.change
    }

    /// Why, as the file says.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Line of the file, from 1.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }

    /// What the catalogue says and the entry says differently; empty for what is new.
    #[must_use]
    pub fn overrides(&self) -> &[Override] {
        &self.overrides
    }

    /// Whether the catalogue has what the entry adds, says what it corrects, or lacks what it
    /// retires. An action that is there by now may still have other facts: see
    /// [`Addition::overrides`].
    #[must_use]
    pub const fn is_caught_up(&self) -> bool {
        self.caught_up
    }
}

/// `3: correct action ecs:StopInstance: access get -> update (seen in an error)`.
impl fmt::Display for Addition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, change, subject) = (self.line, self.change.name(), self.subject.name());
        write!(f, "{line}: {change} {subject} {}: ", Escaped(&self.name))?;
        match (self.caught_up, self.overrides.as_slice()) {
            (true, []) => f.write_str("the catalogue has caught up, remove the entry")?,
            (false, []) => f.write_str("the catalogue does not have it")?,
            (caught_up, overrides) => {
                if caught_up {
                    f.write_str("the catalogue has it by now, with other facts: ")?;
                }
                for (index, changed) in overrides.iter().enumerate() {
                    let between = if index > 0 { "; " } else { "" };
                    write!(f, "{between}{}", Escaped(changed))?;
                }
            }
        }
        write!(f, " ({})", Escaped(&self.reason))
    }
}
