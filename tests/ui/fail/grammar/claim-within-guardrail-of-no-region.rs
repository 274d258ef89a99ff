use ram_policy::{Policy, policy};

/// Looks at servers.
const VIEWERS: Policy = policy! {
    allow ecs::Describe* on "acs:ecs:cn-hangzhou:*:*";
    within guardrail::one_region("Hangzhou");
};

fn main() {
    println!("{VIEWERS}");
}
