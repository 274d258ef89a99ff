//! How two policies lie to each other, as a table. Every row asks all questions, and every request
//! that comes back is shown to the evaluator.

use ram_policy::{Counterexample, Policy, Proof, RequestError};

use super::requests::near;
use crate::policy::properties::policy_of;

/// How the requests that two policies allow lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Same,
    /// The left ones are some of the right ones.
    Narrower,
    /// Each has some that the other has not, and there are common ones.
    Crossing,
    /// Each has some, none are common.
    Apart,
    /// The left policy allows nothing, the right one does.
    NothingLeft,
    /// Neither allows anything.
    Nothing,
}

/// How many requests near its patterns each row of the table is held against. A build without
/// optimisation takes a minute for 100,000, so that it does with fewer: `cargo test --release -p
/// ram-policy-tests --test it prove::`.
const REQUESTS: usize = if cfg!(debug_assertions) { 300 } else { 100_000 };

use Relation::{Apart, Crossing, Narrower, Nothing, NothingLeft, Same};

fn allows(policy: &Policy, found: &Counterexample) -> Result<bool, RequestError> {
    Ok(policy.evaluate(&found.request()?).is_allow())
}

/// Asks whether the left policy is within the right one.
fn is_within(left: &Policy, right: &Policy, expected: bool) -> Result<(), RequestError> {
    match left.within(right) {
        Proof::Yes => assert!(expected, "{left}\nis not within\n{right}"),
        Proof::No(found) => {
            assert!(!expected, "{left}\nis within\n{right}\n{found}");
            assert!(allows(left, &found)? && !allows(right, &found)?, "{found}\n{left}\n{right}");
        }
        Proof::Unknown(reason) => panic!("{reason}\n{left}\n{right}"),
    }
    Ok(())
}

fn overlap(left: &Policy, right: &Policy, relation: Relation) -> Result<(), RequestError> {
    match left.common_request(right) {
        Ok(Some(found)) => {
            assert!(matches!(relation, Same | Narrower | Crossing), "{found}\n{left}\n{right}");
            assert!(allows(left, &found)? && allows(right, &found)?, "{found}\n{left}\n{right}");
        }
        Ok(None) => {
            let is_right = matches!(relation, Apart | NothingLeft | Nothing);
            assert!(is_right, "no common request\n{left}\n{right}");
        }
        Err(reason) => panic!("{reason}\n{left}\n{right}"),
    }
    match left.overlaps(right) {
        Proof::Yes => assert!(matches!(relation, Same | Narrower | Crossing), "{left}\n{right}"),
        Proof::No(found) => {
            let who = (allows(left, &found)?, allows(right, &found)?);
            let expected = match relation {
                Apart => (true, false),
                NothingLeft => (false, true),
                Nothing => (false, false),
                Same | Narrower | Crossing => panic!("they overlap\n{left}\n{right}"),
            };
            assert_eq!(who, expected, "{found}\n{left}\n{right}");
        }
        Proof::Unknown(reason) => panic!("{reason}\n{left}\n{right}"),
    }
    Ok(())
}

fn check(relation: Relation, left: &Policy, right: &Policy) -> Result<(), RequestError> {
    is_within(left, right, matches!(relation, Same | Narrower | NothingLeft | Nothing))?;
    is_within(right, left, matches!(relation, Same | Nothing))?;
    overlap(left, right, relation)?;
    match left.equivalent(right) {
        Proof::Yes => assert!(matches!(relation, Same | Nothing), "{left}\n{right}"),
        Proof::No(found) => {
            assert!(!matches!(relation, Same | Nothing), "{found}\n{left}\n{right}");
            assert_ne!(allows(left, &found)?, allows(right, &found)?, "{found}\n{left}\n{right}");
        }
        Proof::Unknown(reason) => panic!("{reason}\n{left}\n{right}"),
    }
    for policy in [left, right] {
        is_within(policy, policy, true)?;
    }
    // What is proved holds for requests near the patterns.
    for request in near(&[left, right], REQUESTS) {
        let Ok(request) = request.request_unlisted() else { continue };
        let who = (left.evaluate(&request).is_allow(), right.evaluate(&request).is_allow());
        let is_possible = match relation {
            Same => who.0 == who.1,
            Narrower => who.1 || !who.0,
            Crossing => true,
            Apart => who != (true, true),
            NothingLeft => !who.0,
            Nothing => who == (false, false),
        };
        assert!(is_possible, "{request}\n{left}\n{right}");
    }
    Ok(())
}

