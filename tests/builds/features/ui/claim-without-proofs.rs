use ram_policy::{Policy, policy};

const BOUNDARY: Policy = policy! { allow ecs::* on *; };

const OPERATORS: Policy = policy! {
    allow ecs::StopInstance on *;
    allows ecs::StopInstance on *;
    denies ecs::DeleteInstance on *;
    never ram::*;
    within { allow ecs::* on *; };
    within BOUNDARY;
    within guardrail::read_only;
};

ram_policy::assert_within!(const OPERATORS, BOUNDARY);

fn main() {
    ram_policy::assert_within!(OPERATORS, BOUNDARY);
}
