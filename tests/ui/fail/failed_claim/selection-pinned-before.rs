use ram_policy::{Policy, policy};

/// Reads namespaces.
const VIEW: Policy = policy! {
    allow every read of mse pinned "2-0badcafe" on *;
};

fn main() {
    println!("{VIEW}");
}
