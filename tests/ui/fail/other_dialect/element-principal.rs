use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "RAM": ["acs:ram::1234567890123456:root"] },
      "Action": "ecs:StopInstance",
      "Resource": "*"
    }
  ]
};

fn main() {
    println!("{STOP}");
}
