use ram_policy::{Policy, policy};

/// Sees web servers.
const VIEW: Policy = policy! {
    allow ecs::Descirbe* on *;
};

fn main() {
    println!("{VIEW}");
}
