use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "StopInstance",
      "Resource": "*"
    }
  ]
};

fn main() {
    println!("{STOP}");
}
