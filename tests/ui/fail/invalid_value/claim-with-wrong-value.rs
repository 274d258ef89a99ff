use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *;
    allows ecs::StopInstance on * with { acs::SourceIp: "10.0.0.0/8" };
};

fn main() {
    println!("{STOP}");
}
