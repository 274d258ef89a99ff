use ram_policy::{Policy, policy};

/// Stops web servers.
const SERVERS: Policy = policy! {
    allow ecs::StopInstance "acs:ecs:*:*:instance/*";
};

fn main() {
    println!("{SERVERS}");
}
