use ram_policy::{Policy, policy};

/// Stops one web server.
const STOP: Policy = policy! {
    allow ecs::StopInstance on "acs:ecs:*:*:instance/{#instanceId}";
};

fn main() {
    println!("{STOP}");
}
