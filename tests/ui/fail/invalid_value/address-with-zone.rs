use ram_policy::{Policy, policy};

const INSIDE: Policy = policy! {
    allow ecs::StopInstance on * when acs::SourceIp in ["fe80::1%eth0", "192.0.2.0/24"];
};

fn main() {
    println!("{INSIDE:?}");
}
