//! What expansions of the macros call; not for use by hand.

pub use core::option::Option::{self, None, Some};

pub use ram_policy_macros::{policy, policy_file, service_linked_role, trust_policy};
pub use ram_policy_model::caller::Caller;
pub use ram_policy_model::check::Position;
pub use ram_policy_model::decision::Decision;
pub use ram_policy_model::evaluate::{Truth, Wanted, trusts};
pub use ram_policy_model::glob::Pattern::{self, Any, Exact, General, Prefix, Suffix};
pub use ram_policy_model::lowered::PrincipalKind;
pub use ram_policy_model::operand::Block;
pub use ram_policy_model::operator::Operator;
pub use ram_policy_model::request::Request;
pub use ram_policy_model::template::{Hole, Parameter, Slot};

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

/// Whether a request's resource matches, field by field.
#[inline]
#[must_use]
pub fn arn(request: &Request<'_>, fields: [Pattern<'_>; 4]) -> bool {
    evaluate::arn_matches(request.resource(), fields)
}

/// Adds a condition on one key to what holds so far.
#[inline]
#[must_use]
pub fn and(
    so_far: Truth,
    request: &Request<'_>,
    operator: Operator,
    key: &str,
    wanted: &[Wanted<'_>],
) -> Truth {
    if matches!(so_far, Truth::No) {
        return Truth::No;
    }
    so_far.and(evaluate::holds(request, operator, key, wanted.iter().copied()))
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
pub const fn number_wanted(scaled: i128) -> Wanted<'static> {
    Wanted::Number(Number::from_scaled(scaled))
}

/// An instant, in nanoseconds.
#[inline]
#[must_use]
pub const fn date_wanted(nanoseconds: i128) -> Wanted<'static> {
    Wanted::Date(Date::from_unix_nanoseconds(nanoseconds))
}
