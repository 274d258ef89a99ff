use ram_policy::{Policy, policy};

/// Stops web servers and looks at them.
const SERVERS: Policy = policy! {
    allow ecs::{DescribeInstances, StopInstance} on *;
    within "ui/files/stop.json";
};

fn main() {
    println!("{SERVERS}");
}
