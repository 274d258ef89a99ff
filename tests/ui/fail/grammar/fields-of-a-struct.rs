use ram_policy::{Policy, policy};

/// Stops web servers.
const SERVERS: Policy = policy! {
    effect: allow, action: ecs::StopInstance, resource: *;
};

fn main() {
    println!("{SERVERS}");
}
