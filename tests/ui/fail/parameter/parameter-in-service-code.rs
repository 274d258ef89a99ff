#![allow(deprecated)]

use ram_policy::{PolicyTemplate, policy};

/// Does everything in one service.
const SERVICE: PolicyTemplate = policy! {
    <service>
    allow * on "acs:{service}:*:*:*";
};

fn main() {
    println!("{SERVICE:?}");
}
