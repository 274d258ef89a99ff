//! What RAM decides, as a table: a policy, a request, the decision.
//!
//! Every policy is written twice, in the typed form and as a document, and both must be the same
//! policy. Every row asks by each way the library has to find a decision.

use ram_policy::{Decision, OwnedRequest, Policy, Request, RequestAction, RequestError};

/// One policy in both forms.
struct Pair {
    typed: Policy,
    document: Policy,
}

/// A condition value of a request.
struct Given {
    key: &'static str,
    value: &'static str,
    /// Whether the key is one RAM has and the value is of its type.
    checked: bool,
}

/// The decision a row expects, with the number of the statement that makes it.
#[derive(Clone, Copy)]
enum Expected {
    Allow(usize),
    ExplicitDeny(usize),
    ImplicitDeny,
}

impl From<Expected> for Decision {
    fn from(expected: Expected) -> Self {
        match expected {
            Expected::Allow(statement) => Self::Allow { statement },
            Expected::ExplicitDeny(statement) => Self::ExplicitDeny { statement },
            Expected::ImplicitDeny => Self::ImplicitDeny,
        }
    }
}

fn request(
    action: RequestAction<'static>,
    resource: &'static str,
    context: &[Given],
) -> Result<Request<'static>, RequestError> {
    let mut request = Request::new(action, resource)?;
    for Given { key, value, checked } in context {
        request = if *checked {
            request.with_named(key, value)?
        } else {
            request.with_unchecked(key, value)
        };
    }
    Ok(request)
}

fn decides(pair: &Pair, request: &Request<'_>, expected: Expected) {
    let Pair { typed, document } = pair;
    assert_eq!(typed, document);
    assert_eq!(typed.to_json(), document.to_json());
    let expected = Decision::from(expected);
    for (form, policy) in [("typed form", typed), ("document", document)] {
        assert_eq!(policy.evaluate(request), expected, "{form}: {request}\n{policy}");
        assert_eq!(
            policy.evaluate_by_name(request),
            expected,
            "{form}, by name: {request}\n{policy}"
        );
        // A policy that is made at run time finds its statements by a table.
        let at_run_time = Policy::from_document(policy.document().into_owned());
        assert_eq!(
            at_run_time.evaluate(request),
            expected,
            "{form}, by table: {request}\n{policy}"
        );
    }
}

/// Declares policies: `NAME: { typed form } is { document }`.
macro_rules! policies {
    ($($(#[$doc:meta])* $name:ident: { $($typed:tt)* } is { $($document:tt)* })*) => {
        $($(#[$doc])* const $name: $crate::decide::vectors::Pair = $crate::decide::vectors::Pair {
            typed: ram_policy::policy! { $($typed)* },
            document: ram_policy::policy! { $($document)* },
        };)*
    };
}

/// Writes one test a row: `name: POLICY, "action", "resource", [("key", "value")] => decision;`.
///
/// `unlisted` before the action says that the catalogue need not have it. `unchecked` after a
/// value says that its key or its form is wrong on purpose.
macro_rules! cases {
    ($($name:ident: $policy:ident, $($unlisted:ident)? $action:literal, $resource:literal,
        [$(($key:literal, $value:literal $(, $unchecked:ident)?)),*] => $expected:expr;)*) => {
        $(#[test]
        fn $name() -> Result<(), ram_policy::RequestError> {
            let action = cases!(@action $($unlisted)? $action)?;
            let context = [$(cases!(@given $key, $value $(, $unchecked)?)),*];
            let request = $crate::decide::vectors::request(action, $resource, &context)?;
            $crate::decide::vectors::decides(&$policy, &request, $expected);
            Ok(())
        })*

        /// What each row asks, and what is decided, for the table of decisions.
        pub(super) fn decisions() -> Result<Vec<$crate::decide::vectors::Row>, ram_policy::RequestError> {
            Ok(vec![$({
                let action = cases!(@action $($unlisted)? $action)?;
                let context = [$(cases!(@given $key, $value $(, $unchecked)?)),*];
                let request = $crate::decide::vectors::request(action, $resource, &context)?;
                (stringify!($name), ram_policy::OwnedRequest::from(&request), $policy.typed.evaluate(&request), $policy.document.to_json())
            }),*])
        }
    };
    (@action unlisted $action:literal) => {
        ram_policy::RequestAction::unlisted($action)
    };
    (@action $action:literal) => {
        ram_policy::RequestAction::try_from($action)
    };
    (@given $key:literal, $value:literal) => {
        $crate::decide::vectors::Given { key: $key, value: $value, checked: true }
    };
    (@given $key:literal, $value:literal, unchecked) => {
        $crate::decide::vectors::Given { key: $key, value: $value, checked: false }
    };
}

mod documented;
mod malformed;
mod matching;
mod operators;
mod spelling;

/// The name of a row, what it asks, what is decided, and the policy.
pub(crate) type Row = (&'static str, OwnedRequest, Decision, String);

/// The rows of every table, with the table's name.
pub(crate) fn decisions() -> Result<Vec<(&'static str, Vec<Row>)>, RequestError> {
    Ok(vec![
        ("documented", documented::decisions()?),
        ("malformed", malformed::decisions()?),
        ("matching", matching::decisions()?),
        ("operators", operators::decisions()?),
        ("spelling", spelling::decisions()?),
    ])
}
