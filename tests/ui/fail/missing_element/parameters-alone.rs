use ram_policy::{PolicyTemplate, policy};

/// Nothing yet.
const LATER: PolicyTemplate = policy! { <account> };

fn main() {
    println!("{LATER:?}");
}
