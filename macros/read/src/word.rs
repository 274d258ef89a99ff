//! The words of the typed form: who reads, writes or completes it takes them from here.

use ram_policy_model::terms::effect::Effect;
use ram_policy_model::terms::principal::PrincipalKind;

/// What a word does in the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It begins a clause of a statement.
    Clause,
    /// It begins an item that is no statement.
    Item,
    /// It begins a claim.
    Claim,
    /// It stands between two parts of a clause or a claim.
    Joint,
    /// It stands before what it changes.
    Prefix,
    /// It has a meaning in one place alone, so that it can be a name everywhere else.
    Inner,
}

/// Declares the words, one a row: its name, its spelling and its role.
macro_rules! words {
    ($($name:ident $text:literal $role:ident;)*) => {
        /// A word of the typed form.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the names are the words")]
        pub enum Word {
            $($name,)*
        }

        impl Word {
            /// Every word.
            pub const ALL: [Self; [$($text),*].len()] = [$(Self::$name),*];

            /// As it is written.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// The word that is written so.
            #[must_use]
            pub fn of(text: &str) -> Option<Self> {
                // Most of what is asked for is the name of an action; macros run unoptimised.
                if !text.starts_with(|first: char| first.is_ascii_lowercase()) {
                    return None;
                }
                // Lengths first: few words have the same, and texts are compared by calls.
                let length = text.len();
                $(if length == const { $text.len() } && text == $text {
                    return Some(Self::$name);
                })*
                None
            }

            /// What it does in the grammar.
            #[must_use]
            pub const fn role(self) -> Role {
                match self {
                    $(Self::$name => Role::$role,)*
                }
            }
        }
    };
}

words! {
    Allow "allow" Clause;
    Deny "deny" Clause;
    Do "do" Clause;
    On "on" Clause;
    By "by" Clause;
    When "when" Clause;
    And "and" Joint;
    Version "version" Item;
    Statements "statements" Item;
    Include "include" Item;
    Allows "allows" Claim;
    Denies "denies" Claim;
    Never "never" Claim;
    Within "within" Claim;
    With "with" Joint;
    Not "not" Prefix;
    Except "except" Prefix;
    Unlisted "unlisted" Prefix;
    Every "every" Prefix;
    Action "action" Inner;
    List "list" Inner;
    Get "get" Inner;
    Read "read" Inner;
    Create "create" Inner;
    Update "update" Inner;
    Delete "delete" Inner;
    Write "write" Inner;
    Or "or" Inner;
    Of "of" Inner;
    Taking "taking" Inner;
    Even "even" Inner;
    Inferred "inferred" Inner;
    As "as" Inner;
    Patterns "patterns" Inner;
    Pinned "pinned" Inner;
    Only "only" Inner;
    Like "like" Inner;
    In "in" Inner;
    Ram "ram" Inner;
    Service "service" Inner;
    Federated "federated" Inner;
}

impl Word {
    /// The word for an effect.
    #[must_use]
    pub const fn of_effect(effect: Effect) -> Self {
        match effect {
            Effect::Allow => Self::Allow,
            Effect::Deny => Self::Deny,
        }
    }

    /// The word for a type of principals.
    #[must_use]
    pub const fn of_principal(kind: PrincipalKind) -> Self {
        match kind {
            PrincipalKind::Ram => Self::Ram,
            PrincipalKind::Service => Self::Service,
            PrincipalKind::Federated => Self::Federated,
        }
    }

    /// Whether a path cannot begin with the word, nor a pattern have it behind a wildcard.
    #[must_use]
    pub fn is_reserved(self) -> bool {
        self.role() != Role::Inner
    }

    /// Whether one may have meant the word where a clause, an item or a joint was expected.
    pub(crate) fn is_expected(self) -> bool {
        match self.role() {
            Role::Clause | Role::Item | Role::Claim | Role::Joint => true,
            Role::Prefix | Role::Inner => false,
        }
    }
}

impl From<Word> for &'static str {
    fn from(word: Word) -> Self {
        word.text()
    }
}
