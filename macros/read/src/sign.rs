//! The signs between a condition key and its values, and which of RAM's operators each is.

use ram_policy_model::terms::operator::Operator;

/// What the values of a test are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// Texts in double quotes.
    Text,
    /// Numbers.
    Number,
    /// `true` and `false`.
    Boolean,
}

/// A sign of the typed form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `like`
    Like,
    /// `not like`
    NotLike,
    /// `in`
    In,
    /// `not in`
    NotIn,
}

impl Sign {
    /// Every sign.
    pub const ALL: [Self; 10] = [
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::Like,
        Self::NotLike,
        Self::In,
        Self::NotIn,
    ];

    /// As it is written.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Like => "like",
            Self::NotLike => "not like",
            Self::In => "in",
            Self::NotIn => "not in",
        }
    }

    /// The sign that is written so.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sign| sign.text() == text)
    }

    /// The operator that it is between a key and such values, if it compares them.
    #[must_use]
    pub const fn operator(self, values: ValueKind) -> Option<Operator> {
        use Operator as O;
        let [text, number, boolean] = match self {
            Self::Equal => [Some(O::StringEquals), Some(O::NumericEquals), Some(O::Bool)],
            Self::NotEqual => [Some(O::StringNotEquals), Some(O::NumericNotEquals), None],
            Self::Less => [Some(O::DateLessThan), Some(O::NumericLessThan), None],
            Self::LessOrEqual => {
                [Some(O::DateLessThanEquals), Some(O::NumericLessThanEquals), None]
            }
            Self::Greater => [Some(O::DateGreaterThan), Some(O::NumericGreaterThan), None],
            Self::GreaterOrEqual => {
                [Some(O::DateGreaterThanEquals), Some(O::NumericGreaterThanEquals), None]
            }
            Self::Like => [Some(O::StringLike), None, None],
            Self::NotLike => [Some(O::StringNotLike), None, None],
            Self::In => [Some(O::IpAddress), None, None],
            Self::NotIn => [Some(O::NotIpAddress), None, None],
        };
        match values {
            ValueKind::Text => text,
            ValueKind::Number => number,
            ValueKind::Boolean => boolean,
        }
    }

    /// The sign of an operator between a key and such values.
    #[must_use]
    pub fn of_operator(operator: Operator, values: ValueKind) -> Option<Self> {
        Self::ALL.into_iter().find(|sign| sign.operator(values) == Some(operator))
    }
}
