use ram_policy::{Policy, policy};

/// Manages one group of APIs.
const GROUP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "apigateway:*",
      "Resource": "acs:apigateway:cn-hangzhou:1234567890123456:apigroup/$groupId"
    }
  ]
};

fn main() {
    println!("{GROUP}");
}
