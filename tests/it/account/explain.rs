//! Explanations, as text and as data.

mod authorizer;

use ram_policy::{Decision, Effect, Mismatch, Operator, Policy, Request, RequestError, policy};

const POLICY: Policy = policy! {
    allow ecs::StopInstance on "acs:ecs:cn-hangzhou:*:instance/*"
        when acs::SourceIp in ["192.168.0.0/16", "10.0.0.1"];
    allow ecs::StopInstance on "acs:ecs:cn-beijing:*:instance/*";
    deny ecs::StopInstance on *
        when acs::MFAPresent == false and ecs::tag["env"] not like ["test-*", "dev-?"];
    allow ecs::DescribeInstances on * when acs::CurrentTime < "2020-01-01T00:00:00Z";
    allow ecs::StartInstance on * when ecs::VolumeSize <= 100;
};

const INSTANCE: &str = "acs:ecs:cn-hangzhou:1:instance/i-1";

macro_rules! cases {
    ($($name:ident: $action:literal, $resource:expr, [$(($key:literal, $value:literal)),*] => $lines:expr;)*) => {
        $(#[test]
        fn $name() -> Result<(), RequestError> {
            let request = Request::new($action, $resource)?$(.with_unchecked($key, $value))*;
            let lines: &[&str] = &$lines;
            assert_eq!(POLICY.explain(&request).to_string(), lines.join("\n"));
            Ok(())
        })*
    };
}

cases! {
    allowed_and_the_rest: "ecs:StopInstance", INSTANCE, [("acs:SourceIp", "10.0.0.1"), ("ecs:tag/env", "test-1")] => [
        "Allow",
        "statement 0: allows it",
        "statement 1: the action matches, `acs:ecs:cn-hangzhou:1:instance/i-1` is not covered by `acs:ecs:cn-beijing:*:instance/*`",
        "statement 2: action and resource match, `acs:MFAPresent` is not in the request",
    ];
    not_in_the_range: "ecs:StopInstance", INSTANCE, [("acs:SourceIp", "10.1.2.3"), ("acs:MFAPresent", "true")] => [
        "ImplicitDeny",
        "statement 0: action and resource match, `acs:SourceIp` is 10.1.2.3, not in 192.168.0.0/16 or 10.0.0.1",
        "statement 1: the action matches, `acs:ecs:cn-hangzhou:1:instance/i-1` is not covered by `acs:ecs:cn-beijing:*:instance/*`",
        "statement 2: action and resource match, `acs:MFAPresent` is true, not false",
    ];
    excluded_by_a_negated_operator: "ecs:StopInstance", "acs:ecs:cn-shanghai:1:instance/i-1", [("acs:MFAPresent", "false"), ("ecs:tag/env", "dev-1")] => [
        "ImplicitDeny",
        "statement 0: the action matches, `acs:ecs:cn-shanghai:1:instance/i-1` is not covered by `acs:ecs:cn-hangzhou:*:instance/*`",
        "statement 1: the action matches, `acs:ecs:cn-shanghai:1:instance/i-1` is not covered by `acs:ecs:cn-beijing:*:instance/*`",
        "statement 2: action and resource match, `ecs:tag/env` is dev-1, which is like test-* or dev-?",
    ];
    denied: "ecs:StopInstance", "acs:ecs:cn-beijing:1:instance/i-1", [("acs:MFAPresent", "false")] => [
        "ExplicitDeny",
        "statement 0: the action matches, `acs:ecs:cn-beijing:1:instance/i-1` is not covered by `acs:ecs:cn-hangzhou:*:instance/*`",
        "statement 1: allows it",
        "statement 2: denies it",
    ];
    denied_because_it_cannot_be_known: "ecs:StopInstance", "acs:ecs:cn-beijing:1:instance/i-1", [("acs:MFAPresent", "perhaps")] => [
        "ExplicitDeny",
        "statement 0: the action matches, `acs:ecs:cn-beijing:1:instance/i-1` is not covered by `acs:ecs:cn-hangzhou:*:instance/*`",
        "statement 1: allows it",
        "statement 2: action and resource match, `acs:MFAPresent` is perhaps, which `Bool` cannot compare, so it denies",
    ];
    too_late: "ecs:DescribeInstances", "*", [("acs:CurrentTime", "2026-11-22T09:00:00Z")] => [
        "ImplicitDeny",
        "statement 3: action and resource match, `acs:CurrentTime` is 2026-11-22T09:00:00Z, not before 2020-01-01T00:00:00Z",
    ];
    too_much: "ecs:StartInstance", "*", [("ecs:VolumeSize", "100.5")] => [
        "ImplicitDeny",
        "statement 4: action and resource match, `ecs:VolumeSize` is 100.5, more than 100",
    ];
    a_near_action: "ecs:StopInstances", INSTANCE, [] => [
        "ImplicitDeny",
        "no statement names `ecs:StopInstances`; statement 0 has `ecs:StopInstance`; statement 1 has `ecs:StopInstance`; statement 2 has `ecs:StopInstance`",
    ];
    no_near_action: "vpc:CreateVpc", "*", [] => ["ImplicitDeny", "no statement names `vpc:CreateVpc`"];
}

#[test]
fn an_explanation_is_data() -> Result<(), RequestError> {
    let request =
        Request::new("ecs:StopInstance", INSTANCE)?.with_named("acs:SourceIp", "10.1.2.3")?;
    let explanation = POLICY.explain(&request);
    assert_eq!(explanation.decision, Decision::ImplicitDeny);
    assert_eq!(explanation.action, "ecs:StopInstance");
    let first = explanation.statements.first();
    assert_eq!(first.map(|first| (first.statement, first.effect)), Some((0, Effect::Allow)));
    assert_eq!(
        first.and_then(|first| first.failed.clone()),
        Some(Mismatch::Condition {
            operator: Operator::IpAddress,
            key: "acs:SourceIp".into(),
            given: vec!["10.1.2.3".into()],
            wanted: vec!["192.168.0.0/16".into(), "10.0.0.1".into()],
            malformed: false,
        })
    );
    Ok(())
}
