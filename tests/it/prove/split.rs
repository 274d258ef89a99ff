//! Policies in several parts: each short enough, together as before.

use proptest::prelude::*;
use ram_policy::{Checker, Decision, Policy, Proof, Prover, SplitError, TooLong, policy};

use super::requests::near;
use crate::policy::properties::{policy_of, policy_text};

/// The parts, after it was checked that they fit and decide as the policy.
fn parts(policy: &Policy, most: usize) -> Result<Vec<Policy>, SplitError> {
    let parts = policy.split(most)?;
    assert!(parts.iter().all(|part| part.to_json().chars().count() <= most));
    assert_eq!(Prover::new().equivalent([policy], &parts), Proof::Yes);
    for request in near(&[policy], 500) {
        let Ok(request) = request.request_unlisted() else { continue };
        let (_, together) = Policy::evaluate_together(&parts, &request);
        let kind = std::mem::discriminant::<Decision>;
        assert_eq!(kind(&together), kind(&policy.evaluate(&request)), "{request}\n{policy}");
    }
    Ok(parts)
}

#[test]
fn each_way_to_divide() -> Result<(), SplitError> {
    let actions = policy! {
        allow ecs::{StartInstance, StopInstance, RebootInstance, DescribeInstances} on *;
    };
    let resources = policy! {
        allow ecs::StopInstance on "acs:ecs:*:*:instance/i-1", "acs:ecs:*:*:instance/i-2",
            "acs:ecs:*:*:instance/i-3", "acs:ecs:*:*:instance/i-4";
    };
    let values = policy! {
        allow ecs::StopInstance on * when acs::UserAgent == ["one", "two", "three", "four", "five", "six"];
    };
    let both = policy! {
        deny ecs::{StartInstance, StopInstance} on "acs:ecs:*:*:instance/i-1", "acs:ecs:*:*:instance/i-2";
    };
    let statements = policy! {
        allow ecs::StartInstance on *;
        deny ecs::StopInstance on "acs:ecs:*:*:instance/i-1";
        allow ecs::StopInstance on *;
    };
    for (policy, most, expected) in [
        (&actions, 1_000, 1),
        (&actions, 150, 2),
        (&actions, 105, 4),
        (&resources, 150, 2),
        (&resources, 130, 4),
        (&values, 170, 2),
        (&both, 120, 4),
        // The first and the last fit together.
        (&statements, 170, 2),
        (&statements, 120, 3),
    ] {
        assert_eq!(parts(policy, most)?.len(), expected, "{most} {policy}");
    }
    // Written at their limits.
    let length = actions.to_json().len();
    assert_eq!(parts(&actions, length)?, std::slice::from_ref(&actions));
    assert_eq!(parts(&actions, length - 1)?.len(), 2);
    Ok(())
}

#[test]
fn what_cannot_be_divided_is_told() {
    let except =
        policy! { allow ecs::StopInstance on *; deny * except ecs::*, vpc::*, oss::* on *; };
    let negated = policy! {
        allow ecs::StopInstance on * when acs::UserAgent != ["one", "two", "three", "four"];
    };
    for (policy, most, statement) in [(&except, 95, 1), (&negated, 130, 0)] {
        match policy.split(most) {
            Err(SplitError::TooLong { statement: found, too_long }) => {
                assert_eq!(found, statement);
                let TooLong { length: characters, most: limit, .. } = too_long;
                assert!(characters > limit && limit == most, "{characters} {limit}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(except.split(0), Err(SplitError::TooLong { statement: 0, .. })));
    // Thirty actions and thirty resources, each pair alone.
    let resources: Vec<String> =
        (10..40).map(|number| format!("\"acs:ecs:*:*:instance/i-{number}\"")).collect();
    let actions: Vec<String> = (10..40).map(|number| format!("\"ecs:Action{number}\"")).collect();
    let (actions, resources) = (actions.join(","), resources.join(","));
    let text = format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":[{actions}],"Resource":[{resources}]}}]}}"#
    );
    assert_eq!(policy_of(&text).split(120), Err(SplitError::TooMany));
}

#[test]
fn what_ram_refuses_for_its_length_is_read_to_be_split() -> Result<(), Box<dyn std::error::Error>> {
    let buckets: Vec<String> =
        (0..500).map(|number| format!(r#""acs:oss:*:*:bucket-{number}/*""#)).collect();
    let text = format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":["oss:GetObject"],"Resource":[{}]}}]}}"#,
        buckets.join(",")
    );
    assert!(Policy::from_json(&text).is_err());
    assert!(Policy::from_json_lenient(&text).is_err());
    let policy = Policy::from_json_with(&text, &Checker::new().at_any_length())?.policy;
    let all = parts(&policy, 6_144)?;
    assert_eq!(all.len(), policy.to_json().len().div_ceil(6_144));
    for part in &all {
        assert_eq!(&Policy::from_json(part.to_json())?, part);
    }
    // Other mistakes are told all the same, and what is far too long is refused.
    let unknown = text.replace("oss:GetObject", "oss:GetObjec");
    assert!(Policy::from_json_with(&unknown, &Checker::new().at_any_length()).is_err());
    let long = text.replace("bucket", &"b".repeat(200));
    assert!(Policy::from_json_with(&long, &Checker::new().at_any_length()).is_err());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_parts_decide_as_before(text in policy_text(), per_mille in 200usize..1_000) {
        let policy = policy_of(&text);
        let most = policy.to_json().chars().count() * per_mille / 1_000;
        match parts(&policy, most) {
            Ok(parts) => prop_assert!(parts.len() > 1),
            Err(SplitError::TooLong { .. } | SplitError::TooMany) => {}
            Err(error) => prop_assert!(false, "{}", error),
        }
    }
}
