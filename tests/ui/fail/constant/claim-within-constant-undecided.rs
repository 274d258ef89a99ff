use ram_policy::{Policy, policy};

/// What every team keeps within.
const BOUNDARY: Policy = policy! {
    allow ecs::StopInstance on * when acs::SourceIp in "10.0.0.0/9";
    allow ecs::StopInstance on * when acs::SourceIp in "10.128.0.0/9";
};

/// Stops web servers from the office, which is both halves.
const SERVERS: Policy = policy! {
    allow ecs::StopInstance on * when acs::SourceIp in "10.0.0.0/8";
    within BOUNDARY;
};

fn main() {
    println!("{SERVERS}");
}
