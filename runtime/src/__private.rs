//! What expansions of the macros call; not for use by hand.

#[cfg(feature = "proofs")]
mod boundary;
#[cfg(feature = "alloc")]
mod template;

#[cfg(feature = "proofs")]
pub use boundary::{Boundary, assert_never, assert_within};
#[cfg(feature = "alloc")]
pub use template::{
    Blank, Parameter, PolicyTemplate, Position, Slot, blanks, is_used, number_of_blanks,
    pass_through,
};

pub use core::convert::{From, TryInto};
pub use core::net::IpAddr;
pub use core::option::Option::{self, None, Some};
pub use core::primitive::{bool, str, u8};
pub use core::result::Result::{self, Err, Ok};

#[cfg(feature = "proofs")]
pub use ram_policy_macros::{constant_never, constant_within};
pub use ram_policy_macros::{
    policy, policy_file, request, resource_policy, service_linked_role, trust_policy,
};
pub use ram_policy_model::decide::evaluate::names;
pub use ram_policy_model::policy::composed::{
    Granted, Part, decide, json, length, numbered, once, text,
};
#[cfg(feature = "proofs")]
pub use ram_policy_model::policy::in_constant::{
    policy_never, policy_within, policy_within_text, text_never, text_within_text,
    within as within_constant,
};
pub use ram_policy_model::request::key::{Key, Text};
pub use ram_policy_model::request::{Request, RequestAction, RequestError};
pub use ram_policy_model::terms::caller::{Asker, Caller};
pub use ram_policy_model::terms::decision::Decision;
pub use ram_policy_model::terms::effect::Effect;
pub use ram_policy_model::terms::glob::Pattern::{self, Any, Exact, General, Prefix, Suffix};
pub use ram_policy_model::terms::kind::ResourceKind;
pub use ram_policy_model::terms::operand::Block;
pub use ram_policy_model::terms::principal::PrincipalKind;
pub use ram_policy_model::{Policy, ResourcePolicy, TrustPolicy};

use ram_policy_model::decide::evaluate::{self, Truth};
use ram_policy_model::terms::operand::Value;
pub use ram_policy_model::terms::operand::{Date, Number};

/// Whether what cannot be known counts as if it were so.
const fn counts(truth: Truth, doubt: bool) -> bool {
    match truth {
        Truth::Yes => true,
        Truth::Unknown => doubt,
        Truth::No => false,
    }
}

/// Whether a statement of a policy of a resource that names nobody means who asks.
#[must_use]
pub fn names_nobody(
    kind: ResourceKind,
    asker: Asker<'_>,
    owns: bool,
    is_unconditional: bool,
    doubt: bool,
) -> bool {
    counts(evaluate::names_nobody(kind, asker, owns, is_unconditional), doubt)
}

/// Whether a list of principals means who asks.
#[must_use]
pub fn names_listed(
    kind: ResourceKind,
    texts: &[&str],
    asker: Asker<'_>,
    owns: bool,
    is_unconditional: bool,
    doubt: bool,
) -> bool {
    let texts = texts.iter().copied();
    counts(evaluate::names_listed(kind, texts, asker, owns, is_unconditional), doubt)
}

/// Whether principals by type mean who asks.
#[must_use]
pub fn names_by_type(
    kind: ResourceKind,
    texts: &[(PrincipalKind, &str)],
    asker: Asker<'_>,
    doubt: bool,
) -> bool {
    counts(evaluate::names_by_type(kind, texts.iter().copied(), asker), doubt)
}

/// Whether what a policy of a resource allows has an effect for the action of a request.
#[must_use]
pub fn has_effect(kind: ResourceKind, owns: bool, request: &Request<'_>) -> bool {
    let action = request.action();
    kind.has_effect(owns, action.code(), action.name())
}

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

/// Whether a request's resource is one of a pattern.
#[inline(always)]
#[must_use]
pub fn on(
    request: &Request<'_>,
    relative_id: Pattern<'_>,
    region: Pattern<'_>,
    account: Pattern<'_>,
    service: Pattern<'_>,
) -> bool {
    let arn = request.resource();
    relative_id.matches(arn.relative_id)
        && region.matches(arn.region)
        && account.matches(arn.account)
        && service.matches(arn.service)
}

/// Whether the relative id of a request's resource is one of a pattern.
#[inline(always)]
#[must_use]
pub fn id(request: &Request<'_>, relative_id: Pattern<'_>) -> bool {
    relative_id.matches(request.resource().relative_id)
}

