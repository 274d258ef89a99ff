use ram_policy::{Policy, policy};

/// Stops the web servers of one owner.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:StopInstance",
      "Resource": "*",
      "Condition": {
        "ForAllValues:StringEquals": {
          "ecs:tag/owner": ["zhangsan", "lisi"]
        }
      }
    }
  ]
};

fn main() {
    println!("{STOP}");
}
