use ram_policy::{Policy, policy};

/// Stops one web server.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:StopInstance",
      "Resource": "acs:ecs:CN-Hangzhou:1234567890123456:instance/i-bp1a2b3c"
    }
  ]
};

fn main() {
    println!("{STOP}");
}
