//! Policies of resources: what each says about who asks, alone and together with the policies of the
//! caller. A row is a request and what the documents say about it.

#![allow(clippy::expect_used, clippy::panic, reason = "a failed test")]

mod bucket;
mod endpoint;
mod key;
mod project;
mod random;
mod together;

use ram_policy::{
    Asker, Caller, Decision, Outcome, PartialDecision, Request, RequestAction, ResourcePolicy,
};

/// The account that owns the resources.
const OWNER: &str = "1234567890123456";
/// Another account.
const OTHER: &str = "6543210987654321";
/// The number of a RAM user, and that of another.
const ALICE: &str = "200000000000000001";
const BOB: &str = "200000000000000002";

/// Who asks.
#[derive(Debug, Clone, Copy)]
enum Who {
    /// The owner of an account.
    Root(&'static str),
    /// A RAM user of an account; with a number where it is known.
    User(&'static str, &'static str, Option<&'static str>),
    /// A role of an account; with the name of its session where it is known.
    Role(&'static str, &'static str, Option<&'static str>),
    Service(&'static str),
    Anonymous,
}

use Who::{Anonymous, Role, Root, Service, User};

impl Who {
    fn asker(self) -> Asker<'static> {
        match self {
            Root(account) => Caller::Root { account }.into(),
            User(account, name, id) => {
                let asker = Asker::from(Caller::User { account, name });
                id.map_or(asker, |id| asker.with_user_id(id))
            }
            Role(account, name, session) => {
                let asker = Asker::from(Caller::Role { account, name });
                session.map_or(asker, |session| asker.with_session_name(session))
            }
            Service(principal) => Caller::Service { principal }.into(),
            Anonymous => Caller::Anonymous.into(),
        }
    }
}

/// What a policy says alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// It allows.
    Allows,
    /// It denies.
    Denies,
    /// It says nothing.
    Nothing,
    /// No document says; nothing is allowed.
    Unclear,
    /// No document says; it is denied.
    UnclearDenies,
}

use Said::{Allows, Denies, Nothing, Unclear, UnclearDenies};

/// A name, who asks, the action, the resource, the values of the request, and what the policy says.
type Row =
    (&'static str, Who, &'static str, &'static str, &'static [(&'static str, &'static str)], Said);

fn request(
    action: &'static str,
    resource: &'static str,
    values: &[(&'static str, &'static str)],
) -> Request<'static> {
    let action = RequestAction::unlisted(action).expect("an action");
    let request = Request::new(action, resource).expect("a request");
    values
        .iter()
        .fold(request, |request, (key, value)| request.with_named(key, value).expect("a value"))
}

/// Asks a policy about every row: as it was compiled, as it is read, by what it says about the caller,
/// and for the reason.
#[track_caller]
fn asks(compiled: &ResourcePolicy, rows: &[Row]) {
    assert!(rows.len() >= 20, "{} rows", rows.len());
    let policy = match ResourcePolicy::from_json_lenient(compiled.kind(), compiled.to_json()) {
        Ok(read) => read.policy,
        Err(error) => panic!("{error}"),
    };
    for (name, who, action, resource, values, said) in rows {
        let (asker, request) = (who.asker(), request(action, resource, values));
        let decision = policy.evaluate(asker, OWNER, &request);
        assert_eq!(compiled.evaluate(asker, OWNER, &request), decision, "{name}");
        let expected = match said {
            Allows => Outcome::Allow,
            Denies | UnclearDenies => Outcome::ExplicitDeny,
            Nothing | Unclear => Outcome::ImplicitDeny,
        };
        let explained = policy.explain(asker, OWNER, &request);
        assert_eq!(Outcome::from(decision), expected, "{name}: {explained}");
        assert_eq!(explained.decision, decision, "{name}");
        let foreseen = policy.for_caller(asker, OWNER).evaluate(&request);
        match (said, foreseen) {
            (Allows | Denies | Nothing, PartialDecision::Decided(same)) => {
                assert_eq!(same, decision, "{name}");
            }
            (Unclear | UnclearDenies, PartialDecision::Undetermined(_)) => {}
            (_, other) => panic!("{name}: {other}"),
        }
        if let Decision::Allow { statement } | Decision::ExplicitDeny { statement } = decision {
            let mut failed = explained.statements.iter();
            let deciding = failed.find(|one| one.statement == statement).expect("the statement");
            assert_eq!(deciding.failed.is_some(), *said == UnclearDenies, "{name}: {deciding}");
        }
    }
}
