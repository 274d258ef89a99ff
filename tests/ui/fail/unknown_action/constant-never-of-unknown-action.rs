use ram_policy::{Policy, assert_never, policy};

const VIEWERS: Policy = policy! { allow ecs::Describe* on *; };

assert_never!(const VIEWERS, ram::CreateUsr);

fn main() {
    println!("{VIEWERS}");
}
