use ram_policy::{PolicyTemplate, policy};

/// Manages groups of APIs.
const GROUPS: PolicyTemplate = policy! {
  <regionId> {
    "Version": "1",
    "Statement": [
      {
        "Effect": "Allow",
        "Action": "apigateway:*",
        "Resource": "acs:apigateway:*:*:apigroup/*"
      }
    ]
  }
};

fn main() {
    println!("{GROUPS:?}");
}
