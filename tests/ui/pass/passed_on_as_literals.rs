//! Texts that another macro passes on as literals, which Rust wraps in a group of their own.

use ram_policy::{Policy, PolicyTemplate, ServiceLinkedRole};
use ram_policy::{policy, policy_file, service_linked_role};

macro_rules! on_resource {
    ($resource:literal) => {
        policy! { allow ecs::{StartInstance, StopInstance} on $resource; }
    };
}

macro_rules! on_resource_in_json {
    ($resource:literal) => {
        policy! {
          "Version": "1",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": ["ecs:StartInstance", "ecs:StopInstance"],
              "Resource": $resource
            }
          ]
        }
    };
}

macro_rules! by_owner {
    ($action:literal, $key:literal, $owner:literal) => {
        policy! { allow $action on * when $key == $owner; }
    };
}

macro_rules! by_owner_in_json {
    ($action:literal, $key:literal, $owner:literal) => {
        policy! {
          "Version": "1",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": $action,
              "Resource": "*",
              "Condition": { "StringEquals": { $key: $owner } }
            }
          ]
        }
    };
}

macro_rules! shorter_than {
    ($seconds:literal) => {
        policy! { allow sts::AssumeRole on * when sts::DurationSeconds < $seconds; }
    };
}

macro_rules! printed_as {
    ($words:literal) => {
        policy! { <account = $words> allow ram::GetUser on "acs:ram:*:{account}:user/*"; }
    };
}

macro_rules! from_file {
    ($path:literal) => {
        policy_file!($path)
    };
}

macro_rules! role_of {
    ($service:literal) => {
        service_linked_role! {
            role: AliyunServiceRoleForApiGatewayMonitoring,
            policy: AliyunServiceRolePolicyForApiGatewayMonitoring,
            service: $service,
            permissions: {
                allow cms::DescribeMonitorGroups on "acs:cms:*:*:*";
            },
        }
    };
}

const TYPED: Policy = on_resource!("acs:ecs:*:*:instance/*");
const JSON: Policy = on_resource_in_json!("acs:ecs:*:*:instance/*");
const BY_OWNER: Policy = by_owner!("ecs:StopInstance", "ecs:tag/owner", "zhangsan");
const BY_OWNER_IN_JSON: Policy = by_owner_in_json!("ecs:StopInstance", "ecs:tag/owner", "zhangsan");
const SHORT: Policy = shorter_than!(3600);
const PRINTED: PolicyTemplate = printed_as!("Alibaba Cloud account ID");
const FILE: Policy = from_file!("ui/files/servers.json");
const ROLE: ServiceLinkedRole = role_of!("monitor.apigateway.aliyuncs.com");

fn main() {
    assert_eq!(TYPED, JSON);
    assert_eq!(BY_OWNER, BY_OWNER_IN_JSON);
    assert!(SHORT.to_json().contains(r#""NumericLessThan":{"sts:DurationSeconds":"3600"}"#));
    assert!(PRINTED.to_json().contains("acs:ram:*:Alibaba Cloud account ID:user/*"));
    assert!(FILE.to_json().contains("203.0.113.0/24"));
    assert_eq!(ROLE.service(), Some("monitor.apigateway.aliyuncs.com"));
}
