use ram_policy::{Policy, policy};

/// Starts and stops web servers.
const SERVERS: Policy = policy! {
    allow ecs::StartInstance on *
    allow ecs::StopInstance on *;
};

fn main() {
    println!("{SERVERS}");
}
