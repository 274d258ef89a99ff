use ram_policy::{Policy, assert_never, policy};

const SERVERS: Policy = policy! {
    allow ecs::StopInstance on * when acs::CurrentTime > "2027-01-01T00:00:00+08:00";
};

assert_never!(const SERVERS, ecs::* on * when acs::CurrentTime < "2026-01-01T00:00:00+08:00");

fn main() {
    println!("{SERVERS}");
}
