use ram_policy::{Policy, assert_within, policy};

const BOUNDARY: Policy = policy! { allow ecs::* on *; deny ecs::DeleteInstance on *; };
const SERVERS: Policy = policy! { allow ecs::*Instance on "acs:ecs:cn-hangzhou:*:instance/*"; };

assert_within!(const SERVERS, BOUNDARY);

fn main() {
    println!("{SERVERS}");
}
