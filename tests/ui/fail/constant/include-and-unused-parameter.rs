use ram_policy::{Policy, PolicyTemplate, policy};

/// Looks at servers.
const VIEW: Policy = policy! { allow ecs::Describe* on *; };

/// Looks at one bucket.
const SERVERS: PolicyTemplate = policy! {
    <bucket>
    include VIEW;
};

fn main() {
    println!("{}", SERVERS.to_json());
}
