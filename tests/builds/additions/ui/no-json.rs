//! A file that is no JSON.

use ram_policy::{Policy, policy};

const TYPED: Policy = policy! { allow ecs::LevitateInstance on *; };

fn main() {}
