#![allow(deprecated)]

use ram_policy::{Policy, policy};

/// Lends a role for a short time.
const SHORT: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sts:AssumeRole",
      "Resource": "*",
      "Condition": {
        "NumericLessThan": {
          "sts:DurationSeconds": 3600
        }
      }
    }
  ]
};

fn main() {
    println!("{SHORT}");
}
