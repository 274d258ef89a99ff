use ram_policy::{Policy, policy};

/// Sees groups of APIs.
const GROUPS: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "apigateway:Describe*",
      "Resource": "acs:apigateway:$regionid:$accountid:apigroup/*"
    }
  ]
};

fn main() {
    println!("{GROUPS}");
}
