use ram_policy::{Policy, policy};

/// Starts and stops web servers.
const SERVERS: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["ecs:StartInstance", "ecs:StopInstance"],
      "Resource": ["acs:ecs:*:*:instance/*", "acs:ecs:*:*:disk/*"]
    }
  ]
};

fn main() {
    println!("{SERVERS}");
}
