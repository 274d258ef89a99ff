use ram_policy::{Policy, policy};

const P: Policy = policy! {
    #![alow(sid)]
    allow ecs::* on *;
};

fn main() {}
