use ram_policy::{Policy, policy};

const INSIDE: Policy = policy! {
    allow ecs::StopInstance on * when acs::SourceIp in ["10.0.0.0/08", "fe80::1%eth0", "::ffff:10.0.0.1"];
};

fn main() {
    println!("{INSIDE:?}");
}
