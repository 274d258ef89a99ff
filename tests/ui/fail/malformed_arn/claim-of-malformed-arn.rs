use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *;
    allows ecs::StopInstance on "acs:ecs:cn-hangzhou:instance/i-1";
};

fn main() {
    println!("{STOP}");
}
