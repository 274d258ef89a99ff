use ram_policy::{Policy, policy};

/// Sees bills.
const BILLS: Policy = policy! {
    allow ecs::PayTheBill on *;
};

fn main() {
    println!("{BILLS}");
}
