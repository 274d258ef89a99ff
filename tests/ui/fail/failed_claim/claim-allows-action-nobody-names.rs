use ram_policy::{Policy, policy};

/// Starts and stops web servers.
const SERVERS: Policy = policy! {
    allow ecs::{StartInstance, StopInstances} on *;
    allows ecs::{StartInstance, StopInstance} on *;
};

fn main() {
    println!("{SERVERS}");
}
