use ram_policy::{Policy, policy};

/// Stops the web servers of a team.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:StopInstance",
      "Resource": "*",
      "Condition": {
        "StringEquals": {
          "ecs:tag/team": "a"
        },
        "StringEquals": {
          "ecs:tag/role": "web"
        }
      }
    }
  ]
};

fn main() {
    println!("{STOP}");
}
