use ram_policy::{Policy, policy};

/// Denies all but one action.
const SERVERS: Policy = policy! {
    deny not ecs::StopInstance on *;
};

fn main() {
    println!("{SERVERS}");
}
