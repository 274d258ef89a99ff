//! The signs between a condition key and its values, and which of RAM's operators each is.

use ram_policy_model::terms::operator::Operator::{self, *};

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

/// Declares the signs, one a row: its name, its spelling, and the operators that it is between a key and
/// texts, numbers and Booleans.
macro_rules! signs {
    ($($name:ident $spelling:literal [$text:expr, $number:expr, $boolean:expr];)*) => {
        /// A sign of the typed form.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Sign {
            $(#[doc = concat!("`", $spelling, "`")] $name,)*
        }

        impl Sign {
            const ALL: [Self; [$($spelling),*].len()] = [$(Self::$name),*];

            /// As it is written.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $spelling,)*
                }
            }

            /// The operator that it is between a key and such values, if it compares them.
            #[must_use]
            pub const fn operator(self, values: ValueKind) -> Option<Operator> {
                match (self, values) {
                    $((Self::$name, ValueKind::Text) => $text,
                    (Self::$name, ValueKind::Number) => $number,
                    (Self::$name, ValueKind::Boolean) => $boolean,)*
                }
            }
        }
    };
}

signs! {
    Equal "==" [Some(StringEquals), Some(NumericEquals), Some(Bool)];
    NotEqual "!=" [Some(StringNotEquals), Some(NumericNotEquals), None];
    Less "<" [Some(DateLessThan), Some(NumericLessThan), None];
    LessOrEqual "<=" [Some(DateLessThanEquals), Some(NumericLessThanEquals), None];
    Greater ">" [Some(DateGreaterThan), Some(NumericGreaterThan), None];
    GreaterOrEqual ">=" [Some(DateGreaterThanEquals), Some(NumericGreaterThanEquals), None];
    Like "like" [Some(StringLike), None, None];
    NotLike "not like" [Some(StringNotLike), None, None];
    In "in" [Some(IpAddress), None, None];
    NotIn "not in" [Some(NotIpAddress), None, None];
}

impl Sign {
    /// The sign that is written so.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sign| sign.text() == text)
    }

    /// The sign of an operator between a key and such values.
    #[must_use]
    pub fn of_operator(operator: Operator, values: ValueKind) -> Option<Self> {
        Self::ALL.into_iter().find(|sign| sign.operator(values) == Some(operator))
    }
}
