#![allow(deprecated)]

use ram_policy::{Policy, policy};

/// Lets a service make its role.
const CREATE_ROLE: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ram:CreateServiceLinkedRole",
      "Resource": "acs:ram:*:Alibaba Cloud account ID:role/*"
    }
  ]
};

fn main() {
    println!("{CREATE_ROLE}");
}
