use ram_policy::{Policy, policy};

const P: Policy = policy! {
    #![warn]
    allow ecs::* on *;
};

fn main() {}
