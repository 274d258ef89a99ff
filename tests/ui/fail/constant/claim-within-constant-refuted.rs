use ram_policy::{Policy, policy};

/// What every team keeps within.
const BOUNDARY: Policy = policy! {
    allow ecs::*, oss::* on *;
    deny ecs::Delete* on *;
};

/// Runs web servers.
const SERVERS: Policy = policy! {
    allow ecs::*Instance on "acs:ecs:cn-hangzhou:*:instance/*";
    within BOUNDARY;
};

fn main() {
    println!("{SERVERS}");
}
