//! Tokens that another macro passes on.

use ram_policy::{Policy, ServiceLinkedRole, policy, service_linked_role};

/// All tokens as they are.
macro_rules! policies {
    ($($name:ident = { $($policy:tt)* })*) => {
        $(const $name: Policy = policy! { $($policy)* };)*
    };
}

policies! {
    TYPED = { allow ecs::{StartInstance, StopInstance} on "acs:ecs:*:*:instance/*"; }
    JSON = {
      "Version": "1",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["ecs:StartInstance", "ecs:StopInstance"],
          "Resource": "acs:ecs:*:*:instance/*"
        }
      ]
    }
}

/// The names of actions.
macro_rules! actions {
    ($service:ident: $($action:ident)*) => {
        policy! { allow $service::{$($action),*} on "acs:ecs:*:*:instance/*"; }
    };
}

const ACTIONS: Policy = actions!(ecs: StartInstance StopInstance);

/// One token each.
macro_rules! tokens {
    ($effect:tt, $actions:tt, $resource:tt) => {
        policy! { $effect ecs::$actions on $resource; }
    };
}

const TOKENS: Policy = tokens!(allow, {StartInstance, StopInstance}, "acs:ecs:*:*:instance/*");

/// The names of a role and its policy.
macro_rules! role {
    ($role:ident, $policy:ident) => {
        service_linked_role! {
            role: $role,
            policy: $policy,
            service: none,
            permissions: {
                allow eventbridge::PutEvents on *;
            },
        }
    };
}

const ROLE: ServiceLinkedRole = role!(AliyunServiceRoleForEvents, AliyunServiceRolePolicyForEvents);

/// A macro that makes a macro that makes a policy.
macro_rules! define {
    ($name:ident) => {
        macro_rules! $name {
            () => {
                policy! { allow ecs::{StartInstance, StopInstance} on "acs:ecs:*:*:instance/*"; }
            };
        }
    };
}

define!(servers);

fn main() {
    for policy in [JSON, ACTIONS, TOKENS, servers!()] {
        assert_eq!(policy, TYPED);
    }
    assert_eq!(ROLE.policy_name(), "AliyunServiceRolePolicyForEvents");
    assert_eq!(format!("{:?}", policy! { deny * on *; }), format!("{:?}", policy!(deny * on *)));
}
