use ram_policy::{Policy, policy};

/// Stops web servers from the office.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "ecs:StopInstance",
      "Resource": "*",
      "Condition": {
        "NotIpAddress": {
          "acs:SourceIp": ["203.0.113.*"]
        }
      }
    }
  ]
};

fn main() {
    println!("{STOP}");
}
