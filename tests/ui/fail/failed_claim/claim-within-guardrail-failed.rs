use ram_policy::{Policy, policy};

/// Looks after users.
const USERS: Policy = policy! {
    #![allow(privilege_escalation)]
    allow ram::*User* on *;
    within guardrail::no_privilege_escalation;
};

fn main() {
    println!("{USERS}");
}
