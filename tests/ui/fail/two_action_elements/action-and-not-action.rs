use ram_policy::{Policy, policy};

/// Leaves RAM alone.
const OTHERS: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:*",
      "NotAction": "ram:*",
      "Resource": "*"
    }
  ]
};

fn main() {
    println!("{OTHERS}");
}
