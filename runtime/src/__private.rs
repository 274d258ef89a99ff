//! What expansions of the macros call; not for use by hand.

#[cfg(feature = "proofs")]
mod boundary;
#[cfg(feature = "alloc")]
mod template;

#[cfg(feature = "proofs")]
pub use boundary::{Boundary, assert_never, assert_within};
#[cfg(feature = "alloc")]
pub use template::{Hole, Parameter, PolicyTemplate, Position, Slot};

pub use core::option::Option::{self, None, Some};

#[cfg(feature = "proofs")]
pub use ram_policy_macros::{constant_never, constant_within};
pub use ram_policy_macros::{policy, policy_file, service_linked_role, trust_policy};
pub use ram_policy_model::caller::Caller;
pub use ram_policy_model::decision::Decision;
pub use ram_policy_model::effect::Effect;
pub use ram_policy_model::evaluate::{Truth, names};
pub use ram_policy_model::glob::Pattern::{self, Any, Exact, General, Prefix, Suffix};
pub use ram_policy_model::operand::Block;
pub use ram_policy_model::principal::PrincipalKind;
#[cfg(feature = "proofs")]
pub use ram_policy_model::prove::constant::{
    policy_never, policy_within, policy_within_text, within as within_constant,
};
pub use ram_policy_model::request::Request;
pub use ram_policy_model::{Policy, TrustPolicy};

use ram_policy_model::arn::Arn;
use ram_policy_model::evaluate;
use ram_policy_model::operand::{Date, Number};

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
    ($($(#[$doc:meta])+ $name:ident $read:ident, $wanted:ty, $given:ident $one:ident => $test:expr;)*) => {
        $($(#[$doc])+
        ///
        /// A slice and not a closure, because every closure costs the compiler a body of its own.
        #[inline(always)]
        #[must_use]
        pub fn $name(
            so_far: Truth,
            request: &Request<'_>,
            key: [&str; 3],
            negated: bool,
            wanted: &[$wanted],
        ) -> Truth {
            if matches!(so_far, Truth::No) {
                return Truth::No;
            }
            so_far.and(evaluate::holds(request.values_of(key), negated, evaluate::$read, |$given| {
                wanted.iter().any(|$one| $test)
            }))
        }
        )*
    };
}

conditions! {
    /// Adds that a text is one of these to what holds so far.
    text_is text, &str, given one => given == *one;
    /// Adds that a text is one of these, ASCII case ignored.
    text_is_in_any_case text, &str, given one => given.eq_ignore_ascii_case(one);
    /// Adds that a text matches one of these patterns.
    text_like text, Pattern<'_>, given one => one.matches(given);
    /// Adds that a number is one of these, each times 10^18.
    number_is number, i128, given one => given == Number::from_scaled(*one);
    /// Adds that a number is less than one of these.
    number_less number, i128, given one => given < Number::from_scaled(*one);
    /// Adds that a number is at most one of these.
    number_at_most number, i128, given one => given <= Number::from_scaled(*one);
    /// Adds that a number is greater than one of these.
    number_greater number, i128, given one => given > Number::from_scaled(*one);
    /// Adds that a number is at least one of these.
    number_at_least number, i128, given one => given >= Number::from_scaled(*one);
    /// Adds that an instant is one of these, each in nanoseconds.
    date_is date, i128, given one => given == Date::from_unix_nanoseconds(*one);
    /// Adds that an instant is before one of these.
    date_less date, i128, given one => given < Date::from_unix_nanoseconds(*one);
    /// Adds that an instant is at most one of these.
    date_at_most date, i128, given one => given <= Date::from_unix_nanoseconds(*one);
    /// Adds that an instant is after one of these.
    date_greater date, i128, given one => given > Date::from_unix_nanoseconds(*one);
    /// Adds that an instant is at least one of these.
    date_at_least date, i128, given one => given >= Date::from_unix_nanoseconds(*one);
    /// Adds that a Boolean is this.
    boolean_is boolean, bool, given one => given == *one;
    /// Adds that an address lies in one of these blocks.
    address_in address, Block, given one => one.contains(given);
}

/// A statement allows.
#[inline(always)]
#[must_use]
pub const fn allow(statement: usize) -> Decision {
    Decision::Allow { statement }
}

/// A statement denies.
#[inline(always)]
#[must_use]
pub const fn deny(statement: usize) -> Decision {
    Decision::ExplicitDeny { statement }
}

/// No statement decides.
pub const NOTHING: Decision = Decision::ImplicitDeny;

/// Whether something that is known holds.
#[inline(always)]
#[must_use]
pub const fn truth(holds: bool) -> Truth {
    if holds { Truth::Yes } else { Truth::No }
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
