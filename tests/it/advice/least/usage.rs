//! What of a policy was never used, and the policy without it.

use proptest::prelude::*;
use ram_policy::{OwnedRequest, Policy, RequestError, TightenError, Unused, policy};

use super::request;
use crate::policy::properties::{policy_of, policy_text};
use crate::prove::requests::near;

const INSTANCE: &str = "acs:ecs:cn-hangzhou:1:instance/i-1";

fn told(policy: &Policy, requests: &[OwnedRequest]) -> Result<Vec<String>, RequestError> {
    Ok(policy.used_by(requests)?.unused().iter().map(ToString::to_string).collect())
}

#[test]
fn each_kind_of_what_is_unused() -> Result<(), RequestError> {
    let policy = policy! {
        allow sts::AssumeRole*, ecs::StopInstance on "acs:ram:*:*:role/*", "acs:ecs:*:*:*", "acs:ram:*:*:role/web";
        allow oss::GetObject on *;
        deny ecs::DeleteInstance on *;
        deny ram::* on *;
    };
    let asked = [
        request("sts:AssumeRole", "acs:ram::1:role/web", &[]),
        request("ecs:DeleteInstance", INSTANCE, &[]),
        request("kms:Decrypt", "*", &[]),
    ];
    assert_eq!(
        told(&policy, &asked)?,
        [
            "statement 0: `acs:ecs:*:*:*` was never asked for",
            "statement 0: 2 of the 3 known actions of `sts:AssumeRole*` were never asked for, as `sts:AssumeRoleWithOIDC`",
            "statement 0: `ecs:StopInstance` was never asked for",
            "statement 1 has decided no request",
            "statement 3 has decided no request",
        ]
    );
    let usage = policy.used_by(&asked)?;
    assert_eq!((usage.requests(), usage.refused()), (3, 2));
    assert_eq!(usage.unused().iter().map(Unused::statement).collect::<Vec<_>>(), [0, 0, 0, 1, 3]);
    Ok(())
}

#[test]
fn what_not_action_leaves() -> Result<(), RequestError> {
    let policy = policy! { allow * except ram::* on *; };
    let usage = policy.used_by(&[request("sts:AssumeRole", "*", &[])])?;
    match usage.unused().as_slice() {
        [Unused::Actions { statement: 0, pattern, actions, of }] => {
            assert_eq!(pattern, "NotAction");
            assert_eq!(actions.len() + 1, *of);
            assert!(!actions.iter().any(|name| name.starts_with("ram:")));
            assert!(actions.contains(&"ecs:StopInstance"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(usage.tightened(), Ok(policy! { allow sts::AssumeRole on *; }));
    Ok(())
}

#[test]
fn what_is_left_is_what_was_used() -> Result<(), RequestError> {
    let policy = policy! {
        allow ecs::*Instance on "acs:ecs:cn-hangzhou:*:*", "acs:ecs:cn-beijing:*:*" when acs::SourceIp in "192.0.2.0/24";
        allow ecs::Describe* on *;
        deny ecs::DeleteInstance on *;
    };
    let from = [("acs:SourceIp", "192.0.2.9")];
    let asked = [
        request("ecs:StopInstance", INSTANCE, &from),
        request("ecs:StartInstance", INSTANCE, &from),
        request("ecs:RebootInstance", INSTANCE, &[]),
        request("ecs:DeleteInstance", INSTANCE, &from),
    ];
    let tightened = policy.used_by(&asked)?.tightened();
    assert_eq!(
        tightened,
        Ok(policy! {
            allow ecs::{StartInstance, StopInstance} on "acs:ecs:cn-hangzhou:*:*" when acs::SourceIp in "192.0.2.0/24";
            deny ecs::DeleteInstance on *;
        })
    );
    assert_eq!(policy.used_by(&[])?.tightened(), Err(TightenError::NothingUsed));
    let refused = [request("oss:GetObject", "*", &[])];
    assert_eq!(policy.used_by(&refused)?.tightened(), Err(TightenError::NothingUsed));
    Ok(())
}

#[test]
fn all_used_is_nothing_unused() -> Result<(), RequestError> {
    let policy = policy! { allow ecs::{StartInstance, StopInstance} on *; };
    let asked = ["ecs:StopInstance", "ecs:StartInstance"].map(|name| request(name, INSTANCE, &[]));
    assert_eq!(told(&policy, &asked)?, Vec::<String>::new());
    assert_eq!(
        policy.used_by(&asked)?.tightened(),
        Ok(policy! { allow ecs::{StartInstance, StopInstance} on *; })
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever the policy: the result is within it, and decides what was asked as before.
    #[test]
    fn the_tightened_policy_is_within_and_allows_what_was_allowed(text in policy_text()) {
        let policy = policy_of(&text);
        let asked: Vec<OwnedRequest> = near(&[&policy], 60)
            .filter(|request| request.request_unlisted().is_ok())
            .collect();
        let usage = policy.used_by(&asked).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let allowed = |policy: &Policy, request: &OwnedRequest| {
            request.request_unlisted().is_ok_and(|request| policy.evaluate(&request).is_allow())
        };
        match usage.tightened() {
            Ok(tightened) => {
                prop_assert!(tightened.within(&policy).is_yes());
                for request in &asked {
                    prop_assert_eq!(allowed(&tightened, request), allowed(&policy, request), "{}", request.to_json());
                }
                // The same requests leave nothing of it but denials.
                let again = tightened.used_by(&asked).map_err(|error| TestCaseError::fail(error.to_string()))?;
                for unused in again.unused() {
                    prop_assert!(matches!(unused, Unused::Statement { .. } | Unused::Resource { .. } | Unused::Action { .. }), "{}", unused);
                }
            }
            Err(TightenError::NothingUsed) => {
                prop_assert!(!asked.iter().any(|request| allowed(&policy, request)));
            }
            Err(error) => prop_assert!(false, "{}", error),
        }
    }
}
