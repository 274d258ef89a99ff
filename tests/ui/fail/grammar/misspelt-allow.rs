use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
    alow ecs::StopInstance on *;
};

fn main() {
    println!("{STOP}");
}
