use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
    allow ecs:: on *;
};

fn main() {
    println!("{STOP}");
}
