use ram_policy::{Policy, assert_within, policy};

const SERVERS: Policy = policy! { allow ecs::S*Instance on "acs:ecs:cn-hangzhou:*:instance/*"; };

assert_within!(const SERVERS, {
    allow ecs::* on "acs:ecs:cn-*:*:instance/i-*";
    allow ecs::S* on "acs:ecs:*:*:*";
    deny ecs::St* on * when acs::CurrentTime < "1999-01-01T00:00:00+08:00" and acs::CurrentTime > "2000-01-01T00:00:00+08:00";
});

fn main() {
    println!("{SERVERS}");
}
