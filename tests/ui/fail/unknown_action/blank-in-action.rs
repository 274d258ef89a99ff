use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
    allow "ecs:Stop Instance" on *;
};

fn main() {
    println!("{STOP}");
}
