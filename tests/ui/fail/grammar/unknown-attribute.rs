use ram_policy::{Policy, policy};

/// Sees bills.
const BILLS: Policy = policy! {
    #![unknown("bss:*")]
    allow "bss:*" on *;
};

fn main() {
    println!("{BILLS}");
}
