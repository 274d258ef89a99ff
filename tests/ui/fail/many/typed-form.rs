#![allow(deprecated)]

use ram_policy::{Policy, policy};

/// Starts, tags and stops web servers.
const SERVERS: Policy = policy! {
    allow ecs::{StartInstance, StopInstanc}, vpcs::DescribeVpcs on "acs:ecs:*:*:Instance/*";
    deny ecs::Descirbe* on *
        when acs::SourceIP in "203.0.113.0/24" and acs::CurrentTime < "tomorrow";
    permit ecs::StopInstance on *;
    allow ecs::RebootInstance
        when ecs::tag["owner"] == "team-a-*";
};

fn main() {
    println!("{SERVERS}");
}
