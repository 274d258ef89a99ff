use ram_policy::{Policy, policy};

/// Stops web servers.
const SERVERS: Policy = policy! {
    allow ecs::StopInstance on * when acs::SourceIp == "10.0.0.0/8";
};

fn main() {
    println!("{SERVERS}");
}
