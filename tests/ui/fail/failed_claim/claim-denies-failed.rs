use ram_policy::{Policy, policy};

/// Runs web servers.
const SERVERS: Policy = policy! {
    allow ecs::*Instance on *;
    deny ecs::DeleteInstance on * when acs::SourceIp in "192.0.2.0/24";
    denies ecs::DeleteInstance on "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
};

fn main() {
    println!("{SERVERS}");
}
