//! An expansion allows nothing that the author may have forbidden.

#![forbid(unused, unreachable_patterns, unsafe_code, missing_docs)]

use ram_policy::{Policy, policy};

const EVERYTHING: Policy = policy! { allow * on *; };

fn main() {
    assert!(EVERYTHING.to_json().contains(r#""Action":"*""#));
}
