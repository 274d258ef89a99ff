use ram_policy::{Policy, policy};

/// Lets somebody assume the role.
const TRUST: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "kms:*",
      "Principal": { "RAM": ["acs:ram::1234567890123456:root"] },
      "Resource": "*"
    }
  ]
};

fn main() {
    println!("{TRUST}");
}
