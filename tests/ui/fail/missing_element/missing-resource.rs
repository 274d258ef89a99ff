use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
    allow ecs::StopInstance;
};

fn main() {
    println!("{STOP}");
}
