use ram_policy::{Policy, policy};

/// Stops web servers.
const SERVERS: Policy = policy! {
    allow ecs::StopInstance on * when acs::SourceIp in ("10.0.0.0/8", "192.0.2.7");
};

fn main() {
    println!("{SERVERS}");
}
