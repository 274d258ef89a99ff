//! The macros in a package that calls `ram-policy` by another name, as Cargo lets it.

use access::{Policy, PolicyTemplate, ServiceLinkedRole, policy, policy_file, service_linked_role};

const TYPED: Policy = policy! {
    allow ecs::StopInstance on "acs:ecs:*:*:instance/*"
        when acs::SourceIp in "203.0.113.0/24";
};

const FILE: Policy = policy_file!("stop.json");

const INCLUDED: Policy = policy! { allow every list of vpc on *; include TYPED; };

const TEMPLATE: PolicyTemplate = policy! {
    <account>
    allow ecs::StopInstance on "acs:ecs:*:{account}:instance/*";
};

const OF_TEMPLATE: PolicyTemplate = policy! { <account> include TEMPLATE; include FILE; };

const ROLE: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForApiGatewayMonitoring,
    policy: AliyunServiceRolePolicyForApiGatewayMonitoring,
    service: "monitor.apigateway.aliyuncs.com",
    permissions: {
        allow cms::DescribeMonitorGroups on "acs:cms:*:*:*";
    },
};

#[test]
fn expansions_find_the_renamed_crate() {
    assert_eq!(TYPED, FILE);
    assert!(INCLUDED.to_json().contains("203.0.113.0/24"));
    assert!(OF_TEMPLATE.parameters().eq(["account"]));
    assert!(TEMPLATE.parameters().eq(["account"]));
    assert!(ROLE.trust_policy().is_some());
}
