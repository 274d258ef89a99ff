#![allow(deprecated)]

use ram_policy::{Policy, policy};

/// Lends a role for a short time.
const SHORT: Policy = policy! {
    allow sts::AssumeRole on *
        when sts::DurationSeconds < 3600u32;
};

fn main() {
    println!("{SHORT}");
}
