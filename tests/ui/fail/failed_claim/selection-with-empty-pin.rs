use ram_policy::{Policy, policy};

/// Reads namespaces.
const VIEW: Policy = policy! {
    allow every read of mse pinned "" on *;
};

fn main() {
    println!("{VIEW}");
}
