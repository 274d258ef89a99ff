use ram_policy::{Policy, policy};

/// Looks at servers.
const VIEWERS: Policy = policy! {
    allow ecs::Describe* on *;
    within ram_policy::Guardrail::read_only();
};

fn main() {
    println!("{VIEWERS}");
}
