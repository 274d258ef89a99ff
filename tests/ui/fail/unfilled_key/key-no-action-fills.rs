use ram_policy::{Policy, policy};

/// Stops small web servers.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *
        when ecs::InstanceType == "ecs.t6-c1m1.large";
};

fn main() {
    println!("{STOP}");
}
