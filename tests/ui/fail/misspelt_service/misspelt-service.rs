use ram_policy::{Policy, policy};

/// Starts and stops web servers.
const SERVERS: Policy = policy! {
    allow ecss::{StartInstance, StopInstance} on *;
};

fn main() {
    println!("{SERVERS}");
}
