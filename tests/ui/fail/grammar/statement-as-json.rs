use ram_policy::{Policy, policy};

/// Stops web servers.
const SERVERS: Policy = policy! {
    allow { "Action": "ecs:StopInstance", "Resource": "*" };
};

fn main() {
    println!("{SERVERS}");
}
