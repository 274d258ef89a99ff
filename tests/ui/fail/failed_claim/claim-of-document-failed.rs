use ram_policy::{Policy, policy};

/// Looks at APIs.
const VIEWERS: Policy = policy! {
  never apigateway::*;
  "Version": "1",
  "Statement": [
    {
      "Action": "apigateway:Describe*",
      "Resource": "*",
      "Effect": "Allow"
    }
  ]
};

fn main() {
    println!("{VIEWERS}");
}
