use ram_policy::{Policy, policy};

/// Stops web servers until the handover.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:StopInstance",
      "Resource": "*",
      "Condition": {
        "DateLessThan": {
          "acs:CurrentTime": "2026-11-30T17:00:00"
        }
      }
    }
  ]
};

fn main() {
    println!("{STOP}");
}
