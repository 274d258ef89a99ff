use ram_policy::{Policy, policy};

/// Stops the web servers of other teams.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:StopInstance",
      "Resource": "*",
      "Condition": {
        "StringNotEquals": {
          "ecs:tag/owner": ["team-a-?", "team-b"]
        }
      }
    }
  ]
};

fn main() {
    println!("{STOP}");
}
