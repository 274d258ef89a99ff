//! Includes, wherever a policy may be.

#![deny(warnings)]

use ram_policy::{Policy, PolicyTemplate, policy};

mod policies {
    use ram_policy::{Policy, policy};

    pub const VIEW: Policy = policy! { allow ecs::Describe* on *; };
    // The names of the expansion are no names of the author.
    #[allow(non_upper_case_globals)]
    pub const p: Policy = policy! { include VIEW; allow ecs::StartInstance on *; };
}

const IN_A_CONST: Policy = policy! { include policies::VIEW; allow ecs::StopInstance on *; };

static IN_A_STATIC: Policy = policy! { include crate::policies::VIEW; allow ecs::StopInstance on *; };

const OF_A_FILE: Policy = policy! { allow ecs::StartInstance on *; include "ui/files/stop.json"; };

const OF_A_TEMPLATE: PolicyTemplate = policy! {
    <account>
    allow ecs::StopInstance on "acs:ecs:*:{account}:instance/*";
};

const OF_TEMPLATES: PolicyTemplate = policy! {
    <account>
    include OF_A_TEMPLATE;
    include self::policies::p;
};

/// All tokens as they are.
macro_rules! policies {
    ($($name:ident = { $($policy:tt)* })*) => {
        $(const $name: Policy = policy! { $($policy)* };)*
    };
}

policies! {
    PASSED_ON = { include policies::VIEW; allow ecs::StopInstance on *; }
}

/// The path alone.
macro_rules! with_stop {
    ($included:path) => {
        policy! { include $included; allow ecs::StopInstance on *; }
    };
}

const MADE: Policy = with_stop!(policies::VIEW);

struct Team;

impl Team {
    const VIEW: Policy = policy! { allow ecs::Describe* on *; };
    const POLICY: Policy = policy! { include Team::VIEW; allow ecs::StopInstance on *; };
}

fn main() {
    const LOCAL: Policy = policy! { allow ecs::Describe* on *; };
    let in_a_function = policy! { include LOCAL; allow ecs::StopInstance on *; };
    for policy in [IN_A_STATIC.clone(), PASSED_ON, MADE, Team::POLICY, in_a_function] {
        assert_eq!(policy.to_json(), IN_A_CONST.to_json());
    }
    assert!(OF_A_FILE.to_json().contains("ecs:StopInstance"));
    assert!(OF_TEMPLATES.to_json().contains("ecs:StartInstance"));
}
