use ram_policy::{Policy, policy};

/// Looks at servers.
const VIEWERS: Policy = policy! {
    allow ecs::Describe* on *;
    within guardrail::readonly;
};

fn main() {
    println!("{VIEWERS}");
}
