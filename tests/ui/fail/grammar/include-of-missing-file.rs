use ram_policy::{Policy, policy};

/// Stops servers.
const SERVERS: Policy = policy! {
    allow ecs::StopInstance on *;
    include "ui/files/nowhere.json";
};

fn main() {
    println!("{}", SERVERS.to_json());
}
