use ram_policy::{Policy, assert_within, policy};

const SERVERS: Policy = policy! { allow ecs::S*Instance on *; };

assert_within!(const SERVERS, {
    allow ecs::* on * when acs::SourceIp in "10.0.0.0/8";
    allow ecs::* on * when acs::SourceIp not in "10.0.0.0/8";
});

fn main() {
    println!("{SERVERS}");
}
