use ram_policy::{Policy, policy};

/// Runs web servers, and deletes them from the office.
const SERVERS: Policy = policy! {
    allow ecs::*Instance on "acs:ecs:cn-hangzhou:*:instance/*";
    deny ecs::DeleteInstance on * when acs::SourceIp not in "192.0.2.0/24";
    never ecs::Delete* on "acs:ecs:*:*:instance/*" when acs::SourceIp not in "192.0.2.0/25";
};

fn main() {
    println!("{SERVERS}");
}
