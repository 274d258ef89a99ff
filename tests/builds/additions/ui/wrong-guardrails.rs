use ram_policy::{Policy, policy};

/// Runs web servers.
const SERVERS: Policy = policy! {
    allow ecs::RunInstances on *;
};

fn main() {
    println!("{SERVERS}");
}
