use ram_policy::{Policy, policy};

/// Stops servers.
const SERVERS: Policy = policy! {
    include;
    allow ecs::StopInstance on *;
};

fn main() {
    println!("{}", SERVERS.to_json());
}
