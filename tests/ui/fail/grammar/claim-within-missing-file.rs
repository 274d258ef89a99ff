use ram_policy::{Policy, policy};

/// Looks at servers.
const VIEWERS: Policy = policy! {
    allow ecs::Describe* on *;
    within "ui/files/boundary-that-is-not-there.json";
};

fn main() {
    println!("{VIEWERS}");
}
