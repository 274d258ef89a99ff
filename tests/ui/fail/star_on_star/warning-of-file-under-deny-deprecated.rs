#![deny(deprecated)]

use ram_policy::{Policy, policy_file};

const P: Policy = policy_file!("ui/files/everything.json");

fn main() {}
