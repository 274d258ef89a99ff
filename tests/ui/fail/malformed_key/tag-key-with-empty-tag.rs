use ram_policy::{Policy, policy};

/// Stops tagged web servers.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:StopInstance",
      "Resource": "*",
      "Condition": {
        "StringEquals": {
          "acs:ResourceTag/": "web"
        }
      }
    }
  ]
};

fn main() {
    println!("{STOP}");
}
