use ram_policy::{Policy, policy};

const INSIDE: Policy = policy! {
    allow ecs::StopInstance on * when acs::SourceIp in ["10.0.0.0/08", "192.0.2.0/24"];
};

fn main() {
    println!("{INSIDE:?}");
}
