use ram_policy::{Policy, assert_never, policy};

const VIEWERS: Policy = policy! { allow ecs::Describe* on *; allow ram::Get* on *; };

assert_never!(const VIEWERS, ram::*);

fn main() {
    println!("{VIEWERS}");
}
