use ram_policy::{Policy, policy};

/// Stops web servers after a second factor.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:StopInstance",
      "Resource": "*",
      "Condition": ["Bool", "acs:MFAPresent", "true"]
    }
  ]
};

fn main() {
    println!("{STOP}");
}