/// `name: relation, { left } { right };`, each in the typed form.
macro_rules! cases {
    ($($name:ident: $relation:expr, { $($left:tt)* } { $($right:tt)* };)*) => {
        $(#[test]
        fn $name() -> Result<(), RequestError> {
            let (left, right) =
                (ram_policy::policy! { $($left)* }, ram_policy::policy! { $($right)* });
            check($relation, &left, &right)
        })*
    };
}

cases! {
    // Actions.
    the_same_action: Same, { allow ecs::StopInstance on *; } { allow "ECS:stopinstance" on *; };
    an_action_of_a_wildcard: Narrower,
        { allow ecs::StopInstance on *; } { allow ecs::Stop* on *; };
    a_wildcard_of_the_service: Narrower, { allow ecs::Describe* on *; } { allow ecs::* on *; };
    a_service_of_all: Narrower, { allow ecs::* on *; } { allow * on *; };
    two_services: Apart, { allow ecs::* on *; } { allow oss::* on *; };
    wildcards_that_cross: Crossing, { allow ecs::*Instance on *; } { allow ecs::Stop* on *; };
    a_wildcard_and_all_it_covers_today: Narrower,
        { allow sts::{AssumeRole, AssumeRoleWithOIDC, AssumeRoleWithSAML, GetCallerIdentity} on *; }
        { allow sts::* on *; };
    a_question_mark: Narrower, { allow ecs::StopInstanc? on *; } { allow ecs::StopInstanc* on *; };
    a_wildcard_in_the_code: Narrower,
        { allow ecs::DescribeInstances on *; } { allow "?cs:DescribeInstances" on *; };
    every_service: Crossing, { allow "*:Describe*" on *; } { allow ecs::* on *; };
    two_statements_or_one: Same,
        { allow ecs::StopInstance on *; allow ecs::StartInstance on *; }
        { allow ecs::{StartInstance, StopInstance} on *; };
    a_covered_action: Same,
        { allow ecs::{Stop*, StopInstance} on *; } { allow ecs::Stop* on *; };
    a_covered_statement: Same,
        { allow ecs::* on *; allow ecs::StopInstance on "acs:ecs:*:*:instance/i-1"; }
        { allow ecs::* on *; };

    // `NotAction`.
    all_but_one_service: Narrower, { allow * except ram::* on *; } { allow * on *; };
    all_but_one_and_that_one: Apart, { allow * except ram::* on *; } { allow ram::* on *; };
    all_but_one_and_that_one_together: Same,
        { allow * except ram::* on *; allow ram::* on *; } { allow * on *; };
    all_but_more: Narrower,
        { allow * except ram::*, ecs::* on *; } { allow * except ram::* on *; };
    all_but_each_of_two: Crossing,
        { allow * except ram::* on *; } { allow * except ecs::* on *; };
    denied_but_one: Same,
        { allow * on *; deny * except ecs::Describe* on *; } { allow ecs::Describe* on *; };
    denied_but_one_of_many: Same,
        { allow ecs::*, oss::* on *; deny * except ecs::Describe*, ram::* on *; }
        { allow ecs::Describe* on *; };

    // `Deny`.
    a_denial: Narrower,
        { allow ecs::* on *; deny ecs::DeleteInstance on *; } { allow ecs::* on *; };
    a_denial_of_something_else: Same,
        { allow ecs::* on *; deny oss::* on *; } { allow ecs::* on *; };
    a_denial_of_all: NothingLeft, { allow ecs::* on *; deny * on *; } { allow ecs::* on *; };
    denials_of_all_in_parts: NothingLeft,
        { allow ecs::* on *; deny ecs::Describe* on *; deny * except ecs::Describe* on *; }
        { allow ecs::Describe* on *; };
    only_denials: Nothing, { deny ecs::* on *; } { deny oss::* on *; };
    denials_of_each: Crossing,
        { allow ecs::* on *; deny ecs::Stop* on *; } { allow ecs::* on *; deny ecs::Start* on *; };
    a_wider_denial: Narrower,
        { allow ecs::* on *; deny ecs::*Instance* on *; }
        { allow ecs::* on *; deny ecs::StopInstance on *; };
    a_denial_on_other_resources: Narrower,
        { allow ecs::* on *; deny ecs::* on "acs:ecs:cn-beijing:*:*"; } { allow ecs::* on *; };
    what_a_denial_leaves: Apart,
        { allow ecs::* on *; deny ecs::* on "acs:ecs:*:*:instance/*"; }
        { allow ecs::* on "acs:ecs:*:*:instance/i-1"; };
    denials_that_leave_one_action_and_resource: Same,
        { allow ecs::* on *; deny * except ecs::StopInstance on *;
          deny ecs::* on "acs:ecs:*:*:disk/*"; }
        { allow ecs::StopInstance on *; deny ecs::* on "acs:ecs:*:*:disk/*"; };

    // Resources.
    one_resource: Narrower,
        { allow ecs::* on "acs:ecs:*:*:instance/i-1"; } { allow ecs::* on "acs:ecs:*:*:instance/*"; };
    every_resource: Narrower,
        { allow ecs::* on "acs:ecs:*:*:*"; } { allow ecs::* on *; };
    every_resource_field_by_field: Same, { allow ecs::* on *; } { allow ecs::* on "acs:*:*:*:*"; };
    regions: Apart,
        { allow ecs::* on "acs:ecs:cn-hangzhou:*:*"; } { allow ecs::* on "acs:ecs:cn-beijing:*:*"; };
    regions_by_wildcard: Narrower,
        { allow ecs::* on "acs:ecs:cn-hangzhou:*:*", "acs:ecs:cn-beijing:*:*"; }
        { allow ecs::* on "acs:ecs:cn-*:*:*"; };
    region_and_account_cross: Crossing,
        { allow ecs::* on "acs:ecs:cn-hangzhou:*:*"; } { allow ecs::* on "acs:ecs:*:1:*"; };
    a_star_does_not_reach_the_next_field: Apart,
        { allow ecs::* on "acs:ecs:cn-*:1:instance/*"; } { allow ecs::* on "acs:ecs:cn-hangzhou:2:*"; };
    every_account_by_its_first_digit_and_the_system: Narrower,
        { allow ram::* on "acs:ram:*:0*:*", "acs:ram:*:1*:*", "acs:ram:*:2*:*", "acs:ram:*:3*:*",
          "acs:ram:*:4*:*", "acs:ram:*:5*:*", "acs:ram:*:6*:*", "acs:ram:*:7*:*", "acs:ram:*:8*:*",
          "acs:ram:*:9*:*", "acs:ram:*:system:*"; }
        { allow ram::* on "acs:ram:*:*:*"; };
    relative_ids_with_stars_inside: Narrower,
        { allow oss::* on "acs:oss:*:*:logs/a*b*c"; } { allow oss::* on "acs:oss:*:*:logs/*b*"; };
    relative_ids_that_begin_and_end: Crossing,
        { allow oss::* on "acs:oss:*:*:logs/*"; } { allow oss::* on "acs:oss:*:*:*.txt"; };
    the_bucket_and_its_objects: Apart,
        { allow oss::* on "acs:oss:*:*:logs"; } { allow oss::* on "acs:oss:*:*:logs/*"; };
    question_marks_by_length: Apart,
        { allow oss::* on "acs:oss:*:*:???"; } { allow oss::* on "acs:oss:*:*:????*"; };
    question_marks_together: Same,
        { allow oss::* on "acs:oss:*:*:?", "acs:oss:*:*:??*"; } { allow oss::* on "acs:oss:*:*:*"; };

    // Text.
    one_value: Narrower,
        { allow ecs::* on * when ecs::CommandRunAs == "root"; }
        { allow ecs::* on * when ecs::CommandRunAs == ["root", "system"]; };
    a_condition_or_none: Narrower,
        { allow ecs::* on * when acs::UserAgent == "cli"; } { allow ecs::* on *; };
    a_value_and_the_others: Apart,
        { allow ecs::* on * when acs::UserAgent == "cli"; }
        { allow ecs::* on * when acs::UserAgent != "cli"; };
    a_value_and_the_others_together: Same,
        { allow ecs::* on * when acs::UserAgent == "cli"; allow ecs::* on * when acs::UserAgent != "cli"; }
        { allow ecs::* on *; };
    no_value_is_none_of_two: Narrower,
        { allow ecs::* on * when acs::UserAgent != ["cli", "sdk"]; }
        { allow ecs::* on * when acs::UserAgent != "cli"; };
    a_value_of_a_pattern: Narrower,
        { allow ecs::* on * when acs::UserAgent == "cli/1"; }
        { allow ecs::* on * when acs::UserAgent like "cli/*"; };
    a_pattern_of_anything_asks_for_the_key: Narrower,
        { allow ecs::* on * when acs::UserAgent like "*"; } { allow ecs::* on *; };
    a_denied_pattern_of_anything_asks_for_no_key: Apart,
        { allow ecs::* on * when acs::UserAgent not like "*"; }
        { allow ecs::* on * when acs::UserAgent like "*"; };
    patterns_that_cross: Crossing,
        { allow ecs::* on * when acs::UserAgent like "a*"; }
        { allow ecs::* on * when acs::UserAgent like "*z"; };
    letter_case: Narrower,
        { allow ecs::* on * when acs::UserAgent == "cli"; }
        { allow ecs::* on * when acs::UserAgent StringEqualsIgnoreCase "CLI"; };
    letter_case_of_another_spelling: Same,
        { allow ecs::* on * when acs::UserAgent StringEqualsIgnoreCase "cLi"; }
        { allow ecs::* on * when acs::UserAgent StringEqualsIgnoreCase "CLI"; };
    every_spelling: Same,
        { allow ecs::* on * when acs::UserAgent StringEqualsIgnoreCase "AB"; }
        { allow ecs::* on * when acs::UserAgent == ["ab", "aB", "Ab", "AB"]; };
    a_spelling_left_out: Narrower,
        { allow ecs::* on * when acs::UserAgent == ["ab", "aB", "AB"]; }
        { allow ecs::* on * when acs::UserAgent StringEqualsIgnoreCase "AB"; };
    letter_case_beyond_ascii_counts: Apart,
        { allow ecs::* on * when acs::UserAgent StringEqualsIgnoreCase "\u{e9}"; }
        { allow ecs::* on * when acs::UserAgent StringEqualsIgnoreCase "\u{c9}"; };
    one_character_is_not_one_byte: Narrower,
        { allow ecs::* on * when acs::UserAgent == "\u{4e2d}"; }
        { allow ecs::* on * when acs::UserAgent like "?"; };
    a_literal_star: Narrower,
        { #![allow(literal_wildcard)] allow ecs::* on * when acs::UserAgent == "a*"; }
        { allow ecs::* on * when acs::UserAgent like "a*"; };

    // Several values, and none.
    two_tags_at_once: Narrower,
        { allow ecs::* on * when ecs::tag["a"] == "x" and ecs::tag["b"] == "y"; }
        { allow ecs::* on * when ecs::tag["a"] == "x"; };
    tags_of_other_keys: Crossing,
        { allow ecs::* on * when ecs::tag["a"] == "x"; }
        { allow ecs::* on * when ecs::tag["A"] == "x"; };
    a_tag_can_have_two_values: Crossing,
        { allow ecs::* on * when ecs::tag["a"] == "x"; }
        { allow ecs::* on * when ecs::tag["a"] == "y"; };
    a_tag_with_two_values_has_both: Narrower,
        { allow ecs::* on * when ecs::tag["a"] == "x" and ecs::tag["a"] StringLike "y"; }
        { allow ecs::* on * when ecs::tag["a"] == "x" ; };
    a_common_key_has_one_value: Apart,
        { allow ecs::* on * when acs::UserAgent == "x"; }
        { allow ecs::* on * when acs::UserAgent == "y"; };
    a_value_that_is_forbidden: NothingLeft,
        { allow ecs::* on * when ecs::tag["a"] == "x"; deny ecs::* on * when ecs::tag["a"] like "x*"; }
        { allow ecs::* on * when ecs::tag["a"] == "x"; };
    a_second_value_that_is_forbidden: Narrower,
        { allow ecs::* on * when ecs::tag["a"] == "x" and ecs::tag["a"] != "y"; }
        { allow ecs::* on * when ecs::tag["a"] == "x"; };
    without_the_key_a_negated_test_holds: Narrower,
        { allow ecs::* on * when acs::SourceIp in "10.0.0.0/8"; }
        { allow ecs::* on * when acs::UserAgent != "x"; allow ecs::* on * when acs::SourceIp in "10.0.0.0/8"; };
    a_denial_without_the_key: Narrower,
        { allow ecs::* on *; deny ecs::* on * when acs::SourceIp not in "10.0.0.0/8"; }
        { allow ecs::* on *; deny ecs::* on * when acs::UserAgent == "x" and acs::SourceIp not in "10.0.0.0/8"; };
    a_gate_that_lets_pass_who_has_no_key: Narrower,
        { allow ecs::* on * when acs::MFAPresent == true; }
        { allow ecs::* on *; deny ecs::* on * when acs::MFAPresent == false; };

    // Addresses.
    an_address_of_a_block: Narrower,
        { allow ecs::* on * when acs::SourceIp in "10.1.2.3"; }
        { allow ecs::* on * when acs::SourceIp in "10.0.0.0/8"; };
    halves_of_a_block: Same,
        { allow ecs::* on * when acs::SourceIp in ["10.0.0.0/9", "10.128.0.0/9"]; }
        { allow ecs::* on * when acs::SourceIp in "10.0.0.0/8"; };
    neighbours: Apart,
        { allow ecs::* on * when acs::SourceIp in "10.0.0.0/9"; }
        { allow ecs::* on * when acs::SourceIp in "10.128.0.0/9"; };
    one_address_left_out: Narrower,
        { allow ecs::* on * when acs::SourceIp in "10.0.0.0/30" and acs::SourceIp not in "10.0.0.2"; }
        { allow ecs::* on * when acs::SourceIp in "10.0.0.0/30"; };
    every_address_left_out: NothingLeft,
        { allow ecs::* on * when acs::SourceIp in "10.0.0.0/30";
          deny ecs::* on * when acs::SourceIp in ["10.0.0.0/31", "10.0.0.2", "10.0.0.3"]; }
        { allow ecs::* on * when acs::SourceIp in "10.0.0.0/30"; };
    both_kinds_of_address: Narrower,
        { allow ecs::* on * when acs::SourceIp in "0.0.0.0/0"; }
        { allow ecs::* on * when acs::SourceIp in ["0.0.0.0/0", "::/0"]; };
    any_address_and_a_missing_one: Same,
        { allow ecs::* on * when acs::SourceIp in ["0.0.0.0/0", "::/0"];
          allow ecs::* on * when acs::SourceIp not in ["0.0.0.0/0", "::/0"]; }
        { allow ecs::* on *; };
    blocks_of_version_6: Narrower,
        { allow ecs::* on * when acs::SourceIp in "2001:db8::/48"; }
        { allow ecs::* on * when acs::SourceIp in "2001:db8::/32"; };

    // Instants, numbers, truth values.
    before: Narrower,
        { allow ecs::* on * when acs::CurrentTime < "2026-01-01T00:00:00Z"; }
        { allow ecs::* on * when acs::CurrentTime <= "2026-01-01T00:00:00Z"; };
    the_same_instant: Same,
        { allow ecs::* on * when acs::CurrentTime < "2026-01-01T08:00:00+08:00"; }
        { allow ecs::* on * when acs::CurrentTime < "2026-01-01T00:00:00Z"; };
    before_and_from_then_on: Apart,
        { allow ecs::* on * when acs::CurrentTime < "2026-01-01T00:00:00Z"; }
        { allow ecs::* on * when acs::CurrentTime >= "2026-01-01T00:00:00Z"; };
    a_span_and_its_end: Narrower,
        { allow ecs::* on * when acs::CurrentTime > "2026-01-01T00:00:00Z" and acs::CurrentTime < "2026-01-01T00:00:01Z"; }
        { allow ecs::* on * when acs::CurrentTime > "2026-01-01T00:00:00Z"; };
    no_instant_between: NothingLeft,
        { #![allow(unmatchable_statement)] allow ecs::* on * when acs::CurrentTime > "2026-01-01T00:00:00Z" and acs::CurrentTime < "2026-01-01T00:00:00Z"; }
        { allow ecs::* on *; };
    before_the_first_year: Narrower,
        { allow ecs::* on * when acs::CurrentTime < "0000-01-01T00:00:00Z"; }
        { allow ecs::* on * when acs::CurrentTime < "0000-01-01T00:00:01Z"; };
    after_the_last_year: Narrower,
        { allow ecs::* on * when acs::CurrentTime > "9999-12-31T23:59:59.999999999Z"; }
        { allow ecs::* on * when acs::CurrentTime > "9999-12-31T23:59:59Z"; };
    numbers: Narrower,
        { allow ecs::* on * when ecs::Bandwidth < 10; }
        { allow ecs::* on * when ecs::Bandwidth <= 10; };
    several_numbers_may_lie_on_both_sides: Crossing,
        { allow ecs::* on * when ecs::Bandwidth < 10; } { allow ecs::* on * when ecs::Bandwidth > 10; };
    numbers_on_both_sides_and_between: Narrower,
        { allow ecs::* on * when ecs::Bandwidth NumericEquals 10; }
        { allow ecs::* on * when ecs::Bandwidth NumericGreaterThan 9 and ecs::Bandwidth NumericLessThan 11; };
    any_number: Same,
        { allow ecs::* on * when ecs::Bandwidth < 10; allow ecs::* on * when ecs::Bandwidth >= 10;
          allow ecs::* on * when ecs::Bandwidth != 7; }
        { allow ecs::* on *; };
    written_otherwise: Same,
        { allow ecs::* on * when ecs::Bandwidth == 10; }
        { allow ecs::* on * when ecs::Bandwidth NumericEquals "10.00"; };
    a_truth_value: Apart,
        { allow ecs::* on * when acs::MFAPresent == true; }
        { allow ecs::* on * when acs::MFAPresent == false; };
    either_truth_value: Narrower,
        { allow ecs::* on * when acs::MFAPresent == true; allow ecs::* on * when acs::MFAPresent == false; }
        { allow ecs::* on *; };
}

/// `name: relation, left, right;`: documents that the checker would refuse.
macro_rules! unchecked_cases {
    ($($name:ident: $relation:expr, $left:literal, $right:literal;)*) => {
        $(#[test]
        fn $name() -> Result<(), RequestError> {
            let read = |statements: &str| {
                policy_of(&format!(r#"{{"Version":"1","Statement":[{statements}]}}"#))
            };
            check($relation, &read($left), &read($right))
        })*
    };
}

unchecked_cases! {
    a_value_of_no_form_allows_nothing: NothingLeft,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"IpAddress":{"acs:SourceIp":"here"}}}"#,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"}"#;
    a_value_of_no_form_denies_who_has_the_key: Same,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"},{"Effect":"Deny","Action":"ecs:*","Resource":"*","Condition":{"IpAddress":{"acs:SourceIp":"here"}}}"#,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"NotIpAddress":{"acs:SourceIp":["0.0.0.0/0","::/0"]}}}"#;
    a_negated_value_of_no_form_denies_all: NothingLeft,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"},{"Effect":"Deny","Action":"ecs:*","Resource":"*","Condition":{"NotIpAddress":{"acs:SourceIp":"here"}}}"#,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"}"#;
    a_negated_value_of_no_form_allows_who_lacks_the_key: Same,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"NotIpAddress":{"acs:SourceIp":"here"}}}"#,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"NotIpAddress":{"acs:SourceIp":["0.0.0.0/0","::/0"]}}}"#;
    an_operator_that_cannot_read_the_key: NothingLeft,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"NumericEquals":{"acs:SourceIp":"1"}}}"#,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"}"#;
    one_spelling_of_a_truth_value: Narrower,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"StringEquals":{"acs:MFAPresent":"true"}}}"#,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"Bool":{"acs:MFAPresent":"true"}}}"#;
    two_spellings_of_a_truth_value: Apart,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"StringEquals":{"acs:MFAPresent":"true"}}}"#,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"StringLike":{"acs:MFAPresent":"T*"}}}"#;
    truth_values_as_text: Same,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"StringEqualsIgnoreCase":{"acs:MFAPresent":"tRue"}}}"#,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"Bool":{"acs:MFAPresent":"true"}}}"#;
    text_compared_as_a_truth_value_too: Apart,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"StringLike":{"acs:UserAgent":"t*"}}}"#,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"Bool":{"acs:UserAgent":"false"}}}"#;
    a_misspelt_key_may_still_be_there: Narrower,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"StringEquals":{"acs:useragent":"x"}}}"#,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"}"#;
    a_resource_that_is_no_arn: NothingLeft,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"acs:ecs:cn-hangzhou"}"#,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"}"#;
    a_service_in_the_wrong_case: NothingLeft,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"acs:ECS:*:*:*"}"#,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"}"#;
    a_request_for_star_has_the_code_of_its_action: Narrower,
        r#"{"Effect":"Allow","Action":"a-b:*","Resource":"acs:a-b:*:*:*"}"#,
        r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
    a_code_that_no_arn_can_have: Nothing,
        r#"{"Effect":"Allow","Action":"b_a:*","Resource":"acs:a_b:*:*:*"}"#,
        r#"{"Effect":"Allow","Action":"b_a:*","Resource":"*"}"#;
    an_action_without_a_colon: NothingLeft,
        r#"{"Effect":"Allow","Action":"e.s","Resource":"*"}"#,
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"}"#;
    no_statement: NothingLeft, "", r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"}"#;
    no_statements: Nothing, "", "";
}

#[test]
fn a_key_that_is_compared_in_two_ways_is_not_guessed_at() -> Result<(), Box<dyn std::error::Error>>
{
    let read = |condition: &str| {
        let text = format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{condition}}}]}}"#
        );
        Policy::from_json_lenient(text).map(|imported| imported.policy)
    };
    let as_text = read(r#"{"StringLike":{"acs:SourceIp":"10.*"}}"#)?;
    let as_address = read(r#"{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}"#)?;
    let reason = "unknown: `acs:SourceIp` is compared as text and as another type, which is not \
                  decided together";
    assert_eq!(as_text.within(&as_address).to_string(), reason);
    // What does not hang on the key is decided all the same.
    let not_text = read(r#"{"StringNotLike":{"acs:SourceIp":"10.*"}}"#)?;
    assert!(matches!(not_text.within(&as_address), Proof::No(_)));
    let all = ram_policy::policy! { allow ecs::* on *; };
    assert!(as_text.within(&all).is_yes());
    Ok(())
}
