use ram_policy::{Policy, policy};

/// Stops tagged web servers.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *
        when ecs::tag == "web";
};

fn main() {
    println!("{STOP}");
}
