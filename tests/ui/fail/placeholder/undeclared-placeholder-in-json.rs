use ram_policy::{PolicyTemplate, policy};

/// Manages one group of APIs.
const GROUP: PolicyTemplate = policy! {
  <regionid> {
    "Version": "1",
    "Statement": [
      {
        "Effect": "Allow",
        "Action": "apigateway:*",
        "Resource": "acs:apigateway:$regionid:$accountid:apigroup/*"
      }
    ]
  }
};

fn main() {
    println!("{GROUP:?}");
}
