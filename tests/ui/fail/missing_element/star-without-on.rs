use ram_policy::{Policy, policy};

/// Stops web servers.
const SERVERS: Policy = policy! {
    allow ecs::StopInstance *;
};

fn main() {
    println!("{SERVERS}");
}
