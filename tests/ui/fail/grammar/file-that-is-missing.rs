use ram_policy::{Policy, policy_file};

/// Stops web servers.
const STOP: Policy = policy_file!("ui/files/no-such-file.json");

fn main() {
    println!("{STOP}");
}
