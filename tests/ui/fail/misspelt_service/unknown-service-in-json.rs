use ram_policy::{Policy, policy};

/// Sees load balancers.
const BALANCERS: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sbl:Describe*",
      "Resource": "*"
    }
  ]
};

fn main() {
    println!("{BALANCERS}");
}
