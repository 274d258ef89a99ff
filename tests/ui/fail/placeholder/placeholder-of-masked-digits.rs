use ram_policy::{Policy, policy};

/// Reads one user.
const USER: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ram:GetUser",
      "Resource": "acs:ram:*:123456789012****:user/build"
    }
  ]
};

fn main() {
    println!("{USER}");
}
