//! What expansions of the macros call; not for use by hand.

pub use core::option::Option::{self, None, Some};

pub use ram_policy_macros::{policy, policy_file, service_linked_role, trust_policy};
pub use ram_policy_model::caller::Caller;
pub use ram_policy_model::check::Position;
pub use ram_policy_model::decision::Decision;
pub use ram_policy_model::evaluate::{Truth, names};
pub use ram_policy_model::glob::Pattern::{self, Any, Exact, General, Prefix, Suffix};
pub use ram_policy_model::lowered::{Effect, PrincipalKind};
pub use ram_policy_model::request::Request;
pub use ram_policy_model::template::{Hole, Parameter, Slot};

use core::net::IpAddr;

use ram_policy_model::arn::Arn;
use ram_policy_model::evaluate;
use ram_policy_model::operand::{Block, Date, Number};

/// The number of every action the catalogue does not have.
pub const UNLISTED: u32 = u32::MAX;

/// The number of a request's action.
#[inline]
#[must_use]
pub fn number(request: &Request<'_>) -> u32 {
    request.action().id().map_or(UNLISTED, |id| id.number())
}

/// Whether one of these patterns of code and name covers a request's action.
#[must_use]
pub fn named(request: &Request<'_>, patterns: &[(Pattern<'_>, Pattern<'_>)]) -> bool {
    let action = request.action();
    patterns.iter().any(|(code, name)| {
        code.matches_ignore_case(action.code()) && name.matches_ignore_case(action.name())
    })
}

/// A request's resource.
#[inline]
#[must_use]
pub fn resource<'a>(request: &Request<'a>) -> Arn<'a> {
    request.resource()
}

/// Whether a text begins with another.
#[inline]
#[must_use]
pub fn starts(text: &str, start: &str) -> bool {
    Prefix(start).matches(text)
}

/// Whether a text ends with another.
#[inline]
#[must_use]
pub fn ends(text: &str, end: &str) -> bool {
    Suffix(end).matches(text)
}

macro_rules! conditions {
    ($($(#[$doc:meta])+ $name:ident $read:ident $given:ty;)*) => {
        $($(#[$doc])+
        #[inline]
        #[must_use]
        pub fn $name<'r>(
            so_far: Truth,
            request: &'r Request<'r>,
            key: [&'r str; 3],
            negated: bool,
            test: impl Fn($given) -> bool,
        ) -> Truth {
            if matches!(so_far, Truth::No) {
                return Truth::No;
            }
            so_far.and(evaluate::holds(request.values_of(key), negated, evaluate::$read, test))
        }
        )*
    };
}

conditions! {
    /// Adds a condition on a text to what holds so far.
    texts text &'r str;
    /// Adds a condition on a number to what holds so far.
    numbers number Number;
    /// Adds a condition on an instant to what holds so far.
    dates date Date;
    /// Adds a condition on a Boolean to what holds so far.
    booleans boolean bool;
    /// Adds a condition on an address to what holds so far.
    addresses address IpAddr;
}

/// Whether it is known to hold.
#[inline]
#[must_use]
pub const fn yes(truth: Truth) -> bool {
    matches!(truth, Truth::Yes)
}

/// Whether it is not known not to hold.
#[inline]
#[must_use]
pub const fn not_no(truth: Truth) -> bool {
    !matches!(truth, Truth::No)
}

/// A number, times 10^18.
#[inline]
#[must_use]
pub const fn number_of(scaled: i128) -> Number {
    Number::from_scaled(scaled)
}

/// An instant, in nanoseconds.
#[inline]
#[must_use]
pub const fn date_of(nanoseconds: i128) -> Date {
    Date::from_unix_nanoseconds(nanoseconds)
}

/// Whether an address lies between two of IPv4, both included.
#[inline]
#[must_use]
pub fn v4(address: IpAddr, first: u32, last: u32) -> bool {
    Block::V4 { first, last }.contains(address)
}

/// Whether an address lies between two of IPv6, both included.
#[inline]
#[must_use]
pub fn v6(address: IpAddr, first: u128, last: u128) -> bool {
    Block::V6 { first, last }.contains(address)
}
