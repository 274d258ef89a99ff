//! `ForAnyValue:` and `ForAllValues:`, which a system policy has and RAM's page of operators has not:
//! what they do is not known, so an `Allow` with one does not match and a `Deny` with one does. Every
//! way to a decision, and the reference, must say so.

#![allow(clippy::panic, reason = "a proof of another kind fails the test")]

use ram_policy::{
    Decision, Mismatch, Policy, PolicySet, Proof, Request, RequestError, policy, prove,
};
use ram_policy_fuzzed::reference::{self, Asked};

/// Allows by a test for any value, and denies by one for all.
const COMPILED: Policy = policy! {
    "Version": "1",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "cs:InstallClusterAddons",
            "Resource": "*",
            "Condition": { "ForAnyValue:StringEquals": { "cs:AddonNames": ["logtail-ds", "arms"] } }
        },
        { "Effect": "Allow", "Action": ["ecs:StopInstance", "ecs:StartInstance"], "Resource": "*" },
        {
            "Effect": "Deny",
            "Action": "ecs:StopInstance",
            "Resource": "*",
            "Condition": {
                "ForAllValues:StringNotLike": { "ecs:tag/owner": "a*" },
                "Bool": { "acs:MFAPresent": "false" }
            }
        }
    ]
};

/// An action, the values of its condition keys, and the decision.
type Case = (&'static str, &'static [(&'static str, &'static str)], Decision);

const CASES: &[Case] = &[
    ("cs:InstallClusterAddons", &[], Decision::ImplicitDeny),
    ("cs:InstallClusterAddons", &[("cs:AddonNames", "logtail-ds")], Decision::ImplicitDeny),
    (
        "cs:InstallClusterAddons",
        &[("cs:AddonNames", "logtail-ds"), ("cs:AddonNames", "other")],
        Decision::ImplicitDeny,
    ),
    ("ecs:StartInstance", &[("acs:MFAPresent", "false")], Decision::Allow { statement: 1 }),
    // What is known not to hold keeps the denial from matching.
    ("ecs:StopInstance", &[], Decision::Allow { statement: 1 }),
    ("ecs:StopInstance", &[("acs:MFAPresent", "true")], Decision::Allow { statement: 1 }),
    ("ecs:StopInstance", &[("acs:MFAPresent", "false")], Decision::ExplicitDeny { statement: 2 }),
    (
        "ecs:StopInstance",
        &[("acs:MFAPresent", "false"), ("ecs:tag/owner", "alice")],
        Decision::ExplicitDeny { statement: 2 },
    ),
];

fn request<'a>(action: &'a str, given: &[(&'a str, &'a str)]) -> Result<Request<'a>, RequestError> {
    let request = Request::new(action, "*")?;
    Ok(given.iter().fold(request, |request, (key, value)| request.with_unchecked(key, value)))
}

#[test]
fn every_way_decides_for_the_worst() -> Result<(), Box<dyn std::error::Error>> {
    let read = Policy::from_json(COMPILED.to_json())?;
    assert_eq!(read, COMPILED);
    let set: PolicySet = [&read].into_iter().collect();
    let document = serde_json::from_str(&COMPILED.to_json())?;
    for (action, given, expected) in CASES {
        let request = request(action, given)?;
        assert_eq!(COMPILED.evaluate(&request), *expected, "compiled: {action} {given:?}");
        assert_eq!(read.evaluate(&request), *expected, "read: {action} {given:?}");
        assert_eq!(read.explain(&request).decision, *expected, "explained: {action} {given:?}");
        let of_set = set.evaluate(&request);
        assert_eq!(of_set.is_allow(), expected.is_allow(), "set: {action} {given:?}");
        let asked = Asked {
            action: (*action).into(),
            resource: "*".into(),
            context: given.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
        };
        let (_, statement) = reference::decide(&document, &asked);
        assert_eq!(statement, expected.statement(), "reference: {action} {given:?}");
    }
    Ok(())
}

#[test]
fn what_is_not_known_is_not_proved() {
    let harmless = policy! { allow ecs::Describe* on *; };
    for proof in [
        COMPILED.within(&harmless),
        harmless.within(&COMPILED),
        COMPILED.equivalent(&COMPILED),
        COMPILED.never_allows(&harmless),
    ] {
        let Proof::Unknown(reason) = proof else { panic!("{proof}") };
        let prove::Reason::SetOperator { operator } = reason else { panic!("{reason}") };
        assert!(operator.starts_with("ForA"), "{operator}");
    }
    // So nothing of it is left out.
    assert_eq!(COMPILED.simplified(), COMPILED);
    assert_eq!(COMPILED.simplified_alone(), COMPILED);
}

#[test]
fn an_explanation_names_the_operator() -> Result<(), RequestError> {
    let explained = COMPILED.explain(&request("cs:InstallClusterAddons", &[])?);
    let failed = explained.statements.iter().find_map(|statement| statement.failed.clone());
    let expected =
        Mismatch::SetOperator { operator: "ForAnyValue:StringEquals", key: "cs:AddonNames".into() };
    assert_eq!(failed, Some(expected));
    let denied = COMPILED.explain(&request("ecs:StopInstance", &[("acs:MFAPresent", "false")])?);
    assert_eq!(
        denied.to_string(),
        "ExplicitDeny\n\
         statement 1: allows it\n\
         statement 2: RAM's documents do not say what `ForAllValues:StringNotLike` of `ecs:tag/owner` means, so it denies"
    );
    Ok(())
}
