use ram_policy::{Policy, policy};

/// Calls functions.
const CALL: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "apigateway:InvokeFunction",
      "Resource": "*"
    }
  ]
};

fn main() {
    println!("{CALL}");
}
