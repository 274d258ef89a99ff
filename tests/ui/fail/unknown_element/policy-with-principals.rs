#![allow(deprecated)]

use ram_policy::{Policy, policy};

/// Lets somebody assume the role.
const TRUST: Policy = policy! {
    allow sts::AssumeRole by service "ecs.aliyuncs.com" on *;
};

fn main() {
    println!("{TRUST}");
}
