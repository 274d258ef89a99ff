use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
    statements only;
    version "1";
    allow ecs::StopInstance on *;
};

fn main() {
    println!("{STOP}");
}
