#![deny(deprecated)]

use ram_policy::{Policy, policy};

const P: Policy = policy! {
    allow * on *;
};

fn main() {}
