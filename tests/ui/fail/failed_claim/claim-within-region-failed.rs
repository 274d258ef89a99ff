use ram_policy::{Policy, policy};

/// Runs web servers.
const SERVERS: Policy = policy! {
    allow ecs::*Instance on "acs:ecs:cn-*:*:instance/*";
    within guardrail::one_region("cn-hangzhou");
};

fn main() {
    println!("{SERVERS}");
}
