use ram_policy::{Policy, assert_within, policy};

const USERS: Policy = policy! {
    #![allow(privilege_escalation)]
    allow ram::*User* on *;
};

fn main() {
    assert_within!(const USERS, guardrail::no_privilege_escalation);
    println!("{USERS}");
}
