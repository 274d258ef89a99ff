use ram_policy::{Policy, policy};

/// Stops web servers from the office.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:StopInstance",
      "Resource": "*",
      "Condition": {
        "IpAddress": {
          "SourceIp": "203.0.113.0/24"
        }
      }
    }
  ]
};

fn main() {
    println!("{STOP}");
}
