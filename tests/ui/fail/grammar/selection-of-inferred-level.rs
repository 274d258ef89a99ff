use ram_policy::{Policy, policy};

/// Creates namespaces and clusters.
const VIEW: Policy = policy! {
    allow every create of mse on *;
};

fn main() {
    println!("{VIEW}");
}
