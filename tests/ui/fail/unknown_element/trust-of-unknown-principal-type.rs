use ram_policy::{TrustPolicy, trust_policy};

/// Lets somebody assume the role.
const TRUST: TrustPolicy = trust_policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sts:AssumeRole",
      "Principal": { "AWS": ["acs:ram::1234567890123456:root"] }
    }
  ]
};

fn main() {
    println!("{TRUST}");
}
