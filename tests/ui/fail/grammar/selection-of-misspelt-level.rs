use ram_policy::{Policy, policy};

/// Reads everything of ECS.
const VIEW: Policy = policy! {
    allow every reed of ecs on *;
};

fn main() {
    println!("{VIEW}");
}
