use ram_policy::{Ecs, Policy, assert_grants, policy};

const OPERATORS: Policy = policy! {
    allow ecs::{StartInstance, StopInstance} on *;
};

fn main() {
    assert_grants!(OPERATORS, Ecs::StartInstance, Ecs::DeleteInstance);
}
