use ram_policy::{Policy, policy};

/// Everything of ECS.
const VIEW: Policy = policy! {
    allow every action of ecs on *;
};

fn main() {
    println!("{VIEW}");
}
