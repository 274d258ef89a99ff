//! The shorter forms of policies: what they are, and that they decide as before.

use proptest::prelude::*;
use ram_policy::{Decision, Policy, policy};

use super::requests::near;
use crate::policy::properties::{policy_of, policy_text};

/// `name: { long } => { short };`, each in the typed form.
macro_rules! cases {
    ($($name:ident: { $($long:tt)* } => { $($short:tt)* };)*) => {
        $(#[test]
        fn $name() {
            let (long, short) = (policy! { $($long)* }, policy! { $($short)* });
            assert_eq!(long.simplified(), short);
            // The short form has none of its own.
            assert_eq!(short.simplified(), short);
        })*
    };
}

cases! {
    a_short_one_stays: { allow ecs::{StopInstance, StartInstance} on *; }
        => { allow ecs::{StopInstance, StartInstance} on *; };
    a_covered_action: { allow ecs::{StopInstance, Stop*}, "ECS:stopinstances" on *; } => { allow ecs::Stop* on *; };
    an_action_twice: { allow ecs::{StopInstance, StopInstance} on *; } => { allow ecs::StopInstance on *; };
    a_covered_resource: { allow ecs::* on "acs:ecs:*:*:instance/i-1", "acs:ecs:*:*:instance/*"; }
        => { allow ecs::* on "acs:ecs:*:*:instance/*"; };
    actions_of_two_statements: { allow ecs::StopInstance on *; allow ecs::StartInstance on *; }
        => { allow ecs::{StopInstance, StartInstance} on *; };
    resources_of_two_statements:
        { allow ecs::StopInstance on "acs:ecs:*:*:instance/a"; allow ecs::StopInstance on "acs:ecs:*:*:instance/b"; }
        => { allow ecs::StopInstance on "acs:ecs:*:*:instance/a", "acs:ecs:*:*:instance/b"; };
    neither_actions_nor_resources_alone:
        { allow ecs::StopInstance on "acs:ecs:*:*:instance/a"; allow ecs::StartInstance on "acs:ecs:*:*:instance/b"; }
        => { allow ecs::StopInstance on "acs:ecs:*:*:instance/a"; allow ecs::StartInstance on "acs:ecs:*:*:instance/b"; };
    three_statements:
        { allow ecs::StopInstance on *; allow oss::* on *; allow ecs::StartInstance on *; }
        => { allow ecs::StopInstance, oss::*, ecs::StartInstance on *; };
    a_covered_statement: { allow ecs::Stop* on *; allow ecs::StopInstance on "acs:ecs:*:*:instance/a"; }
        => { allow ecs::Stop* on *; };
    covered_by_two_statements:
        { allow ecs::*Instance on "acs:ecs:cn-*:*:*"; allow ecs::Stop* on "acs:ecs:*:1:*";
          allow ecs::StopInstance on "acs:ecs:cn-beijing:1:*"; }
        => { allow ecs::*Instance on "acs:ecs:cn-*:*:*"; allow ecs::Stop* on "acs:ecs:*:1:*"; };
    conditions_are_kept_apart:
        { allow ecs::* on * when acs::UserAgent == "a"; allow oss::* on * when acs::UserAgent == "b"; }
        => { allow ecs::* on * when acs::UserAgent == "a"; allow oss::* on * when acs::UserAgent == "b"; };
    the_same_condition:
        { allow ecs::* on * when acs::UserAgent == ["a", "b"]; allow oss::* on * when acs::UserAgent == ["b", "a"]; }
        => { allow ecs::*, oss::* on * when acs::UserAgent == ["a", "b"]; };
    a_condition_beside_none:
        { allow ecs::* on * when acs::UserAgent == "a"; allow ecs::* on *; } => { allow ecs::* on *; };
    a_covered_value: { allow ecs::* on * when acs::SourceIp in ["10.0.0.1", "10.0.0.0/8"]; }
        => { allow ecs::* on * when acs::SourceIp in "10.0.0.0/8"; };
    an_allowance_that_is_denied: { allow ecs::StopInstance, oss::* on *; deny ecs::* on *; }
        => { allow oss::* on *; deny ecs::* on *; };
    a_denial_that_meets_nothing_here: { allow oss::* on *; deny ecs::* on *; }
        => { allow oss::* on *; deny ecs::* on *; };
    a_covered_denial: { allow ecs::* on *; deny ecs::Stop* on *; deny ecs::StopInstance on *; }
        => { allow ecs::* on *; deny ecs::Stop* on *; };
    values_of_two_statements:
        { allow ecs::* on * when acs::SourceIp in "10.0.0.0/8"; allow ecs::* on * when acs::SourceIp in "192.0.2.0/24"; }
        => { allow ecs::* on * when acs::SourceIp in ["10.0.0.0/8", "192.0.2.0/24"]; };
    values_under_a_negated_operator_are_kept_apart:
        { allow ecs::* on * when acs::UserAgent != "a" and acs::SourceIp in "10.0.0.0/8";
          allow ecs::* on * when acs::UserAgent != "b" and acs::SourceIp in "192.0.2.0/24"; }
        => { allow ecs::* on * when acs::UserAgent != "a" and acs::SourceIp in "10.0.0.0/8";
             allow ecs::* on * when acs::UserAgent != "b" and acs::SourceIp in "192.0.2.0/24"; };
    a_test_that_a_denial_makes:
        { allow ecs::* on * when acs::SourceIp in "10.0.0.0/8"; deny * on * when acs::SourceIp not in "10.0.0.0/8"; }
        => { allow ecs::* on *; deny * on * when acs::SourceIp not in "10.0.0.0/8"; };
    a_test_that_another_one_makes:
        { allow ecs::* on * when acs::SourceIp in "10.1.0.0/16" and acs::SourceIp not in "10.2.0.0/16"
              and acs::CurrentTime < "2026-01-01T00:00:00Z" and acs::CurrentTime <= "2027-01-01T00:00:00Z"; }
        => { allow ecs::* on * when acs::SourceIp in "10.1.0.0/16" and acs::CurrentTime < "2026-01-01T00:00:00Z"; };
    every_resource_field_by_field: { allow ecs::* on "acs:*:*:*:*"; } => { allow ecs::* on *; };
    every_resource_is_more_than_those_of_the_service: { allow ecs::* on "acs:ecs:*:*:*"; }
        => { allow ecs::* on "acs:ecs:*:*:*"; };
    all_but_a_covered_action: { allow * except ecs::{Stop*, StopInstance} on *; }
        => { allow * except ecs::Stop* on *; };
}

