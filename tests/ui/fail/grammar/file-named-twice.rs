use ram_policy::{Policy, policy_file};

/// Stops web servers.
const STOP: Policy = policy_file!("ui/files/stop.json", "ui/files/stop.json");

fn main() {
    println!("{STOP}");
}
