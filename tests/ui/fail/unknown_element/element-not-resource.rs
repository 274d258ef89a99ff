use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:StopInstance",
      "NotResource": "acs:ecs:*:*:instance/i-bp1a2b3c"
    }
  ]
};

fn main() {
    println!("{STOP}");
}
