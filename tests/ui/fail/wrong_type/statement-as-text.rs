use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
  "Version": "1",
  "Statement": ["Allow ecs:StopInstance on *"]
};

fn main() {
    println!("{STOP}");
}
