use ram_policy::{Policy, policy};

/// Stops one web server and cancels what it is doing.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["ecs:StopInstance", "ecs:CancelTask"],
      "Resource": "acs:ecs:cn-hangzhou:*:instance/i-bp1a2b3c"
    }
  ]
};

fn main() {
    println!("{STOP}");
}