#[test]
fn alone_a_denial_that_meets_no_allowance_goes() {
    for (long, short) in [
        (policy! { allow oss::* on *; deny ecs::* on *; }, policy! { allow oss::* on *; }),
        (
            policy! { allow oss::* on "acs:oss:*:*:a"; deny oss::* on "acs:oss:*:*:a", "acs:oss:*:*:b"; allow ecs::* on *; },
            policy! { allow ecs::* on *; },
        ),
        (
            policy! { allow oss::* on *; deny oss::GetObject, ecs::* on *; },
            policy! { allow oss::* on *; deny oss::GetObject on *; },
        ),
    ] {
        assert_eq!(long.simplified_alone(), short);
        assert!(long.equivalent(&short).is_yes());
    }
}

/// What allows nothing keeps one statement: a document has at least one.
#[test]
fn a_statement_is_left() {
    let policy = policy! { allow ecs::* on *; deny * on *; };
    assert_eq!(policy.simplified(), policy! { deny * on *; });
    let alone = policy.simplified_alone();
    assert_eq!(alone.document().statements.len(), 1);
    assert!(policy.equivalent(&alone).is_yes());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn alone_the_short_form_allows_the_same(text in policy_text()) {
        let policy = policy_of(&text);
        let short = policy.simplified_alone();
        prop_assert!(short.to_json().len() <= policy.to_json().len());
        prop_assert!(policy.equivalent(&short).is_yes());
        for request in near(&[&policy], 200) {
            let Ok(request) = request.request_unlisted() else { continue };
            prop_assert_eq!(policy.evaluate(&request).is_allow(), short.evaluate(&request).is_allow());
        }
    }

    #[test]
    fn the_short_form_decides_as_before(text in policy_text()) {
        let policy = policy_of(&text);
        let short = policy.simplified();
        prop_assert!(short.to_json().len() <= policy.to_json().len());
        prop_assert!(policy.equivalent(&short).is_yes());
        for request in near(&[&policy], 200) {
            let Ok(request) = request.request_unlisted() else { continue };
            let kind = |policy: &Policy| std::mem::discriminant::<Decision>(&policy.evaluate(&request));
            prop_assert_eq!(kind(&policy), kind(&short), "{}\n{}\n{}", request, policy, short);
        }
        let again = short.simplified();
        prop_assert!(again.to_json().len() <= short.to_json().len());
    }
}
