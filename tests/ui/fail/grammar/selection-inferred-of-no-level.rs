use ram_policy::{Policy, policy};

/// Everything that takes a VPC.
const VIEW: Policy = policy! {
    allow every action taking vpc::VPC even inferred on *;
};

fn main() {
    println!("{VIEW}");
}
