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
        "stringEquals": {
          "ecs:tag/owner": "zhangsan"
        }
      }
    }
  ]
};

fn main() {
    println!("{STOP}");
}
