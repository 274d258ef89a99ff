use ram_policy::{Policy, policy};

/// Reads the audit trail.
const TRAIL: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "actiontrail:Lokup*",
      "Resource": "*"
    }
  ]
};

fn main() {
    println!("{TRAIL}");
}
