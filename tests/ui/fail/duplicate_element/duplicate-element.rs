use ram_policy::{Policy, policy};

/// Starts and stops web servers.
const SERVERS: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:StartInstance",
      "Action": "ecs:StopInstance",
      "Resource": "*"
    }
  ]
};

fn main() {
    println!("{SERVERS}");
}
