use ram_policy::{Policy, policy};

/// Looks at servers and at users.
const VIEWERS: Policy = policy! {
    allow ecs::Describe* on *;
    allow ram::Get*, ram::List* on "acs:ram:*:*:user/*";
    never ram::*;
};

fn main() {
    println!("{VIEWERS}");
}
