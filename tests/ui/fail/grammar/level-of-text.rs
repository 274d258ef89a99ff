use ram_policy::{Policy, policy};

const P: Policy = policy! {
    #![allow("sid")]
    allow ecs::* on *;
};

fn main() {}
