//! Selections, wherever a policy may be.

#![deny(warnings)]

use ram_policy::{Policy, PolicyTemplate, ServiceLinkedRole, policy, service_linked_role};

const IN_A_CONST: Policy = policy! { allow every list of ecs on *; };

static IN_A_STATIC: Policy = policy! { allow every list of ecs on *; };

const WITH_A_PIN: Policy = policy! { allow every list of ecs pinned "13-fdd1ad54" on *; };

const OF_A_TEMPLATE: PolicyTemplate = policy! {
    <account>
    allow every delete of ecs taking ecs::Disk on "acs:ecs:*:{account}:disk/*";
};

const OF_A_ROLE: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForEvents,
    policy: AliyunServiceRolePolicyForEvents,
    service: none,
    permissions: { allow every list of vpc on *; },
};

/// All tokens as they are.
macro_rules! policies {
    ($($name:ident = { $($policy:tt)* })*) => {
        $(const $name: Policy = policy! { $($policy)* };)*
    };
}

policies! {
    PASSED_ON = { allow every list of ecs on *; }
}

/// A level and a service.
macro_rules! every {
    ($level:ident of $service:ident) => {
        policy! { allow every $level of $service on *; }
    };
}

const MADE: Policy = every!(list of ecs);

fn main() {
    for policy in [IN_A_STATIC.clone(), WITH_A_PIN, PASSED_ON, MADE, every!(list of ecs)] {
        assert_eq!(policy.to_json(), IN_A_CONST.to_json());
    }
    assert!(OF_A_TEMPLATE.to_json().contains("ecs:DeleteDisk"));
    assert!(OF_A_ROLE.permissions().to_json().contains("vpc:DescribeVpcs"));
}
