use ram_policy::{Policy, policy};

/// Starts and stops web servers from the office.
const SERVERS: Policy = policy! {
    allow ecs::{StartInstance, StopInstance} on * when acs::SourceIp in "192.0.2.0/24";
    allows ecs::StopInstance on "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1"
        with { acs::SourceIp: "198.51.100.7" };
};

fn main() {
    println!("{SERVERS}");
}
