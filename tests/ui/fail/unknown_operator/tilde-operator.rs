use ram_policy::{Policy, policy};

/// Stops web servers.
const SERVERS: Policy = policy! {
    allow ecs::StopInstance on * when ecs::tag["owner"] =~ "team-.*";
};

fn main() {
    println!("{SERVERS}");
}
