use ram_policy::{Policy, assert_within, policy};

const OFFICE: Policy = policy! {
    allow ecs::StopInstance on * when acs::SourceIp in "10.0.0.0/8";
};

/// With a value that cannot be read it allows nobody.
const BOUNDARY: Policy = policy! {
    #![allow(invalid_value)]
    allow ecs::StopInstance on * when acs::SourceIp in ["10.0.0.0/8", "192.168.0.0/33"];
};

assert_within!(const OFFICE, BOUNDARY);

fn main() {
    println!("{OFFICE}");
}
