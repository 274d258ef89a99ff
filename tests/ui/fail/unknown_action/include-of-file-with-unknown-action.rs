use ram_policy::{Policy, policy};

/// Stops servers.
const SERVERS: Policy = policy! {
    allow ecs::StopInstance on "acs:ecs:*:*:instance/*";
    include "ui/files/file-with-unknown-action.json";
};

fn main() {
    println!("{}", SERVERS.to_json());
}
