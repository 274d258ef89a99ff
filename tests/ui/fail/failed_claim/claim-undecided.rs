use ram_policy::{Policy, policy};

/// Starts web servers from the office.
const SERVERS: Policy = policy! {
    #![allow(operator_type)]
    allow ecs::StartInstance on * when acs::SourceIp in "10.0.0.0/8";
    never ecs::StartInstance on * when acs::SourceIp like "192.168.*";
};

fn main() {
    println!("{SERVERS}");
}
