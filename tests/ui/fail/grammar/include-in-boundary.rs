use ram_policy::{Policy, policy};

/// Looks at servers.
const VIEW: Policy = policy! { allow ecs::Describe* on *; };

/// Stops servers.
const SERVERS: Policy = policy! {
    allow ecs::StopInstance on *;
    within { include VIEW; allow ecs::S* on *; };
};

fn main() {
    println!("{}", SERVERS.to_json());
}
