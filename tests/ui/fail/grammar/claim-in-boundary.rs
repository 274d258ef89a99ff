use ram_policy::{Policy, policy};

/// Looks at servers.
const VIEWERS: Policy = policy! {
    allow ecs::Describe* on *;
    within {
        allow ecs::* on *;
        never ram::*;
    };
};

fn main() {
    println!("{VIEWERS}");
}
