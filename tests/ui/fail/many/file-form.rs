use ram_policy::{Policy, policy_file};

/// Starts, tags and stops web servers.
const SERVERS: Policy = policy_file!("ui/files/file-form.json");

fn main() {
    println!("{SERVERS}");
}
