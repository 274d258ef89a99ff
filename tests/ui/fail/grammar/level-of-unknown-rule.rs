use ram_policy::{Policy, policy};

const P: Policy = policy! {
    #![allow(star_on_stars)]
    allow ecs::* on *;
};

fn main() {}
