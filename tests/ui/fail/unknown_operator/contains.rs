use ram_policy::{Policy, policy};

/// Stops web servers.
const SERVERS: Policy = policy! {
    allow ecs::StopInstance on * when ecs::tag["owner"] contains "team";
};

fn main() {
    println!("{SERVERS}");
}
