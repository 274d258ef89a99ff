use ram_policy::{Policy, policy};

/// Looks at servers.
const VIEW: Policy = policy! { allow ecs::Describe* on *; };

/// Looks at servers and stops them.
const SERVERS: Policy = policy! {
    allow ecs::Describe* on *;
    allow ecs::StopInstance on *;
    include VIEW;
};

fn main() {
    println!("{}", SERVERS.to_json());
}
