//! Levels are the author's: what is an error or a warning by default can be allowed.

#![deny(warnings)]

use ram_policy::{Policy, ServiceLinkedRole, policy, policy_file, service_linked_role};

const EVERYTHING: Policy = policy! {
    #![allow(star_on_star, unknown_action)]
    #![allow(empty_wildcard)]
    allow * on *;
    allow ecs::{StopInstanc, Stopp*} on *;
};

const FILE: Policy = policy_file!(#![allow(star_on_star)] "ui/files/everything.json");

const ROLE: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForEverything,
    policy: AliyunServiceRolePolicyForEverything,
    service: "everything.aliyuncs.com",
    permissions: {
        #![allow(star_on_star)]
        allow * on *;
    },
};

fn main() {
    assert!(EVERYTHING.to_json().contains("ecs:StopInstanc"));
    assert!(FILE.to_json().contains(r#""Action":"*""#));
    assert!(ROLE.permissions().to_json().contains(r#""Action":"*""#));
}
