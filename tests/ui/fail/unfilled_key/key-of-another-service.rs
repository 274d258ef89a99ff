use ram_policy::{Policy, policy};

/// Calls functions.
const DELETE: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "fc:InvokeFunction",
      "Resource": "*",
      "Condition": {
        "StringEquals": {
          "ram:ServiceName": "apigateway.aliyuncs.com"
        }
      }
    }
  ]
};

fn main() {
    println!("{DELETE}");
}
