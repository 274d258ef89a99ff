use ram_policy::{Policy, policy};

/// Reads everything.
const VIEW: Policy = policy! {
    allow every read on *;
};

fn main() {
    println!("{VIEW}");
}
