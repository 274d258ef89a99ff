use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
    allow ecs::StopInstance on acs:ecs:*:*:instance;
};

fn main() {
    println!("{STOP}");
}
