use ram_policy::{Policy, policy};

/// Reads the user of the build.
const BUILD_USER: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ram:GetUser",
      "Resource": "acs:ram:::user/build"
    }
  ]
};

fn main() {
    println!("{BUILD_USER}");
}
