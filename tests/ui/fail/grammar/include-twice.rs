use ram_policy::{Policy, policy};

/// Looks at servers.
const VIEW: Policy = policy! { allow ecs::Describe* on *; };

/// Stops servers.
const SERVERS: Policy = policy! {
    include VIEW;
    allow ecs::StopInstance on *;
    include VIEW;
};

fn main() {
    println!("{}", SERVERS.to_json());
}
