use ram_policy::{Policy, policy};

const P: Policy = policy! {
    #![deny(not_action_allow)]
    allow * except ram::* on *;
};

fn main() {}
