use ram_policy::{Policy, policy};

/// Stops the web servers of two owners.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *
        when ecs::tag["owner"] == "zhangsan" and ecs::tag["owner"] == "lisi";
};

fn main() {
    println!("{STOP}");
}
