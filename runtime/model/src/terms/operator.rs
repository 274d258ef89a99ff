//! The 21 condition operators of RAM (RAM: Conditional operators).

use core::cmp::Ordering;

use super::family::Family;

/// How an operator compares one value: each family with the comparisons it has, and no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// Texts.
    Text(TextComparison),
    /// Numbers.
    Number(Order),
    /// Instants.
    Date(Order),
    /// The same truth value.
    Boolean,
    /// An address inside a block.
    Address,
}

/// How two texts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextComparison {
    /// The same text.
    Equal,
    /// The same text, ASCII case ignored.
    EqualIgnoreCase,
    /// A `*` and `?` pattern.
    Like,
}

/// How the given one of two numbers or instants is to be ordered to the wanted one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// The same.
    Equal,
    /// Less, earlier.
    Less,
    /// Less or the same.
    LessOrEqual,
    /// Greater, later.
    Greater,
    /// Greater or the same.
    GreaterOrEqual,
}

impl Order {
    /// Whether a value that has this order to the wanted one is what is asked for.
    #[inline]
    #[must_use]
    pub const fn holds(self, given_to_wanted: Ordering) -> bool {
        match self {
            Self::Equal => given_to_wanted.is_eq(),
            Self::Less => given_to_wanted.is_lt(),
            Self::LessOrEqual => given_to_wanted.is_le(),
            Self::Greater => given_to_wanted.is_gt(),
            Self::GreaterOrEqual => given_to_wanted.is_ge(),
        }
    }

    /// The least and the most of the whole numbers that have this order to `wanted`; `None` where
    /// there are none.
    #[must_use]
    pub const fn span(self, wanted: i128) -> Option<(i128, i128)> {
        match self {
            Self::Equal => Some((wanted, wanted)),
            Self::Less => match wanted.checked_sub(1) {
                Some(last) => Some((i128::MIN, last)),
                None => None,
            },
            Self::LessOrEqual => Some((i128::MIN, wanted)),
            Self::Greater => match wanted.checked_add(1) {
                Some(first) => Some((first, i128::MAX)),
                None => None,
            },
            Self::GreaterOrEqual => Some((wanted, i128::MAX)),
        }
    }
}

impl Operator {
    /// The operator with exactly this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.name() == name)
    }

    /// The operator that asks for one of its values: the first of the family.
    #[must_use]
    pub fn of_equality(family: Family) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.family() == family)
    }

    /// What the operator compares.
    #[inline]
    #[must_use]
    pub const fn family(self) -> Family {
        match self.comparison() {
            Comparison::Text(_) => Family::String,
            Comparison::Number(_) => Family::Number,
            Comparison::Date(_) => Family::Date,
            Comparison::Boolean => Family::Boolean,
            Comparison::Address => Family::Ip,
        }
    }

    /// The order that a value is to have to the wanted one, where the operator asks for one.
    #[must_use]
    pub const fn order(self) -> Option<Order> {
        match self.comparison() {
            Comparison::Number(order) | Comparison::Date(order) => Some(order),
            Comparison::Text(_) | Comparison::Boolean | Comparison::Address => None,
        }
    }

    /// Whether the operator compares with patterns.
    #[must_use]
    pub const fn is_like(self) -> bool {
        matches!(self.comparison(), Comparison::Text(TextComparison::Like))
    }
}

/// Declares the operators, one a row: its name, how it compares one value, whether it is true when no
/// value matches, and in words how a value is related to those it is compared with, when the condition
/// is true and when it is not.
macro_rules! operators {
    ($($name:ident $comparison:expr, $negated:literal, $relation:literal, $refusal:literal;)*) => {
        /// A condition operator.
        ///
        /// The list is complete: RAM has no `Null`, no `...IfExists` and no `Arn...`. For `ForAnyValue:`
        /// and `ForAllValues:` see [`ConditionOperator`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the names are RAM's own")]
        pub enum Operator {
            $($name,)*
        }

        impl Operator {
            /// All operators, in the order of RAM's page.
            pub const ALL: [Self; [$(stringify!($name)),*].len()] = [$(Self::$name),*];

            /// RAM's spelling.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }

            /// How the operator compares one value, before [`Operator::negated`] is applied.
            #[inline]
            #[must_use]
            pub const fn comparison(self) -> Comparison {
                match self {
                    $(Self::$name => $comparison,)*
                }
            }

            /// Whether the operator is true when no value matches, so also when the key is missing.
            #[must_use]
            pub const fn negated(self) -> bool {
                match self {
                    $(Self::$name => $negated,)*
                }
            }

            /// How a value is related to those it is compared with when the condition is true, in
            /// words.
            #[must_use]
            pub const fn relation(self) -> &'static str {
                match self {
                    $(Self::$name => $relation,)*
                }
            }

            /// How a value is related to those it is compared with when the condition is not true,
            /// in words.
            #[must_use]
            pub const fn refusal(self) -> &'static str {
                match self {
                    $(Self::$name => $refusal,)*
                }
            }
        }

        impl ConditionOperator {
            /// As it is written.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    Self::Known(operator) => operator.name(),
                    $(Self::OfSet(Quantifier::Any, Operator::$name) => {
                        concat!("ForAnyValue:", stringify!($name))
                    }
                    Self::OfSet(Quantifier::All, Operator::$name) => {
                        concat!("ForAllValues:", stringify!($name))
                    })*
                }
            }
        }
    };
}

