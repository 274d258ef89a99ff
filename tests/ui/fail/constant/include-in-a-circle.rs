use ram_policy::{Policy, policy};

/// Starts servers.
const OTHERS: Policy = policy! { allow ecs::StartInstance on *; include SERVERS; };

/// Stops servers.
const SERVERS: Policy = policy! {
    allow ecs::StopInstance on *;
    include OTHERS;
};

fn main() {
    println!("{}", SERVERS.to_json());
}
