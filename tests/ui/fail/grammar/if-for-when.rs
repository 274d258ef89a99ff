use ram_policy::{Policy, policy};

/// Stops web servers.
const SERVERS: Policy = policy! {
    allow ecs::StopInstance on * if acs::MFAPresent == true;
};

fn main() {
    println!("{SERVERS}");
}
