use ram_policy::{Policy, policy};

/// Deletes VPCs.
const VIEW: Policy = policy! {
    allow every delete of vpc even inferred taking vpc::VPC on *;
};

fn main() {
    println!("{VIEW}");
}
