//! What expansions of the macros call; not for use by hand.

pub use alloc::borrow::Cow::{self, Borrowed};
pub use core::option::Option::{self, None, Some};

pub use ram_policy_macros::{policy, policy_file, service_linked_role, trust_policy};
pub use ram_policy_model::check::Position;
pub use ram_policy_model::decision::Decision;
pub use ram_policy_model::dispatch::Candidates;
pub use ram_policy_model::lowered::{
    ActionPattern, Condition, Document, Effect, Element, KeyCondition, Layout, Meaning, Operand,
    Principal, PrincipalKind, ResourcePattern, Shape, Statement, Values,
};
pub use ram_policy_model::operator::Operator;
pub use ram_policy_model::template::{Hole, Parameter, Slot};

use ram_policy_model::glob::{Glob, Kind};
use ram_policy_model::lowered::Text;
use ram_policy_model::operand::{Block, Date, Number};

/// A constant text.
#[must_use]
pub const fn text(text: &'static str) -> Text {
    Cow::Borrowed(text)
}

macro_rules! globs {
    ($($name:ident $kind:ident;)*) => {
        $(#[doc = concat!("A pattern of kind `", stringify!($kind), "`.")]
        #[must_use]
        pub const fn $name(start: u32, end: u32) -> Glob {
            Glob::from_parts(Kind::$kind, start, end)
        })*
    };
}

globs! {
    any Any;
    exact Exact;
    prefix Prefix;
    suffix Suffix;
    general General;
}

/// An action.
#[must_use]
pub const fn action(text: &'static str, code: Glob, name: Glob) -> ActionPattern {
    ActionPattern { text: Cow::Borrowed(text), code, name }
}

/// `*`.
#[must_use]
pub const fn all_resources() -> ResourcePattern {
    ResourcePattern { text: Cow::Borrowed("*"), fields: None }
}

/// An ARN.
#[must_use]
pub const fn resource(text: &'static str, fields: [Glob; 4]) -> ResourcePattern {
    ResourcePattern { text: Cow::Borrowed(text), fields: Some(fields) }
}

/// A condition value.
#[must_use]
pub const fn operand(text: &'static str, meaning: Meaning) -> Operand {
    Operand { text: Cow::Borrowed(text), meaning }
}

/// A number, times 10^18.
#[must_use]
pub const fn number(scaled: i128) -> Meaning {
    Meaning::Number(Number::from_scaled(scaled))
}

/// An instant, in nanoseconds.
#[must_use]
pub const fn date(nanoseconds: i128) -> Meaning {
    Meaning::Date(Date::from_unix_nanoseconds(nanoseconds))
}

/// A block of addresses.
#[must_use]
pub const fn block(v6: bool, first: u128, last: u128) -> Meaning {
    Meaning::Block(Block::from_parts(v6, first, last))
}
