use ram_policy::{Policy, policy};

/// Stops web servers from the office.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *
        where acs::SourceIp in "203.0.113.0/24";
};

fn main() {
    println!("{STOP}");
}