operators! {
    StringEquals Comparison::Text(TextComparison::Equal), false, "is", "not";
    StringNotEquals Comparison::Text(TextComparison::Equal), true, "is not", "which is excluded by";
    StringEqualsIgnoreCase
        Comparison::Text(TextComparison::EqualIgnoreCase), false, "is, in upper or lower case,", "in no case";
    StringNotEqualsIgnoreCase
        Comparison::Text(TextComparison::EqualIgnoreCase), true,
        "is not, in upper or lower case,", "which is excluded by";
    StringLike Comparison::Text(TextComparison::Like), false, "is like", "not like";
    StringNotLike Comparison::Text(TextComparison::Like), true, "is not like", "which is like";
    NumericEquals Comparison::Number(Order::Equal), false, "is", "not";
    NumericNotEquals Comparison::Number(Order::Equal), true, "is not", "which is excluded by";
    NumericLessThan Comparison::Number(Order::Less), false, "is less than", "not less than";
    NumericLessThanEquals Comparison::Number(Order::LessOrEqual), false, "is at most", "more than";
    NumericGreaterThan Comparison::Number(Order::Greater), false, "is more than", "not more than";
    NumericGreaterThanEquals Comparison::Number(Order::GreaterOrEqual), false, "is at least", "less than";
    DateEquals Comparison::Date(Order::Equal), false, "is", "not";
    DateNotEquals Comparison::Date(Order::Equal), true, "is not", "which is excluded by";
    DateLessThan Comparison::Date(Order::Less), false, "is before", "not before";
    DateLessThanEquals Comparison::Date(Order::LessOrEqual), false, "is not after", "after";
    DateGreaterThan Comparison::Date(Order::Greater), false, "is after", "not after";
    DateGreaterThanEquals Comparison::Date(Order::GreaterOrEqual), false, "is not before", "before";
    Bool Comparison::Boolean, false, "is", "not";
    IpAddress Comparison::Address, false, "is in", "not in";
    NotIpAddress Comparison::Address, true, "is not in", "which is in";
}

/// What stands as an operator in a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ConditionOperator {
    /// One of RAM's operators.
    Known(Operator),
    /// One of them for several values of a key. A system policy has such an operator while RAM's
    /// page of operators has none, so what it means is not known: a statement with it allows
    /// nothing, and denies as if the test held.
    OfSet(Quantifier, Operator),
}

/// How many values of a key a test is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quantifier {
    /// `ForAnyValue:`
    Any,
    /// `ForAllValues:`
    All,
}

impl ConditionOperator {
    /// What this name stands for, which is spelt exactly so.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let of_set = |quantifier, name| Some(Self::OfSet(quantifier, Operator::from_name(name)?));
        match name.split_once(':') {
            None => Operator::from_name(name).map(Self::Known),
            Some(("ForAnyValue", name)) => of_set(Quantifier::Any, name),
            Some(("ForAllValues", name)) => of_set(Quantifier::All, name),
            Some(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ConditionOperator, Operator, Quantifier};

    #[test]
    fn names_are_read_as_they_are_written() {
        for operator in Operator::ALL {
            for of in [
                ConditionOperator::Known(operator),
                ConditionOperator::OfSet(Quantifier::Any, operator),
                ConditionOperator::OfSet(Quantifier::All, operator),
            ] {
                assert_eq!(ConditionOperator::from_name(of.name()), Some(of));
            }
        }
        for name in [
            "",
            "ForAnyValue:",
            "ForAnyValue:stringEquals",
            "foranyvalue:Bool",
            "ForAnyValues:Bool",
        ] {
            assert_eq!(ConditionOperator::from_name(name), None, "{name}");
        }
    }
}
