#![allow(deprecated)]

use ram_policy::{Policy, policy};

/// Starts, tags and stops web servers.
const SERVERS: Policy = policy! {
  "Version": "2012-10-17",
  "Id": "servers",
  "Statement": [
    {
      "Sid": "StartAndStop",
      "Effect": "allow",
      "Action": ["ecs:StartInstance", "ecs:StopInstanc"],
      "Resource": "arn:ecs:*:*:instance/*"
    },
    {
      "Effect": "Deny",
      "Action": "ecs:StopInstance",
      "Resource": "*",
      "Condition": {
        "StringEqualsIfExists": { "ecs:tag/owner": "zhangsan" },
        "Bool": { "acs:MFAPresent": ["true", "false"] },
        "IpAddress": { "acs:sourceIp": "203.0.113.0/24" }
      }
    },
  ]
};

fn main() {
    println!("{SERVERS}");
}
