//! The 21 condition operators of RAM (RAM: Conditional operators).

/// A condition operator.
///
/// The list is complete: RAM has no `Null`, no `...IfExists`, no `ForAllValues:` and no `Arn...`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are RAM's own")]
pub enum Operator {
    StringEquals,
    StringNotEquals,
    StringEqualsIgnoreCase,
    StringNotEqualsIgnoreCase,
    StringLike,
    StringNotLike,
    NumericEquals,
    NumericNotEquals,
    NumericLessThan,
    NumericLessThanEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    DateEquals,
    DateNotEquals,
    DateLessThan,
    DateLessThanEquals,
    DateGreaterThan,
    DateGreaterThanEquals,
    Bool,
    IpAddress,
    NotIpAddress,
}

/// What an operator compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// Text.
    String,
    /// Decimal numbers.
    Number,
    /// Instants.
    Date,
    /// `true` and `false`.
    Boolean,
    /// IP addresses and blocks.
    Ip,
}

/// How an operator compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// The same value (for addresses: inside the block).
    Equal,
    /// The same text, ASCII case ignored.
    EqualIgnoreCase,
    /// A `*` and `?` pattern.
    Like,
    /// Less.
    Less,
    /// Less or the same.
    LessOrEqual,
    /// Greater.
    Greater,
    /// Greater or the same.
    GreaterOrEqual,
}

impl Operator {
    /// All operators, in the order of RAM's page.
    pub const ALL: [Self; 21] = [
        Self::StringEquals,
        Self::StringNotEquals,
        Self::StringEqualsIgnoreCase,
        Self::StringNotEqualsIgnoreCase,
        Self::StringLike,
        Self::StringNotLike,
        Self::NumericEquals,
        Self::NumericNotEquals,
        Self::NumericLessThan,
        Self::NumericLessThanEquals,
        Self::NumericGreaterThan,
        Self::NumericGreaterThanEquals,
        Self::DateEquals,
        Self::DateNotEquals,
        Self::DateLessThan,
        Self::DateLessThanEquals,
        Self::DateGreaterThan,
        Self::DateGreaterThanEquals,
        Self::Bool,
        Self::IpAddress,
        Self::NotIpAddress,
    ];

    /// RAM's spelling.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::StringEquals => "StringEquals",
            Self::StringNotEquals => "StringNotEquals",
            Self::StringEqualsIgnoreCase => "StringEqualsIgnoreCase",
            Self::StringNotEqualsIgnoreCase => "StringNotEqualsIgnoreCase",
            Self::StringLike => "StringLike",
            Self::StringNotLike => "StringNotLike",
            Self::NumericEquals => "NumericEquals",
            Self::NumericNotEquals => "NumericNotEquals",
            Self::NumericLessThan => "NumericLessThan",
            Self::NumericLessThanEquals => "NumericLessThanEquals",
            Self::NumericGreaterThan => "NumericGreaterThan",
            Self::NumericGreaterThanEquals => "NumericGreaterThanEquals",
            Self::DateEquals => "DateEquals",
            Self::DateNotEquals => "DateNotEquals",
            Self::DateLessThan => "DateLessThan",
            Self::DateLessThanEquals => "DateLessThanEquals",
            Self::DateGreaterThan => "DateGreaterThan",
            Self::DateGreaterThanEquals => "DateGreaterThanEquals",
            Self::Bool => "Bool",
            Self::IpAddress => "IpAddress",
            Self::NotIpAddress => "NotIpAddress",
        }
    }

    /// The operator with exactly this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.name() == name)
    }

    /// What the operator compares.
    #[must_use]
    pub const fn family(self) -> Family {
        match self {
            Self::StringEquals
            | Self::StringNotEquals
            | Self::StringEqualsIgnoreCase
            | Self::StringNotEqualsIgnoreCase
            | Self::StringLike
            | Self::StringNotLike => Family::String,
            Self::NumericEquals
            | Self::NumericNotEquals
            | Self::NumericLessThan
            | Self::NumericLessThanEquals
            | Self::NumericGreaterThan
            | Self::NumericGreaterThanEquals => Family::Number,
            Self::DateEquals
            | Self::DateNotEquals
            | Self::DateLessThan
            | Self::DateLessThanEquals
            | Self::DateGreaterThan
            | Self::DateGreaterThanEquals => Family::Date,
            Self::Bool => Family::Boolean,
            Self::IpAddress | Self::NotIpAddress => Family::Ip,
        }
    }

    /// How the operator compares one value, before [`Operator::negated`] is applied.
    #[must_use]
    pub const fn comparison(self) -> Comparison {
        match self {
            Self::StringEquals
            | Self::StringNotEquals
            | Self::NumericEquals
            | Self::NumericNotEquals
            | Self::DateEquals
            | Self::DateNotEquals
            | Self::Bool
            | Self::IpAddress
            | Self::NotIpAddress => Comparison::Equal,
            Self::StringEqualsIgnoreCase | Self::StringNotEqualsIgnoreCase => {
                Comparison::EqualIgnoreCase
            }
            Self::StringLike | Self::StringNotLike => Comparison::Like,
            Self::NumericLessThan | Self::DateLessThan => Comparison::Less,
            Self::NumericLessThanEquals | Self::DateLessThanEquals => Comparison::LessOrEqual,
            Self::NumericGreaterThan | Self::DateGreaterThan => Comparison::Greater,
            Self::NumericGreaterThanEquals | Self::DateGreaterThanEquals => {
                Comparison::GreaterOrEqual
            }
        }
    }

    /// How a value stands to those it is compared with when the condition holds, in words.
    #[must_use]
    pub const fn relation(self) -> &'static str {
        match self {
            Self::StringEquals | Self::NumericEquals | Self::DateEquals | Self::Bool => "is",
            Self::StringNotEquals | Self::NumericNotEquals | Self::DateNotEquals => "is not",
            Self::StringEqualsIgnoreCase => "is, in upper or lower case,",
            Self::StringNotEqualsIgnoreCase => "is not, in upper or lower case,",
            Self::StringLike => "is like",
            Self::StringNotLike => "is not like",
            Self::NumericLessThan => "is less than",
            Self::NumericLessThanEquals => "is at most",
            Self::NumericGreaterThan => "is more than",
            Self::NumericGreaterThanEquals => "is at least",
            Self::DateLessThan => "is before",
            Self::DateLessThanEquals => "is not after",
            Self::DateGreaterThan => "is after",
            Self::DateGreaterThanEquals => "is not before",
            Self::IpAddress => "is in",
            Self::NotIpAddress => "is not in",
        }
    }

    /// Whether the operator is true when no value matches, so also when the key is missing.
    #[must_use]
    pub const fn negated(self) -> bool {
        matches!(
            self,
            Self::StringNotEquals
                | Self::StringNotEqualsIgnoreCase
                | Self::StringNotLike
                | Self::NumericNotEquals
                | Self::DateNotEquals
                | Self::NotIpAddress
        )
    }
}

impl Family {
    /// What its values are.
    #[must_use]
    pub const fn values(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Number => "a number",
            Self::Date => "a date",
            Self::Boolean => "a Boolean",
            Self::Ip => "an IP address",
        }
    }

    /// The operators of the family, for messages.
    #[must_use]
    pub const fn operators(self) -> &'static str {
        match self {
            Self::String => "`StringEquals`, `StringLike` and the like",
            Self::Number => "`NumericEquals`, `NumericLessThan` and the like",
            Self::Date => "`DateLessThan`, `DateGreaterThan` and the like",
            Self::Boolean => "`Bool`",
            Self::Ip => "`IpAddress` or `NotIpAddress`",
        }
    }
}
