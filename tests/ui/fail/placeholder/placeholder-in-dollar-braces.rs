use ram_policy::{Policy, policy};

/// Reads one user.
const USER: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ram:GetUser",
      "Resource": "acs:ram:*:${AccountId}:user/build"
    }
  ]
};

fn main() {
    println!("{USER}");
}
