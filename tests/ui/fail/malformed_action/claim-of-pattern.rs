use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
    allow ecs::Stop* on *;
    allows ecs::Stop* on *;
};

fn main() {
    println!("{STOP}");
}