/// A condition key, the part before its tag, and the tag; both are empty for a key without one.
#[inline(always)]
const fn parts(key: &str, tag: usize) -> [&str; 3] {
    match key.split_at_checked(tag) {
        Some((head, tag)) if !head.is_empty() => [key, head, tag],
        _ => [key, "", ""],
    }
}

/// Whether a request has a value of a key; `tag` is where the tag of the key begins.
#[inline]
#[must_use]
pub fn given(request: &Request<'_>, key: &str, tag: usize) -> bool {
    request.values_of(parts(key, tag)).next().is_some()
}

/// Declares the comparisons, one a row; each is a function of a request and a key, and one of a value.
macro_rules! conditions {
    ($($(#[$doc:meta])+ $name:ident $read:ident, $wanted:ty, $given:ident $one:ident => $test:expr;)*) => {
        $($(#[$doc])+
        ///
        /// `tag` is where the tag of the key begins, `doubt` the answer where it cannot be known.
        #[inline(always)]
        #[must_use]
        pub fn $name(
            request: &Request<'_>,
            key: &str,
            tag: usize,
            negated: bool,
            doubt: bool,
            wanted: &[$wanted],
        ) -> bool {
            let values = request.values_of(parts(key, tag));
            known(doubt, evaluate::holds(values, negated, Value::$read, |$given| {
                wanted.iter().any(|$one| $test)
            }))
        }
        )*

        /// The comparisons with the value of a field: no key is looked up.
        pub mod fields {
            use ram_policy_model::decide::evaluate;
            use ram_policy_model::request::key::ValueType;
            pub use ram_policy_model::terms::operand::{Date, Number};
use ram_policy_model::terms::operand::Value;

            use super::{Block, Pattern, known};

            /// The value of a field.
            pub type Field<'a> = Option<Value<'a>>;

            /// A value of a type, as a field has it.
            #[inline(always)]
            #[must_use]
            pub fn value<T: ValueType>(given: Option<T::Given<'_>>) -> Field<'_> {
                given.map(T::value)
            }

            /// Whether there is a value.
            #[inline(always)]
            #[must_use]
            pub const fn given(value: &Field<'_>) -> bool {
                value.is_some()
            }

            $($(#[$doc])+
            ///
            /// `doubt` is the answer where it cannot be known.
            #[inline(always)]
            #[must_use]
            pub fn $name(
                value: &Field<'_>,
                negated: bool,
                doubt: bool,
                wanted: &[$wanted],
            ) -> bool {
                known(doubt, evaluate::holds(value.iter(), negated, Value::$read, |$given| {
                    wanted.iter().any(|$one| $test)
                }))
            }
            )*
        }
    };
}

conditions! {
    /// Whether a text is one of these.
    text_is text, &str, given one => given == *one;
    /// Whether a text is one of these, ASCII case ignored.
    text_is_in_any_case text, &str, given one => given.eq_ignore_ascii_case(one);
    /// Whether a text matches one of these patterns.
    text_like text, Pattern<'_>, given one => one.matches(given);
    /// Whether a number is one of these, each times 10^18.
    number_is number, i128, given one => given == Number::from_scaled(*one);
    /// Whether a number is less than one of these.
    number_less number, i128, given one => given < Number::from_scaled(*one);
    /// Whether a number is at most one of these.
    number_at_most number, i128, given one => given <= Number::from_scaled(*one);
    /// Whether a number is greater than one of these.
    number_greater number, i128, given one => given > Number::from_scaled(*one);
    /// Whether a number is at least one of these.
    number_at_least number, i128, given one => given >= Number::from_scaled(*one);
    /// Whether an instant is one of these, each in nanoseconds.
    date_is date, i128, given one => given == Date::from_unix_nanoseconds(*one);
    /// Whether an instant is before one of these.
    date_less date, i128, given one => given < Date::from_unix_nanoseconds(*one);
    /// Whether an instant is at most one of these.
    date_at_most date, i128, given one => given <= Date::from_unix_nanoseconds(*one);
    /// Whether an instant is after one of these.
    date_greater date, i128, given one => given > Date::from_unix_nanoseconds(*one);
    /// Whether an instant is at least one of these.
    date_at_least date, i128, given one => given >= Date::from_unix_nanoseconds(*one);
    /// Whether a Boolean is this.
    boolean_is boolean, bool, given one => given == *one;
    /// Whether an address lies in one of these blocks.
    address_in address, Block, given one => one.contains(given);
}

/// Whether something holds, or what is said where that cannot be known.
#[inline(always)]
const fn known(doubt: bool, holds: Truth) -> bool {
    match holds {
        Truth::Yes => true,
        Truth::No => false,
        Truth::Unknown => doubt,
    }
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
