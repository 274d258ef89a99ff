use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *;
    allows ecs::StopInstance on * with { acs::SourceIP: "10.0.0.1" };
};

fn main() {
    println!("{STOP}");
}
