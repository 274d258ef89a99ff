use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
    allow on *;
};

fn main() {
    println!("{STOP}");
}
