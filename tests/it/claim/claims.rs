//! Claims leave nothing behind: a policy with them is the policy without them.

use ram_policy::{Policy, ServiceLinkedRole, policy, policy_file, service_linked_role};

const BOUNDARY: Policy = policy! { allow ecs::*, ram::* on *; };

/// `name: { policy }, { claims };`: what a policy prints and decides with claims and without.
macro_rules! same {
    ($($name:ident: { $($policy:tt)* }, { $($claims:tt)* };)*) => {
        $(#[test]
        fn $name() {
            const PLAIN: Policy = policy! { $($policy)* };
            const CLAIMED: Policy = policy! { $($claims)* $($policy)* };
            assert_eq!(CLAIMED, PLAIN);
            assert_eq!(CLAIMED.to_json_pretty(), PLAIN.to_json_pretty());
            for action in ["ecs:StopInstance", "ecs:StartInstance", "ram:GetUser", "oss:GetObject"] {
                for address in ["10.0.0.1", "192.0.2.1"] {
                    let request = ram_policy::Request::new(action, "*")
                        .and_then(|request| request.with_named("acs:SourceIp", address))
                        .expect(action);
                    assert_eq!(CLAIMED.evaluate(&request), PLAIN.evaluate(&request), "{action}");
                }
            }
        })*
    };
}

same! {
    allowed: { allow ecs::StopInstance on *; }, { allows ecs::StopInstance on *; };
    several_actions: { allow ecs::{StopInstance, StartInstance} on *; },
        { allows ecs::{StopInstance, StartInstance}, "ecs:stopinstance" on "acs:ecs:cn-hangzhou:1:instance/i-1"; };
    with_values: { allow ecs::StopInstance on * when acs::SourceIp in "10.0.0.0/8"; },
        { allows ecs::StopInstance on * with { acs::SourceIp: "10.0.0.1" };
          allows ecs::StopInstance on * with { acs::SourceIp: ["192.0.2.1", "10.0.0.1"], acs::MFAPresent: true };
          denies ecs::StopInstance on * with { acs::SourceIp: "192.0.2.1" }; };
    instants: { allow ecs::StopInstance on * when acs::CurrentTime < "2027-01-01T00:00:00+08:00"; },
        { allows ecs::StopInstance on * with { acs::CurrentTime: "2026-12-31T00:00:00Z" }; };
    denied: { allow ecs::* on *; deny ecs::StopInstance on *; },
        { denies ecs::StopInstance on *; denies oss::GetObject on *; allows ecs::StartInstance on *; };
    never: { allow ecs::*, ram::Get* on *; deny ram::* on *; }, { never ram::*; never oss::*; };
    never_under_conditions: { allow ecs::* on * when acs::MFAPresent == true; },
        { never ecs::* when acs::MFAPresent == false; };
    within_a_policy: { allow ecs::* on *; }, { within { allow ecs::*, oss::* on *; }; };
    within_a_file: { allow ecs::StopInstance on *; }, { within "ui/files/stop.json"; };
    within_a_constant: { allow ecs::* on *; }, { within BOUNDARY; within super::claims::BOUNDARY; };
    within_guardrails: { allow ecs::Describe* on "acs:ecs:cn-hangzhou:1:*" when acs::MFAPresent == true; },
        { within guardrail::no_privilege_escalation; within guardrail::read_only; within guardrail::requires_mfa;
          within guardrail::one_region("cn-hangzhou"); within guardrail::one_account("1"); };
    before_a_document: { "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*" }] },
        { allows ecs::StopInstance on *; never ram::*; within BOUNDARY; };
    vouched_for: { allow unlisted ecs::BrandNew on *; }, { allows unlisted ecs::BrandNew on *; };
}

#[test]
fn claims_stand_anywhere_among_the_items() {
    let claimed = policy! {
        allow ecs::StopInstance on *;
        never ram::*;
        allow ecs::StartInstance on *;
        allows ecs::StartInstance on *;
        version "1";
        within BOUNDARY;
    };
    assert_eq!(
        claimed,
        policy! { allow ecs::StopInstance on *; allow ecs::StartInstance on *; version "1"; }
    );
}

#[test]
fn claims_of_a_file_and_of_a_role() {
    let stop = policy_file!(allows ecs::StopInstance on *; never ram::*; within BOUNDARY; "ui/files/stop.json");
    assert_eq!(stop, policy_file!("ui/files/stop.json"));
    // A byte order mark is no part of a file.
    assert_eq!(
        stop,
        policy_file!(within "ui/files/stop-with-mark.json"; "ui/files/stop-with-mark.json")
    );
    const ROLE: ServiceLinkedRole = service_linked_role! {
        role: AliyunServiceRoleForMqttTunnel,
        policy: AliyunServiceRolePolicyForMqttTunnel,
        service: "ep-tunnel.mqtt.aliyuncs.com",
        permissions: {
            never ecs::*;
            allow vpc::DescribeVSwitches on "acs:vpc:*:*:*";
            allow ram::DeleteServiceLinkedRole on *
                when ram::ServiceName == "ep-tunnel.mqtt.aliyuncs.com";
            within guardrail::no_privilege_escalation;
        },
    };
    assert_eq!(ROLE.permissions().document().statements.len(), 2);
}
