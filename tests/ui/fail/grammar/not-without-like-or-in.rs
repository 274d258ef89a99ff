use ram_policy::{Policy, policy};

/// Stops the web servers of other owners.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *
        when ecs::tag["owner"] not "zhangsan";
};

fn main() {
    println!("{STOP}");
}
