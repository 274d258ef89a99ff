use ram_policy::{Policy, policy};

/// Reads namespaces.
const VIEW: Policy = policy! {
    allow unlisted every read of mse on *;
};

fn main() {
    println!("{VIEW}");
}
