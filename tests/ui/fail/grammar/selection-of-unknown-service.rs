use ram_policy::{Policy, policy};

/// Reads everything of ECS.
const VIEW: Policy = policy! {
    allow every read of esc on *;
};

fn main() {
    println!("{VIEW}");
}
