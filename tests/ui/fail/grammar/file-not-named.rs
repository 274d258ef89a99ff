use ram_policy::{Policy, policy_file};

/// Stops web servers.
const STOP: Policy = policy_file!();

fn main() {
    println!("{STOP}");
}
