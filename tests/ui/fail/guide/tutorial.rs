use ram_policy::{Policy, policy};

/// Operators look at all instances, and start and stop those of the test environment.
pub const OPERATORS: Policy = policy! {
    allow ecs::DescribeInstance on *;
    allow ecs::{StartInstance, StopInstance} on "acs:ecs:cn-hangzhou:*:instance/*"
        when ecs::Tag["env"] == "test";
};

fn main() {}
