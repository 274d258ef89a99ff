use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
  "Version": "1"
};

fn main() {
    println!("{STOP}");
}
