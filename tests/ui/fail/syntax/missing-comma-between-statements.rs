use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
  { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" }
  { "Effect": "Deny", "Action": "ecs:StopInstance", "Resource": "*" }
};

fn main() {
    println!("{STOP}");
}
