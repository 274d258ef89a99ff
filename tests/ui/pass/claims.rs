//! Claims that hold compile, wherever they stand.

use ram_policy::{
    Policy, ServiceLinkedRole, assert_never, assert_within, policy, policy_file,
    service_linked_role,
};

mod shared {
    use ram_policy::{Policy, policy};

    /// What every team keeps within.
    pub const BOUNDARY: Policy = policy! {
        #![allow(star_on_star)]
        allow * on *;
        deny ram::*, ims::* on *;
        deny ecs::Delete* on *;
        deny * on * when acs::SourceIp not in "10.0.0.0/8";
    };
}

const SERVERS: Policy = policy! {
    never ram::*, ims::*;
    allow ecs::{StartInstance, StopInstance} on "acs:ecs:cn-hangzhou:*:instance/*"
        when acs::SourceIp in ["10.1.0.0/16", "10.2.0.0/16"];
    allows ecs::{StartInstance, StopInstance} on "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1"
        with { acs::SourceIp: "10.1.2.3", ecs::tag["owner"]: ["a", "b"], "acs:MFAPresent": true, };
    denies unlisted ecs::BrandNew on * with {};
    denies ecs::StopInstance on *;
    within shared::BOUNDARY;
    within crate::shared::BOUNDARY;
    within guardrail::no_privilege_escalation;
    within guardrail::requires_source_network("10.0.0.0/8",);
    within { "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] };
    never ecs::Delete* on "acs:ecs:cn-hangzhou:*:*" when acs::MFAPresent == false;
};

const PASTED: Policy = policy! {
  #![deny(star_on_star)]
  never * on "acs:ecs:cn-beijing:*:*";
  within shared::BOUNDARY;
  within { #![allow(not_action_allow)] allow * except ram::* on *; };
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:StopInstance",
      "Resource": "acs:ecs:cn-hangzhou:*:instance/*",
      "Condition": { "IpAddress": { "acs:SourceIp": "10.0.0.7" } }
    }
  ]
};

/// A byte order mark is no part of a file.
const MARKED: Policy = policy_file!(allows ecs::StopInstance on *; within "ui/files/stop-with-mark.json"; "ui/files/stop-with-mark.json");
const STOP: Policy = policy_file!(allows ecs::StopInstance on *; within "ui/files/stop.json"; "ui/files/stop.json");

const TUNNEL: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForMqttTunnel,
    policy: AliyunServiceRolePolicyForMqttTunnel,
    service: "ep-tunnel.mqtt.aliyuncs.com",
    permissions: {
        allow vpc::DescribeVSwitches on "acs:vpc:*:*:*";
        allow ram::DeleteServiceLinkedRole on *
            when ram::ServiceName == "ep-tunnel.mqtt.aliyuncs.com";
        never ecs::*;
        within guardrail::no_privilege_escalation;
    },
};

assert_within!(const SERVERS, shared::BOUNDARY);
assert_within!(const STOP, "ui/files/stop.json");
assert_within!(const SERVERS, guardrail::requires_source_network("10.0.0.0/8"),);
assert_never!(const SERVERS, ram::*);

macro_rules! within_boundary {
    ($boundary:path, $($policy:tt)*) => {
        policy! { within $boundary; $($policy)* }
    };
}

fn main() {
    const LOCAL: Policy = policy! { allow ecs::* on *; };
    let stop = policy! { allow ecs::StopInstance on *; within LOCAL; denies ecs::StartInstance on *; };
    assert_within!(const STOP, LOCAL);
    assert_within!(const STOP, { allow ecs::St* on *; });
    assert_never!(const STOP, ecs::Start*, oss::* on "acs:oss:*:*:*");
    assert_never!(STOP, ram::*);
    let passed = within_boundary!(LOCAL, allow ecs::StopInstance on *;);
    assert_eq!(passed, stop);
    assert_within!(const MARKED, "ui/files/stop-with-mark.json");
    println!("{SERVERS}{PASTED}{STOP}{MARKED}{}", TUNNEL.name());
}
