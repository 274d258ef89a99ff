use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
    version "2";
    allow ecs::StopInstance on *;
};

fn main() {
    println!("{STOP}");
}
