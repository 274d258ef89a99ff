use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:StopInstance",
      "Resource": ["acs:ecs:*:*:instance/*", "acs:esc:*:*:instance/*"]
    }
  ]
};

fn main() {
    println!("{STOP}");
}
