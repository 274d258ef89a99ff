use ram_policy::{Policy, policy};

/// Stops web servers.
const SERVERS: Policy = policy! {
    version = "1";
    allow ecs::StopInstance on *;
};

fn main() {
    println!("{SERVERS}");
}
