use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *;
    allows ecs::StopInstance on * when acs::SourceIp in "10.0.0.0/8";
};

fn main() {
    println!("{STOP}");
}
