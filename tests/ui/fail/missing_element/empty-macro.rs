use ram_policy::{Policy, policy};

/// Nothing yet.
const LATER: Policy = policy! {};

fn main() {
    println!("{LATER}");
}
