use ram_policy::{Policy, policy};

/// Looks at servers.
const VIEWERS: Policy = policy! {
    allow ecs::Describe* on *;
    within "ui/files/file-with-unknown-action.json";
};

fn main() {
    println!("{VIEWERS}");
}
