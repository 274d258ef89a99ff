use ram_policy::{Policy, policy};

/// Runs web servers with any role, and looks after keys.
const SERVERS: Policy = policy! {
    #![allow(pass_role_anywhere)]
    allow ecs::RunInstances on *;
    allow kms::{DescribeKey, ScheduleKeyDeletion} on "acs:kms:*:*:key/*";
    allow ram::PassRole on "acs:ram:*:*:role/web-*";
};

/// Hands a role to the one service that it is for.
const FUNCTIONS: Policy = policy! {
    allow ram::PassRole on "acs:ram:*:*:role/fc" when acs::Service == "fc.aliyuncs.com";
};

fn main() {
    println!("{SERVERS}{FUNCTIONS}");
}
