use ram_policy::{Policy, policy};

/// Stops the web servers of one owner.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *
        when ecs::tag["owner"] == zhangsan;
};

fn main() {
    println!("{STOP}");
}
