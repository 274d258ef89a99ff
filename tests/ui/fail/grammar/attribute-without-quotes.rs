use ram_policy::{Policy, policy};

/// Sees bills.
const BILLS: Policy = policy! {
    #![unlisted(bss)]
    allow "bss:*" on *;
};

fn main() {
    println!("{BILLS}");
}
