use ram_policy::{Policy, policy};

/// Stops web servers.
const SERVERS: Policy = policy! {
    allow ecs::StopInstance on * when ecs::tag["stage"] == "test" or "demo";
};

fn main() {
    println!("{SERVERS}");
}
