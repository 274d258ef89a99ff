//! A file with two mistakes, told wherever a policy is.

use ram_policy::{
    Policy, PolicyTemplate, ServiceLinkedRole, TrustPolicy, policy, policy_file,
    service_linked_role, trust_policy,
};

const TYPED: Policy = policy! { allow ecs::LevitateInstance on *; };

const TEMPLATE: PolicyTemplate = policy! {
    <account>
    allow ecs::StopInstance on "acs:ecs:*:{account}:instance/*";
};

const TRUST: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by service "ecs.aliyuncs.com";
};

const FILE: Policy = policy_file!("files/levitate.json");

const ROLE: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForLevitation,
    policy: AliyunServiceRolePolicyForLevitation,
    service: "levitation.aliyuncs.com",
    permissions: {
        allow ecs::LevitateInstance on *;
    },
};

fn main() {}
