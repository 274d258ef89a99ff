//! Policies that are right by the built-in catalogue and wrong by the file.

use ram_policy::{Policy, policy};

const RETIRED: Policy = policy! { allow ecs::RebootInstance on *; };

const CORRECTED: Policy = policy! { allow ecs::StopInstance on "acs:ecs:*:*:instance/*"; };

const MISSPELT: Policy = policy! { allow ecs::LevitateInstence on *; };

fn main() {}
