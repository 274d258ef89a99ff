use ram_policy::{Policy, policy};

/// Runs web servers.
const SERVERS: Policy = policy! {
    allow ecs::*Instance on *;
    within {
        allow ecs::* on *;
        deny ecs::Delete* on *;
    };
};

fn main() {
    println!("{SERVERS}");
}
