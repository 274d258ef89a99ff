//! Typed requests: what they decide by their fields is what the policy decides by their names.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

use core::net::IpAddr;

use proptest::prelude::*;
use ram_policy::{Checker, Date, Decision, Ecs, Oss, RequestError, request_for};
use ram_policy_forms::{Form, Reader};

request_for! {
    /// Every kind of value, positive and negated, of statements that several actions need.
    const ALL;
    #[derive(PartialEq)]
    struct ByAll;

    #![allow(deny_without_key, mfa_gate, unfilled_key, partly_unfilled_key, operator_type, useless_resource)]
    allow ecs::{StartInstance, StopInstance} on "acs:ecs:cn-hangzhou:*:instance/*"
        when acs::SourceIp in ["10.0.0.0/8", "2001:db8::/32"] and acs::SourceIp not in "10.1.0.0/16"
        and acs::MFAPresent == true and ecs::tag["owner"] like ["team-*", "web"];
    deny ecs::* on * when acs::CurrentTime >= "2027-01-01T00:00:00Z";
    deny ecs::StopInstance on * when ecs::tag["stage"] != "test" and acs::SecureTransport == false;
    allow oss::ListObjects on * when oss::MaxKeys <= 100 and oss::Prefix not like "secret/*";
    allow oss::* on * when acs::UserAgent StringEqualsIgnoreCase "cli" and oss::MaxKeys > 1;
}

request_for! {
    const NONE;
    struct ByNone;
    allow ecs::Describe* on *;
    deny ecs::DescribeRegions on *;
}

fn field<T: Clone + std::fmt::Debug + 'static>(values: Vec<T>) -> impl Strategy<Value = Option<T>> {
    proptest::option::of(proptest::sample::select(values))
}

fn texts(values: &[&'static str]) -> impl Strategy<Value = Option<&'static str>> {
    field(values.to_vec())
}

fn requests() -> impl Strategy<Value = ByAll<'static>> {
    let address = |text: &str| text.parse::<IpAddr>().expect("an address");
    let addresses = ["10.0.0.1", "10.1.0.1", "192.0.2.1", "2001:db8::1", "::ffff:10.0.0.1"];
    let date = |text: &str| text.parse::<Date>().expect("a date");
    let dates = ["2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z", "2027-06-01T00:00:00+08:00"];
    (
        field(addresses.map(address).to_vec()),
        field(vec![true, false]),
        texts(&["team-a", "web", "ops", ""]),
        field(dates.map(date).to_vec()),
        texts(&["test", "production"]),
        field(vec![true, false]),
        texts(&["1", "2", "100", "101", "-3.5", "no number"]),
        texts(&["secret/a", "open"]),
        texts(&["CLI", "cli", "browser"]),
    )
        .prop_map(
            |(
                source_ip,
                mfa_present,
                ecs_tag_owner,
                current_time,
                ecs_tag_stage,
                secure_transport,
                oss_max_keys,
                oss_prefix,
                user_agent,
            )| ByAll {
                source_ip,
                mfa_present,
                ecs_tag_owner,
                current_time,
                ecs_tag_stage,
                secure_transport,
                oss_max_keys,
                oss_prefix,
                user_agent,
            },
        )
}

const ACTIONS: [&str; 7] = [
    "ecs:StartInstance",
    "ecs:stopinstance",
    "ecs:DeleteInstance",
    "oss:ListObjects",
    "oss:GetObject",
    "ram:GetUser",
    "ecs:DescribeRegions",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn fields_decide_as_names_do(
        request in requests(),
        action in proptest::sample::select(ACTIONS.to_vec()),
        resource in proptest::sample::select(vec![
            "*",
            "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1",
            "acs:oss:oss-cn-hangzhou:1234567890123456:bucket",
        ]),
    ) {
        let by_name = request.to_request(action, resource).expect("a request");
        let by_fields = request.evaluate(action, resource).expect("a request");
        prop_assert_eq!(by_fields, ALL.evaluate(&by_name), "{:?} {}", request, by_name);
        // The documents once more, pattern by pattern.
        prop_assert_eq!(by_fields, ALL.evaluate_by_name(&by_name));
    }
}

#[test]
fn a_policy_without_conditions_has_no_fields() {
    let request = ByNone {};
    assert_eq!(request.evaluate(Ecs::DescribeDisks, "*"), Ok(Decision::Allow { statement: 0 }));
    let denied = request.evaluate(Ecs::DescribeRegions, "*");
    assert_eq!(denied, Ok(Decision::ExplicitDeny { statement: 1 }));
    assert_eq!(request.evaluate(Oss::GetObject, "*"), Ok(Decision::ImplicitDeny));
    assert!(NONE.to_json().contains("ecs:DescribeRegions"));
}

/// Whoever reads Rust source finds the policy.
#[test]
fn its_policy_is_found_in_source() {
    let text = "request_for! { pub const A; pub struct B; allow ecs::StopInstanc on *; }";
    let policies = Reader::new(Form::Rust).read(text).policies;
    assert_eq!(policies.len(), 1);
    for policy in policies {
        let checked = policy.check(None, &Checker::new());
        let found: Vec<&str> = checked.findings.iter().map(|one| one.rule.name()).collect();
        assert_eq!(found, ["unknown_action"]);
    }
}

#[test]
fn what_is_no_request_is_an_error() {
    let request = ByNone {};
    assert_eq!(request.evaluate("ecs:Nothing", "*"), Err(RequestError::UnknownAction));
    assert!(request.evaluate("ecs:StopInstance", "i-1").is_err());
    assert!(request.to_request("ecs:StopInstance", "i-1").is_err());
}
