use ram_policy::{Policy, policy};

/// Sees web servers.
const VIEW: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["ecs:DescribeInstance", "ecs:DescribeDisks"],
      "Resource": "*"
    }
  ]
};

fn main() {
    println!("{VIEW}");
}
