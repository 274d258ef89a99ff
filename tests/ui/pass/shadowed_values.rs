//! The author's own constants have the names that an expansion could use for its own.

#![allow(dead_code, non_upper_case_globals)]

use ram_policy::{Policy, policy};

const action: u32 = 1;
const p: u32 = 2;
const candidates: u32 = 3;
const statement: u32 = 4;
const allow: u32 = 5;
const ecs: u32 = 6;

const STOP: Policy = policy! { allow ecs::StopInstance on *; };

fn main() {
    assert!(STOP.to_json().contains("ecs:StopInstance"));
    assert_eq!(action + p + candidates + statement + allow + ecs, 21);
}
