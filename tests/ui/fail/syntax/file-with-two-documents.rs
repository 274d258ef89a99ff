use ram_policy::{Policy, policy_file};

/// Stops web servers.
const STOP: Policy = policy_file!("ui/files/file-with-two-documents.json");

fn main() {
    println!("{STOP}");
}
