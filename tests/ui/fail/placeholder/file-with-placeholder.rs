use ram_policy::{Policy, policy_file};

/// Manages groups of APIs.
const GROUPS: Policy = policy_file!("ui/files/file-with-placeholder.json");

fn main() {
    println!("{GROUPS}");
}
