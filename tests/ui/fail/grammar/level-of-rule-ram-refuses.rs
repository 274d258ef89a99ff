use ram_policy::{Policy, policy};

const P: Policy = policy! {
    #![allow(missing_element)]
    allow ecs::* on *;
};

fn main() {}
