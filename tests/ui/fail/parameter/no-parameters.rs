use ram_policy::{PolicyTemplate, policy};

/// Stops web servers.
const STOP: PolicyTemplate = policy! {
    <>
    allow ecs::StopInstance on *;
};

fn main() {
    println!("{STOP:?}");
}
