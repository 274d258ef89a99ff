use ram_policy::{Policy, policy};

/// Starts small web servers.
const SMALL: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:RunInstances",
      "Resource": "*",
      "Condition": {
        "StringLike": {
          "ecs:InstanceTypes": "ecs.t6-*"
        }
      }
    }
  ]
};

fn main() {
    println!("{SMALL}");
}
