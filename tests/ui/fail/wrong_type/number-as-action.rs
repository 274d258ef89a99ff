use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": 5,
      "Resource": "*"
    }
  ]
};

fn main() {
    println!("{STOP}");
}
