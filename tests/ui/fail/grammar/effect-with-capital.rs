use ram_policy::{Policy, policy};

/// Stops web servers.
const SERVERS: Policy = policy! {
    Allow ecs::StopInstance on *;
};

fn main() {
    println!("{SERVERS}");
}
