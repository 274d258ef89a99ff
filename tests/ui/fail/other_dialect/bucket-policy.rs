use ram_policy::{Policy, policy};

/// Lets somebody assume the role.
const TRUST: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["oss:GetObject"],
      "Principal": ["1234567890123456"],
      "Resource": ["acs:oss:*:*:ledger/*"]
    }
  ]
};

fn main() {
    println!("{TRUST}");
}
