use ram_policy::{Policy, policy};

/// Stops web servers.
const STOP: Policy = policy! {
    #![allow(ip_everything)]
    allow ecs::StopInstance on * when acs::SourceIp in "0.0.0.0/0";
};

fn main() {
    println!("{STOP}");
}
