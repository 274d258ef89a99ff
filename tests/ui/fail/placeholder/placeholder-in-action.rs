use ram_policy::{Policy, policy};

/// Does one thing to web servers.
const ONE: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:{ActionName}",
      "Resource": "*"
    }
  ]
};

fn main() {
    println!("{ONE}");
}
