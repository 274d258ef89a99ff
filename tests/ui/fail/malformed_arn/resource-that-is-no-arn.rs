use ram_policy::{Policy, policy};

/// Stops one web server.
const STOP: Policy = policy! {
    allow ecs::StopInstance on "i-bp1a2b3c";
};

fn main() {
    println!("{STOP}");
}
