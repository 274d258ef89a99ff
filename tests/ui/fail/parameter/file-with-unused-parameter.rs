use ram_policy::{PolicyTemplate, policy_file};

/// Stops web servers.
const STOP: PolicyTemplate = policy_file!(<account> "ui/files/stop.json");

fn main() {
    println!("{STOP:?}");
}
